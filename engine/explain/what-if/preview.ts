import type { NodeId } from '../../base/brand.ts';
import { Recording } from '../../replay/recording.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { contentOf } from '../../trace/statistics.ts';
import { formatExact } from '../numbers.ts';
import type { PassView } from '../pass-view.ts';
import { type Moved, compare, nameOf } from './compare.ts';
import type { LeafChange, WhatIfView } from './view.ts';

/**
 * So many elements of all values are computed anew at once: some milliseconds, where the program itself takes ten times as long
 * to run. A larger pass would hold up whoever waits for it.
 */
const affordable = 200_000;

/**
 * What a run will probably tell, from the recorded ops: right unless the program decides otherwise with the other numbers.
 * Null for a pass that is too large, or that was not recorded whole.
 */
export function previewOf(before: PassView, changes: readonly LeafChange[]): WhatIfView | null {
  const { graph, pass } = before;
  const size = graph.nodes.reduce((sum, id) => sum + sizeOf(graph.node(id).shape), 0);
  if (size > affordable || graph.nodes.some((id) => graph.node(id).kind !== 'op' && !graph.node(id).value.data))
    return null;
  const recording = new Recording(graph);
  const given = new Map<NodeId, Float64Array>();
  for (const { node, element, to } of changes) {
    const content = given.get(node) ?? Float64Array.from(graph.node(node).value.data!);
    content[element] = to;
    given.set(node, content);
  }
  const changed = recording.forward(given);
  const gradients = recording.gradients(pass.loss, undefined, changed);
  const moved = changes.map(({ node, element }): Moved => {
    const from = graph.node(node).value.data![element]!;
    return { node, element, from, to: changed.get(node)!.data[element]! };
  });
  const told = compare(before, moved, {
    value: (id) => (changed.has(id) ? contentOf(changed.get(id)!.data) : graph.node(id).value),
    gradient: (id) => (gradients.has(id) ? contentOf(gradients.get(id)!.data) : undefined),
  });
  return {
    ...told,
    preview: true,
    changes: moved.map(({ node, element, from, to }) => ({
      node,
      element,
      name: nameOf(before, node, element),
      before: formatExact(from),
      after: formatExact(to),
      literal: null,
    })),
  };
}
