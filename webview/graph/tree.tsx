import { t } from '../../engine/base/l10n.ts';
import type { NodeView } from '../../engine/explain/view.ts';
import { compared, wordFor } from '../compare/marks.ts';
import { currentNode, notYet } from '../debugger/debug-state.ts';
import { findingsAbout } from '../health/marks.ts';
import { graphAsDrawn } from '../inspector/what-if-state.ts';
import { choose, chosen, graph, hover, selected, toggle } from '../state.ts';
import { bringIntoView } from './in-view.ts';
import { leavesList, moveFocus } from './list-keys.ts';
import { type ListProps, placeOf } from './place.ts';

/** The drawn nodes as a list for keyboard and screen reader, in order of execution. Focus is pointing; Enter chooses; Space opens. */
export function NodeTree({ scene, camera, frame }: ListProps) {
  const nodes = graphAsDrawn.value?.nodes ?? [];
  const corner = frame.current?.getBoundingClientRect();
  return (
    <ul
      class="for-screen-readers"
      role="tree"
      aria-label={t('Nodes of the computation graph')}
      data-zoom={camera.value.zoom}
      onKeyDown={onKey}
      onFocusOut={(event) => leavesList(event) && hover(null)}
    >
      {nodes.map((node, i) => (
        <li
          key={node.id}
          role="treeitem"
          tabIndex={i === 0 ? 0 : -1}
          aria-selected={node.id === (selected.value ?? chosen.value)}
          data-node={node.id}
          data-node-name={node.sourceName ?? node.name}
          {...(node.element ? { 'data-element': node.element.index } : {})}
          data-value={node.value.scalar ?? node.value.text}
          {...(node.gradient ? { 'data-gradient': node.gradient.scalar ?? node.gradient.text } : {})}
          {...steppingOf(node.id)}
          {...placeOf(scene.value, camera.value, corner, node.id)}
          onFocus={() => {
            hover(node.id);
            bringIntoView(node.id);
          }}
        >
          {spoken(node)}
        </li>
      ))}
    </ul>
  );
}

const spoken = ({ id, name, op, kind, shape, value, gradient, noGradient, element }: NodeView): string =>
  [
    name + (element?.index ?? ''),
    kind === 'loss' ? t('loss') : op,
    shape === 'scalar' ? t('scalar') : shape,
    t('value {0}', value.text),
    gradient ? t('gradient {0}', gradient.text) : t('no gradient: {0}', noGradient ?? ''),
    ...wordOfComparison(id),
    ...findingsAbout(id).map(({ message }) => message),
  ].join(', ');

const wordOfComparison = (id: number): string[] => {
  const mark = compared.value.get(id);
  return mark ? [wordFor(mark)] : [];
};

/** What a debug session is about to do, and what it has not done yet. */
const steppingOf = (id: number): object => ({
  ...(currentNode.value === id && { 'aria-current': 'step' }),
  ...(notYet.value && { 'data-standing': notYet.value.nodes.has(id) ? 'faint' : 'solid' }),
});

function onKey(event: KeyboardEvent): void {
  const id = Number((event.target as HTMLElement).dataset.node);
  const node = graph.value?.nodes.find((one) => one.id === id);
  if (moveFocus(event)) return;
  if (event.key === 'Enter' && node) choose(node.id);
  else if (event.key === ' ' && node) toggle(node.id);
  else return;
  event.preventDefault();
}
