import { computed, effect, signal } from '@preact/signals';
import type { BackwardGraphView } from '../../engine/explain/backward-graph/view.ts';
import { graphAsDrawn } from '../inspector/what-if-state.ts';
import { ask, graph, sides } from '../state.ts';

/** With the graph that it was told about: until the next is told, the numbers of the last run stay on screen. */
const told = signal<{ readonly structure: string; readonly view: BackwardGraphView } | null>(null);

/** The graph of the backward pass, while it is shown. */
export const backward = computed(() => {
  const { structure, view } = told.value ?? {};
  if (sides.value === 'forward' || !view || structure !== graph.value?.structure) return null;
  return graphAsDrawn.value === graph.value ? view : withChanges(view);
});

/** In a what-if gradients are those of the graph as it is drawn; what is inside of the rules then, nobody has computed. */
function withChanges(view: BackwardGraphView): BackwardGraphView {
  const gradients = new Map(graphAsDrawn.value?.nodes.map(({ id, gradient }) => [id, gradient]));
  const nodes = view.nodes.map((node) => ({ ...node, value: node.whole ? (gradients.get(node.of) ?? null) : null }));
  return { ...view, nodes };
}

effect(() => {
  const current = graph.value;
  if (sides.value === 'forward' || !current) return;
  ask({ kind: 'backward' }, (view) => {
    told.value = { structure: current.structure, view };
  });
});
