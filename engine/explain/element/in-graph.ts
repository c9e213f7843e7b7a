import type { NodeId } from '../../base/brand.ts';
import { formatNumber } from '../numbers.ts';
import type { PassView } from '../pass-view.ts';
import { readingOfNumber } from '../reading.ts';
import { placeText } from '../tensors/matrix-view.ts';
import type { EdgeView, NodeView } from '../view.ts';
import type { ElementView } from './view.ts';

/** A node as it is drawn while an element is chosen: in the numbers of the element that stands for it. */
export function nodeInElement(view: PassView, node: NodeView): NodeView {
  const mode = view.element;
  const seat = mode?.seat(node.id);
  if (!mode || !seat) return node;
  const { element, dependent, size } = seat;
  const gradient = mode.gradientOf(element);
  const { shape } = view.graph.node(node.id);
  return {
    ...node,
    value: readingOfNumber(mode.valueOf(element)),
    gradient: gradient === null ? null : readingOfNumber(gradient),
    element: {
      index: shape.length === 0 ? '' : `[${placeText(element.place, shape)}]`,
      place: element.place,
      dependent,
      size,
    },
  };
}

/** Between the elements that stand for two nodes, whose indices are on the nodes; as it is otherwise where there are none. */
export function edgeInElement(view: PassView, { from, to, label }: EdgeView): EdgeView {
  const mode = view.element;
  if (!mode || label === null) return { from, to, label };
  const [first, second] = [mode.seat(from)?.element, mode.seat(to)?.element];
  const local = first && second ? mode.local(first, second) : null;
  return { from, to, label: local === null ? label : `${view.names.partial(to, from)} = ${formatNumber(local)}` };
}

export function elementView(view: PassView): ElementView | null {
  const { element: mode, elementAsked: asked } = view;
  if (asked === null) return null;
  if (!mode) return { kind: 'gone', query: asked.query, problem: asked.problem! };
  const { node, place } = mode.element;
  const { nodes, edges } = view.chains.reach(node);
  const isOnWay = (id: NodeId): boolean => mode.seat(id) !== null;
  return {
    kind: 'chosen',
    query: asked.query,
    name: mode.nameOf(mode.element),
    node,
    place,
    way: {
      nodes: nodes.filter(isOnWay),
      edges: edges
        .filter(({ from, through }) => isOnWay(from) && isOnWay(through))
        .map(({ from, through }) => `${from}>${through}`),
    },
  };
}
