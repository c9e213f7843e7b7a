import type { NodeId } from '../../../base/brand.ts';
import type { Finding } from '../finding.ts';
import { type Patient, feedsParameters } from '../patient.ts';
import type { Rule } from '../rule.ts';

/** A hidden layer of tanh or sigmoid, most of whose elements lie where the curve is flat: their derivatives are near zero. */
export const saturatedActivation: Rule = {
  id: 'saturated-activation',
  check: (patient) => {
    const { graph, thresholds } = patient;
    return graph.nodes.flatMap((node): Finding[] => {
      const { op } = graph.node(node);
      if ((op !== 'tanh' && op !== 'sigmoid') || !graph.hasGradient(node)) return [];
      const share = saturatedShare(patient, node);
      // An output that is sure of itself is no mistake: only what layers still follow is hidden.
      if (share === null || share <= thresholds.saturatedShare || !feedsParameters(patient, node)) return [];
      return [
        {
          rule: 'saturated-activation',
          severity: 'warning',
          confidence: 'certain',
          node,
          culprit: graph.node(node).inputs[0] ?? node,
          along: [node, ...graph.node(node).inputs],
          evidence: { op, share, level: thresholds.saturatedLevel, bound: thresholds.saturatedShare },
        },
      ];
    });
  },
};

function saturatedShare({ graph, thresholds, values }: Patient, id: NodeId): number | null {
  const data = values(id);
  if (!data || data.length === 0) return null;
  const isSigmoid = graph.node(id).op === 'sigmoid';
  let count = 0;
  for (let i = 0; i < data.length; i++) {
    const level = isSigmoid ? Math.abs(2 * data[i]! - 1) : Math.abs(data[i]!);
    if (level > thresholds.saturatedLevel) count++;
  }
  return count / data.length;
}
