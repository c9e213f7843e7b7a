import { t } from '../../engine/base/l10n.ts';
import type { Debugging } from './debugging.ts';
import type { Live } from './live.ts';

/** What stands behind numbers that are not those of the text as it is; empty for those that are. */
export function markOf({ live, debugging }: { readonly live: Live; readonly debugging: Debugging }): string {
  if (debugging.whatIf.length > 0) return ` · ${t('what if')}`;
  return live.status === 'stale' ? ` · ${t('stale')}` : '';
}
