import { useEffect } from 'preact/hooks';
import { t } from '../../engine/base/l10n.ts';
import { followElement, graph, hovered } from '../state.ts';
import { labelled, valueOf } from '../ui/kit.ts';
import './element.css';
import { whatIf } from './what-if-state.ts';

const leave = (): void => followElement(null);

/** The element that everything is shown for, with a way out of it; or why there is none although one was asked for. */
export function ElementChip() {
  const element = graph.value?.element ?? null;
  const isFollowed = element !== null;
  useEffect(() => {
    if (!isFollowed) return;
    const onKey = (event: KeyboardEvent): void => {
      // What was opened last is closed first: a card, other numbers.
      if (event.key === 'Escape' && hovered.value === null && whatIf.value === null) leave();
    };
    // Before those who close these.
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [isFollowed]);
  if (!element) return null;
  return (
    <p class={`element-chip ${element.kind}`} data-testid="element" role="status">
      <span>{element.kind === 'chosen' ? t('element {0}', element.name) : element.problem}</span>
      <button
        type="button"
        aria-label={t('Show whole tensors again')}
        title={t('Show whole tensors again (Esc)')}
        onClick={leave}
      >
        ×
      </button>
    </p>
  );
}

/** Names an element where a click would have to find it among many. */
export function ElementField({ example }: { readonly example: string }) {
  return (
    <p class="element-field dim">
      {t('Choose an element to follow it alone to the loss, or name one:')}
      <vscode-text-field
        data-testid="element-field"
        ref={labelled(t('Element'))}
        placeholder={example}
        onKeyDown={(event) => {
          const text = valueOf(event).trim();
          if (event.key === 'Enter' && text !== '') followElement(text);
        }}
      />
    </p>
  );
}
