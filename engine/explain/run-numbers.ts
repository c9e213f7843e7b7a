import type { NodeId } from '../base/brand.ts';
import type { Numbers } from '../analysis/why-zero.ts';
import { GradientsOfRun } from '../replay/gradients-of-run.ts';
import { MissingContent, type Recording } from '../replay/recording.ts';

/** A backward pass over more elements than this takes longer than anybody waits for a hover. */
const affordable = 2 ** 20;

/** What a trace left out because it was large, computed anew when it is asked for, if that does not take long. */
export function numbersOfRun(recording: Recording): Numbers {
  const { pass } = recording.graph;
  const gradients = new GradientsOfRun(recording);
  let size: number | null = null;
  const isAffordable = (): boolean => {
    size ??= [...pass.gradients.values()].reduce((total, { statistics }) => total + statistics.size, 0);
    return size <= affordable;
  };
  return {
    gradient: (node) => {
      const content = pass.gradients.get(node);
      if (!content || content.data) return content?.data ?? null;
      return isAffordable() ? orNull(() => gradients.of(node)?.data ?? null) : null;
    },
    pull: (node: NodeId, input: number, upstream: Float64Array) =>
      orNull(() => {
        const block = recording.pull(node, input, recording.filled(node, upstream));
        return block && new Float64Array(block.data);
      }),
  };
}

/** Null where the trace has left out a leaf that would be needed. */
function orNull<Result>(work: () => Result | null): Result | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof MissingContent) return null;
    throw error;
  }
}
