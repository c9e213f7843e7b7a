import { useEffect } from 'preact/hooks';
import { t } from '../../engine/base/l10n.ts';
import { farewell, leave, whatIf } from './what-if-state.ts';
import { written } from './drag.ts';

/** Says that numbers on screen are not those of the text, and leads back; and why, where it ended by itself. */
export function WhatIfChip() {
  const isOn = whatIf.value !== null;
  useEffect(() => {
    if (!isOn) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') leave();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [isOn]);
  if (!whatIf.value) {
    return farewell.value === null ? null : (
      <Chip text={farewell.value} act={t('Dismiss')} onClick={() => (farewell.value = null)} />
    );
  }
  const { wishes, told } = whatIf.value;
  const [first] = wishes;
  const more = wishes.length > 1 ? ` ${t('and {0} more', wishes.length - 1)}` : '';
  const name =
    told?.view.changes.find(({ node, element }) => node === first!.node && element === first!.element)?.name ??
    first!.name;
  const loss = told ? ` · ${told.view.loss.name}: ${told.view.loss.before.text} → ${told.view.loss.after.text}` : '';
  const text = t('what if: {0} = {1} (was {2})', name, shown(first!.to), shown(first!.from));
  return <Chip text={`${text}${more}${loss}`} act={t('Back to the numbers of the text')} onClick={() => leave()} />;
}

const shown = (x: number): string => written(x).replace('-', '−');

function Chip({ text, act, onClick }: { readonly text: string; readonly act: string; readonly onClick: () => void }) {
  return (
    <p class="what-if-chip" role="status" data-testid="what-if-chip">
      <span>{text}</span>
      <button type="button" aria-label={act} title={`${act} (Esc)`} onClick={onClick}>
        ×
      </button>
    </p>
  );
}
