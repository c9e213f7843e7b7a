import { t } from '../../engine/base/l10n.ts';
import type { Sides } from '../../engine/protocol/panel.ts';
import { showSides, sides } from '../state.ts';
import './sides.css';

const choices: readonly { readonly value: Sides; readonly label: () => string; readonly help: () => string }[] = [
  { value: 'forward', label: () => t('Forward'), help: () => t('The graph of the values') },
  { value: 'backward', label: () => t('Backward'), help: () => t('The graph of the gradients') },
  { value: 'both', label: () => t('Both'), help: () => t('Values and gradients side by side') },
];

/** Which graph is drawn. One stop of the Tab key; arrows choose, as in every group of radio buttons. */
export function SidesSwitch() {
  const onKey = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const at = choices.findIndex(({ value }) => value === sides.value);
    const next = (at + by + choices.length) % choices.length;
    showSides(choices[next]!.value);
    const group = event.currentTarget as HTMLElement;
    (group.children[next] as HTMLElement).focus();
  };
  return (
    <div class="sides" role="radiogroup" aria-label={t('Which graph')} onKeyDown={onKey}>
      {choices.map(({ value, label, help }) => (
        <button
          key={value}
          type="button"
          role="radio"
          aria-checked={value === sides.value}
          tabIndex={value === sides.value ? 0 : -1}
          title={help()}
          data-sides={value}
          onClick={() => showSides(value)}
        >
          {label()}
        </button>
      ))}
    </div>
  );
}
