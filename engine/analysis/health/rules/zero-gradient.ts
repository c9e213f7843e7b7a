import type { NodeId } from '../../../base/brand.ts';
import type { PassGraph } from '../../pass-graph.ts';
import { cancelledDecades } from '../cancelled.ts';
import type { Finding } from '../finding.ts';
import { grouped } from '../group.ts';
import { learned } from '../patient.ts';
import { nearestToLoss } from '../reference.ts';
import type { Rule } from '../rule.ts';
import { Ways } from '../ways.ts';

/**
 * A parameter whose gradient is exactly zero in every element, though something arrives nearer to the loss. What stops one stops
 * all behind it: that is one trouble.
 */
export const zeroGradient: Rule = {
  id: 'zero-gradient',
  check: (patient) => {
    const { graph } = patient;
    const nearest = nearestToLoss(graph);
    const findings = learned(patient).flatMap((node): Finding[] => {
      const { zero, size } = graph.pass.gradients.get(node)!.statistics;
      if (size === 0 || zero < size) return [];
      const reference = nearest ?? node;
      const stopped = Ways.of(graph).stopped(node);
      // Nothing leaves the loss itself: the model has reached it, and nothing is wrong with the way.
      if (!(graph.pass.gradients.get(reference)!.statistics.norm > 0) && isOfLoss(graph, stopped)) return [];
      if (cancelledDecades(graph, node) < 0 || willMove(graph, stopped) || isOneOfMany(graph, stopped)) return [];
      return [
        {
          rule: 'zero-gradient',
          severity: 'warning',
          confidence: 'certain',
          node,
          culprit: stopped,
          along: stopped === null ? [node] : [stopped, node],
          evidence: { elements: size, ...(stopped !== null && { op: graph.node(stopped).op }) },
        },
      ];
    });
    return grouped(
      findings,
      ({ culprit, node }) => (culprit === null ? `of ${node}` : `at ${Ways.of(graph).placeOf(culprit)}`),
      () => 0,
    );
  },
};

/** Whether the gradient is zero already where the loss function gets its input: at its minimum. */
const isOfLoss = (graph: PassGraph, stopped: NodeId | null): boolean =>
  stopped !== null && ['square', 'mul', 'abs', 'sub', 'pow'].includes(graph.node(stopped).op);

/**
 * Whether what lets nothing through is multiplied by weights that are zero and have a gradient: residual branches and low-rank
 * updates begin like that, and the first step ends it.
 */
function willMove(graph: PassGraph, stopped: NodeId | null): boolean {
  if (stopped === null) return false;
  const behind = new Set<NodeId>(graph.node(stopped).inputs);
  for (const id of behind) {
    const { kind, value, inputs } = graph.node(id);
    if (value.statistics.norm !== 0 || !graph.hasGradient(id)) continue;
    if (kind === 'parameter' && graph.pass.gradients.get(id)!.statistics.norm > 0) return true;
    for (const input of inputs) behind.add(input);
  }
  return false;
}

/** Units that are written as single numbers: some are off, or are applied to what is off, and others at the same place are on. */
function isOneOfMany(graph: PassGraph, stopped: NodeId | null): boolean {
  if (stopped === null || graph.node(stopped).shape.length > 0) return false;
  const { op, inputs } = graph.node(stopped);
  const off = [stopped, ...(op === 'mul' ? inputs : [])].find(
    (id) => graph.node(id).op === 'relu' && graph.node(id).value.statistics.zero > 0,
  );
  if (off === undefined) return false;
  const ways = Ways.of(graph);
  const place = ways.placeOf(off);
  return graph.nodes.some((id) => graph.node(id).value.statistics.positive > 0 && ways.placeOf(id) === place);
}
