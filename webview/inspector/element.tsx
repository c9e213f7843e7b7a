import { useEffect } from 'preact/hooks';
import { t } from '../../engine/base/l10n.ts';
import { followElement, graph } from '../state.ts';
import { labelled, valueOf } from '../ui/kit.ts';
import './element.css';

const leave = (): void => followElement(null);

/** The element that everything is shown for, with a way out of it; a field to name one where there is none. */
export function ElementField() {
  const element = graph.value?.element ?? null;
  const isFollowed = element !== null;
  useEffect(() => {
    if (!isFollowed) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) leave();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isFollowed]);
  if (element) {
    const text = element.kind === 'chosen' ? t('element {0}', element.name) : element.problem;
    return (
      <span class={`element-chip ${element.kind}`} data-testid="element" role="status" title={text}>
        <span>{text}</span>
        <button
          type="button"
          aria-label={t('Show whole tensors again')}
          title={t('Show whole tensors again (Escape)')}
          onClick={leave}
        >
          ×
        </button>
      </span>
    );
  }
  if (!graph.value?.nodes.some(({ shape }) => shape !== 'scalar')) return null;
  return (
    <vscode-text-field
      class="element-field"
      data-testid="element-field"
      ref={labelled(t('Follow one element, as in W[2,0]'))}
      title={t('Follow one element, as in W[2,0]')}
      placeholder="W[2,0]"
      onKeyDown={(event) => {
        const text = valueOf(event).trim();
        if (event.key === 'Enter' && text !== '') followElement(text);
      }}
    />
  );
}
