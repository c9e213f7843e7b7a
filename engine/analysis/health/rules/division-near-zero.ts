import { broadcastIndices } from '../../../tensor/kernels/broadcast.ts';
import type { NodeId } from '../../../base/brand.ts';
import type { Finding } from '../finding.ts';
import type { Patient } from '../patient.ts';
import type { Rule } from '../rule.ts';

/** A quotient whose divisor comes near to zero beside what it divides: its derivative grows with the square of the reciprocal. */
export const divisionNearZero: Rule = {
  id: 'division-near-zero',
  check: (patient) => {
    const { graph, thresholds } = patient;
    return graph.nodes.flatMap((node): Finding[] => {
      const { op, inputs } = graph.node(node);
      const divisor = op === 'div' ? inputs[1] : op === 'reciprocal' || op === 'rsqrt' ? inputs[0] : undefined;
      if (divisor === undefined || !graph.node(divisor).requiresGrad) return [];
      const worst = worstQuotient(patient, node, divisor);
      if (!worst || !(worst.smallest < thresholds.nearZero * worst.numerator)) return [];
      return [
        {
          rule: 'division-near-zero',
          severity: 'warning',
          confidence: worst.smallest === 0 ? 'certain' : 'likely',
          node,
          culprit: node,
          along: [divisor, node],
          evidence: { ...worst, bound: thresholds.nearZero },
        },
      ];
    });
  },
};

interface Quotient {
  /** |divisor|. */
  readonly smallest: number;
  /** |numerator| of the same element. */
  readonly numerator: number;
}

/** The element whose divisor is smallest beside its own numerator: rows of a softmax may differ by any factor. */
function worstQuotient({ graph, values }: Patient, node: NodeId, divisor: NodeId): Quotient | null {
  const { op, inputs, shape } = graph.node(node);
  const below = values(divisor);
  if (!below || below.length === 0) return null;
  if (op !== 'div') return { smallest: smallestMagnitude(below), numerator: 1 };
  const above = values(inputs[0]!);
  if (!above) return null;
  const [ofAbove, ofBelow] = [inputs[0]!, divisor].map((id) => broadcastIndices(graph.node(id).shape, shape));
  let worst: Quotient | null = null;
  for (let i = 0; i < ofAbove!.length; i++) {
    const [numerator, smallest] = [Math.abs(above[ofAbove![i]!]!), Math.abs(below[ofBelow![i]!]!)];
    if (numerator > 0 && (worst === null || smallest * worst.numerator < worst.smallest * numerator))
      worst = { smallest, numerator };
  }
  return worst;
}

function smallestMagnitude(data: ArrayLike<number>): number {
  let least = Infinity;
  for (let i = 0; i < data.length; i++) least = Math.min(least, Math.abs(data[i]!));
  return least;
}
