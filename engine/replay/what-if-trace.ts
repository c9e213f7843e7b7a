import type { NodeId } from '../base/brand.ts';
import type { Block } from '../autograd/block.ts';
import type { Content, Contribution, Pass, Trace } from '../trace/format.ts';
import { maxElements, maxLeafElements } from '../trace/format.ts';
import { contentOf } from '../trace/statistics.ts';
import type { Recording } from './recording.ts';

/**
 * The trace of one pass with other numbers in its leaves, as a run that took the same way would have recorded it. Its nodes,
 * places and texts are those of the run; an update of the optimiser was not tried, so that there is none.
 * @param changed what `recording.forward` gave: everything that differs from the run.
 * @throws MissingContent
 */
export function whatIfTrace(recording: Recording, changed: ReadonlyMap<NodeId, Block>): Trace {
  const { trace, pass } = recording.graph;
  const nodes = trace.nodes.map((node) => {
    const block = changed.get(node.id);
    if (!block) return node;
    return { ...node, value: contentOf(block.data, node.kind === 'op' ? maxElements : maxLeafElements) };
  });
  return { ...trace, nodes, passes: [{ ...pass, ...backwardOf(recording, changed), step: null }] };
}

/** A pass that broke off before its loss has no gradients, whatever its numbers. */
function backwardOf(
  recording: Recording,
  changed: ReadonlyMap<NodeId, Block>,
): Pick<Pass, 'gradients' | 'contributions'> {
  const { pass } = recording.graph;
  if (pass.gradients.size === 0) return { gradients: new Map(), contributions: [] };
  const steps = recording.backward(pass.loss, undefined, changed);
  const contributions: Contribution[] = [];
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return { gradients: kept(pass, value), contributions };
    const { node, input, contribution } = value;
    contributions.push({ node, input, value: contentOf(contribution.data) });
  }
}

/** In the order of the run, and no more of them than the run has. */
const kept = (pass: Pass, gradients: ReadonlyMap<NodeId, Block>): ReadonlyMap<NodeId, Content> =>
  new Map(
    [...pass.gradients.keys()].flatMap((id): [NodeId, Content][] => {
      const gradient = gradients.get(id);
      return gradient ? [[id, contentOf(gradient.data)]] : [];
    }),
  );
