import type { NodeId } from '../../../base/brand.ts';
import { earliestUse } from '../earliest-use.ts';
import type { Finding } from '../finding.ts';
import { causeOf, grouped } from '../group.ts';
import { type Patient, learned } from '../patient.ts';
import { nearestToLoss } from '../reference.ts';
import type { Rule } from '../rule.ts';
import { Ways } from '../ways.ts';

/**
 * A parameter whose gradient is small beside that at the parameter nearest to the loss: what is missing is lost on the way
 * between them. A model that has converged has small gradients everywhere, and is not meant. For a parameter that a loop
 * uses again and again the earliest use is measured: the sum over all would hide it.
 */
export const vanishingGradient: Rule = {
  id: 'vanishing-gradient',
  check: (patient) => {
    const { graph } = patient;
    const reference = nearestToLoss(graph);
    if (reference === null) return [];
    const findings = learned(patient).flatMap((node): Finding[] => {
      const measured = earliestUse(graph, node) ?? node;
      const finding = examine(patient, node, measured, reference);
      return finding ? [finding] : [];
    });
    return grouped(
      findings,
      (finding) => causeOf(graph, finding),
      (a, b) => Number(a.evidence['norm']) - Number(b.evidence['norm']),
    );
  },
};

function examine({ graph, thresholds }: Patient, node: NodeId, measured: NodeId, reference: NodeId): Finding | null {
  const { norm, magnitude, zero, size } = graph.pass.gradients.get(measured)!.statistics;
  // Exactly zero is another finding; what is not finite yet another.
  if (!(norm > 0) || zero === size) return null;
  const beside = graph.pass.gradients.get(reference)!.statistics.norm;
  const ratio = norm / beside;
  if (!(ratio < thresholds.vanishingRatio)) return null;
  const byMean = magnitude < thresholds.vanishingMean;
  // One of many uses has its share of the sum only: its norm is small anyhow.
  if (!byMean && (measured !== node || !(norm < thresholds.vanishingNorm))) return null;
  const ways = Ways.of(graph);
  const worst = ways.extremes(measured)?.least;
  const culprits = worst ? ways.through(measured, worst.place) : [];
  return {
    rule: 'vanishing-gradient',
    severity: 'warning',
    confidence: 'certain',
    node,
    culprit: culprits[0] ?? null,
    along: [...new Set([node, ...culprits.slice(0, 8), reference, graph.pass.loss])].sort((a, b) => b - a),
    evidence: {
      meanGradient: magnitude,
      norm,
      referenceNorm: beside,
      ratio,
      measure: byMean ? 'mean' : 'norm',
      bound: byMean ? thresholds.vanishingMean : thresholds.vanishingNorm,
      ...(measured !== node && { earliestOf: graph.consumers(node).length }),
      ...(worst && { lostDecades: -worst.decades, ofDecades: -ways.lost(measured), repetitions: culprits.length }),
    },
  };
}
