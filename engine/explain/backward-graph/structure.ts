import type { BackwardEdgeView, BackwardNodeView } from './view.ts';

/** Numbers are not in it: their places have a fixed width. */
export function structureOf(nodes: readonly BackwardNodeView[], edges: readonly BackwardEdgeView[]): string {
  const boxes = nodes.map(({ id, name, op, kind, shape }) => `${id}:${name}:${op}:${kind}:${shape}`);
  return `${boxes.join('|')}#${edges.map(({ from, to, label }) => `${from}>${to}:${label ?? ''}`).join(',')}`;
}
