import { t } from '../../engine/base/l10n.ts';
import type { BackwardNodeView } from '../../engine/explain/backward-graph/view.ts';
import { comparedGradients } from '../compare/gradients.ts';
import { wordFor } from '../compare/marks.ts';
import { choose, chosen, hover, selected } from '../state.ts';
import { backward } from './backward.ts';
import { bringIntoView } from './in-view.ts';
import { leavesList, moveFocus } from './list-keys.ts';
import { type ListProps, placeOf } from './place.ts';

/** The nodes of the backward graph as a list for keyboard and screen reader, in the order in which they are computed. */
export function BackwardTree({ scene, camera, frame }: ListProps) {
  const nodes = backward.value?.nodes ?? [];
  const corner = frame.current?.getBoundingClientRect();
  const marked = selected.value ?? chosen.value;
  return (
    <ul
      class="for-screen-readers"
      role="tree"
      aria-label={t('Nodes of the backward graph')}
      onKeyDown={onKey}
      onFocusOut={(event) => leavesList(event) && hover(null)}
    >
      {nodes.map((node, i) => (
        <li
          key={node.id}
          role="treeitem"
          tabIndex={i === 0 ? 0 : -1}
          aria-selected={node.whole && node.of === marked}
          data-backward-node={node.id}
          data-of={node.of}
          data-name={node.name}
          data-value={node.value?.scalar ?? node.value?.text ?? ''}
          {...placeOf(scene.value, camera.value, corner, node.id)}
          onFocus={() => {
            hover(node.of);
            bringIntoView(node.of);
          }}
        >
          {spoken(node)}
        </li>
      ))}
    </ul>
  );
}

const spoken = (node: BackwardNodeView): string => {
  const { name, op, shape, value } = node;
  return [
    name,
    op,
    shape === 'scalar' ? t('scalar') : shape,
    value ? t('value {0}', value.text) : '',
    ...wordsOfComparison(node),
  ]
    .filter(Boolean)
    .join(', ');
};

function wordsOfComparison({ whole, of }: BackwardNodeView): string[] {
  const compared = whole ? comparedGradients.value.get(of) : undefined;
  if (!compared) return [];
  const { mark, norms } = compared;
  return [...(mark ? [wordFor(mark)] : []), ...(norms ? [t('now {0}, before {1}', norms.after, norms.before)] : [])];
}

function onKey(event: KeyboardEvent): void {
  if (moveFocus(event) || event.key !== 'Enter') return;
  const of = Number((event.target as HTMLElement).dataset.of);
  const node = backward.value?.nodes.find((one) => one.of === of);
  if (node) choose(node.of);
  event.preventDefault();
}
