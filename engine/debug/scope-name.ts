import type { ScopeId } from '../base/brand.ts';
import { t } from '../base/l10n.ts';
import type { Playback } from './playback.ts';

/** As a reader calls it: `layer()`, `i = 2`, `softmax`, `Sequential[0]`. */
export function nameOfScope(playback: Playback, id: ScopeId): string {
  const { kind, name, index, parent } = playback.scope(id);
  switch (kind) {
    case 'function':
      return `${name}()`;
    case 'loop':
      return t('{0} = {1}', name, index);
    case 'model':
      return t('model {0}', name);
    case 'module':
      // A layer in a list is called by its number, which says little without the list.
      return parent !== null && /^\d+$/.test(name) ? `${playback.scope(parent).name}[${name}]` : name;
    case 'program':
    case 'scope':
    case 'composite':
      return name;
  }
}
