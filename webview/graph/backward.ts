import { computed, effect, signal } from '@preact/signals';
import type { BackwardGraphView } from '../../engine/explain/backward-graph/view.ts';
import { ask, graph, sides } from '../state.ts';

/** With the graph that it was told about: until the next is told, the numbers of the last run stay on screen. */
const told = signal<{ readonly structure: string; readonly view: BackwardGraphView } | null>(null);

/** The graph of the backward pass, while it is shown. */
export const backward = computed(() =>
  sides.value !== 'forward' && told.value?.structure === graph.value?.structure ? (told.value?.view ?? null) : null,
);

effect(() => {
  const current = graph.value;
  if (sides.value === 'forward' || !current) return;
  ask({ kind: 'backward' }, (view) => {
    told.value = { structure: current.structure, view };
  });
});
