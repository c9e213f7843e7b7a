import type { NodeId } from '../../../base/brand.ts';
import type { PassGraph } from '../../pass-graph.ts';
import type { Finding } from '../finding.ts';
import { leaksOf } from '../leak.ts';
import { learned } from '../patient.ts';
import { nearestToLoss } from '../reference.ts';
import type { Rule } from '../rule.ts';

/** A parameter whose gradient is exactly zero in every element, though something arrives nearer to the loss. */
export const zeroGradient: Rule = {
  id: 'zero-gradient',
  check: (patient) => {
    const { graph } = patient;
    return learned(patient).flatMap((node): Finding[] => {
      const { zero, size } = graph.pass.gradients.get(node)!.statistics;
      if (size === 0 || zero < size) return [];
      const reference = nearestToLoss(graph) ?? node;
      // Nothing leaves the loss itself: the model has reached it, and nothing is wrong with the way.
      if (!(graph.pass.gradients.get(reference)!.statistics.norm > 0) && lostAtTheLoss(graph, node)) return [];
      const stopped = leaksOf(graph, node)?.passages.find(({ decades }) => decades === -Infinity);
      return [
        {
          rule: 'zero-gradient',
          severity: 'warning',
          confidence: 'certain',
          node,
          culprit: stopped?.through ?? null,
          along: stopped ? [stopped.through, node] : [node],
          evidence: { elements: size, ...(stopped && { op: graph.node(stopped.through).op }) },
        },
      ];
    });
  },
};

/** Whether the gradient is zero already where the loss function gets its input: at its minimum. */
function lostAtTheLoss(graph: PassGraph, node: NodeId): boolean {
  const stopped = leaksOf(graph, node)?.passages.find(({ decades }) => decades === -Infinity);
  return stopped !== undefined && ['square', 'mul', 'abs', 'sub', 'pow'].includes(graph.node(stopped.through).op);
}
