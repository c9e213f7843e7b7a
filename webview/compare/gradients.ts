import { computed } from '@preact/signals';
import { graphAsDrawn } from '../inspector/what-if-state.ts';
import { graph } from '../state.ts';
import { comparison } from './comparison-state.ts';
import type { DrawnMark } from './marks.ts';

/** A gradient of the backward graph beside what it was. */
export interface ComparedGradient {
  /** Null where it was there before, and comes from the same. */
  readonly mark: DrawnMark | null;
  /** Its norm before and now; null where one of them is not, or both are written alike. */
  readonly norms: { readonly before: string; readonly after: string } | null;
}

/** By the node whose gradient it is. A gradient can be new where its node is not: what cut it off is gone. */
export const comparedGradients = computed<ReadonlyMap<number, ComparedGradient>>(() => {
  const told = new Map<number, ComparedGradient>();
  // In a what-if the numbers of the graph are others than those that were compared.
  const isCompared = graphAsDrawn.value === graph.value;
  for (const { mark, node, gradient } of comparison.value?.model?.nodes ?? []) {
    const { before, after } = gradient;
    if (node === null || after === '') continue;
    const isNew = mark === 'added' || before === '';
    told.set(node, {
      mark: isNew ? 'added' : mark === 'changed' ? 'changed' : null,
      norms: isNew || before === after || !isCompared ? null : { before, after },
    });
  }
  return told;
});
