import type { NodeId } from '../../../base/brand.ts';
import type { PassGraph } from '../../pass-graph.ts';
import { cancelledDecades } from '../cancelled.ts';
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
    /**
     * What a parameter is applied to is small: layers before it have made it so, and where they lose the gradient on its way back
     * too, it is the same trouble.
     */
    const late = new Set<Finding>();
    const findings = learned(patient).flatMap((node): Finding[] => {
      const measured = earliestReached(graph, node);
      const found = examine(patient, node, measured, reference);
      if (!found) return [];
      if (found.isLast) late.add(found.finding);
      return [found.finding];
    });
    const norm = ({ evidence }: Finding): number => Number(evidence['norm']);
    const isLate = (finding: Finding): number => Number(late.has(finding));
    const worse = (a: Finding, b: Finding): number => isLate(a) - isLate(b) || norm(a) - norm(b);
    const [worst] = [...findings].sort(worse);
    const early = worst && !late.has(worst) ? worst : null;
    return grouped(findings, (finding) => causeOf(graph, (late.has(finding) && early) || finding), worse);
  },
};

/** The distance from 1 to the next number of a dtype. */
const rounding = { float32: 2 ** -23, float64: 2 ** -52 } as const;

/** Whether adding a norm to a parameter's whole gradient changes nothing. */
function isRounding(graph: PassGraph, norm: number, parameter: NodeId): boolean {
  const { dtype } = graph.node(parameter);
  const whole = graph.pass.gradients.get(parameter)!.statistics.norm;
  return norm < whole * (dtype === 'float64' ? rounding.float64 : rounding.float32);
}

/** The earliest of a loop's uses at which anything arrives: before it, the gradient may be too small for its type. */
function earliestReached(graph: PassGraph, parameter: NodeId): NodeId {
  const first = earliestUse(graph, parameter);
  if (first === null) return parameter;
  const reached = graph
    .consumers(parameter)
    .find(({ node }) => (graph.pass.gradients.get(node)?.statistics.norm ?? 0) > 0);
  return reached?.node ?? first;
}

interface Found {
  readonly finding: Finding;
  /** Most is lost in the passage into the parameter itself. */
  readonly isLast: boolean;
}

function examine({ graph, thresholds }: Patient, node: NodeId, measured: NodeId, reference: NodeId): Found | null {
  const { norm, magnitude, zero, size } = graph.pass.gradients.get(measured)!.statistics;
  // Exactly zero is another finding; what is not finite yet another.
  if (!(norm > 0) || zero === size) return null;
  const beside = graph.pass.gradients.get(reference)!.statistics.norm;
  const ratio = norm / beside;
  if (!(ratio < thresholds.vanishingRatio)) return null;
  const byMean = magnitude < thresholds.vanishingMean;
  // One of many uses has its share of the sum only, and its norm is small anyhow: it has to be lost in the rounding of that sum.
  if (measured === node ? !byMean && !(norm < thresholds.vanishingNorm) : !byMean || !isRounding(graph, norm, node))
    return null;
  if (!(ratio / 10 ** cancelledDecades(graph, measured) < thresholds.vanishingRatio)) return null;
  const ways = Ways.of(graph);
  const worst = ways.extremes(measured)?.least;
  const culprits = worst ? ways.through(measured, worst.place) : [];
  const last = measured === node ? ways.into(node) : null;
  const isLast = !!worst && !!last && ways.placeOf(last.through) === worst.place && last.decades < worst.decades / 2;
  const finding: Finding = {
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
  return { finding, isLast };
}
