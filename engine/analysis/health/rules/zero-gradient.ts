import type { NodeId } from '../../../base/brand.ts';
import type { PassGraph } from '../../pass-graph.ts';
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
      // Nothing leaves the loss itself: the model has reached it, and nothing is wrong with the way.
      if (!(graph.pass.gradients.get(reference)!.statistics.norm > 0) && lostAtTheLoss(graph, node)) return [];
      const stopped = Ways.of(graph).stopped(node);
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
      ({ culprit, node }) => (culprit === null ? `of ${node}` : String(culprit)),
      () => 0,
    );
  },
};

/** Whether the gradient is zero already where the loss function gets its input: at its minimum. */
function lostAtTheLoss(graph: PassGraph, node: NodeId): boolean {
  const stopped = Ways.of(graph).stopped(node);
  return stopped !== null && ['square', 'mul', 'abs', 'sub', 'pow'].includes(graph.node(stopped).op);
}
