import type { NodeId } from '../../../base/brand.ts';
import type { PassGraph } from '../../pass-graph.ts';
import { defaultThresholds } from '../../thresholds.ts';
import type { Finding } from '../finding.ts';
import { grouped } from '../group.ts';
import { learned } from '../patient.ts';
import { nearestToLoss } from '../reference.ts';
import type { Rule } from '../rule.ts';
import { isScale } from '../scale.ts';
import { Ways } from '../ways.ts';

/** A gradient that is finite and large: by its norm alone, or beside that at the parameter nearest to the loss. */
export const explodingGradient: Rule = {
  id: 'exploding-gradient',
  check: (patient) => {
    const { graph, thresholds } = patient;
    // What is clipped before the weights see it does no harm.
    if (clippedTo(graph) <= thresholds.explodingNorm) return [];
    // A bound that somebody has set knows the scale of the model's numbers.
    const isChosen = thresholds.explodingNorm !== defaultThresholds.explodingNorm;
    const nearest = nearestToLoss(graph);
    /** Gains on the way to a parameter, in decades; those into the parameter itself come after all others. */
    const gains = new Map<NodeId, number>();
    const findings = learned(patient).flatMap((node): Finding[] => {
      const { statistics } = graph.pass.gradients.get(node)!;
      const { norm } = statistics;
      const finite = statistics.nan + statistics.positiveInfinity + statistics.negativeInfinity === 0;
      if (!finite || !Number.isFinite(norm)) return [];
      const reference = nearest ?? node;
      const ratio = norm / graph.pass.gradients.get(reference)!.statistics.norm;
      const byNorm = norm > thresholds.explodingNorm && (isChosen || !isScale(graph, node, reference));
      const growth = growthTo(graph, node, reference);
      if (!byNorm && !(growth > thresholds.explodingRatio && norm > 1 && grows(graph, norm))) return [];
      const gain = greatestGain(graph, node, reference);
      if (gain && !gain.isLast) gains.set(node, gain.decades);
      return [
        {
          rule: 'exploding-gradient',
          severity: 'warning',
          confidence: 'certain',
          node,
          culprit: gain?.through[0] ?? null,
          along: [...new Set([node, reference, graph.pass.loss])].sort((a, b) => b - a),
          evidence: {
            norm,
            ratio,
            growth,
            bound: byNorm ? thresholds.explodingNorm : thresholds.explodingRatio,
            ...(gain && { gainedDecades: gain.decades, repetitions: gain.through.length }),
          },
        },
      ];
    });
    // What explodes somewhere explodes everywhere behind it: one trouble, told of the parameter that saw most of it.
    const gained = ({ node }: Finding): number => gains.get(node) ?? -Infinity;
    const norm = ({ evidence }: Finding): number => Number(evidence['norm']);
    return grouped(
      findings,
      () => '',
      (a, b) => (gained(a) === gained(b) ? norm(b) - norm(a) : gained(b) - gained(a)),
    );
  },
};

/**
 * How much larger than at the output nearest to the loss the gradient is at the op that uses a parameter: what the layers between
 * them do to it. The last passage, into the parameter itself, is as large as what it is applied to, and no growth.
 */
function growthTo(graph: PassGraph, node: NodeId, reference: NodeId): number {
  const into = Ways.of(graph).into(node);
  return into ? normOf(graph, into.through) / normOf(graph, reference) : 1;
}

const normOf = (graph: PassGraph, id: NodeId): number => graph.pass.gradients.get(id)!.statistics.norm;

/**
 * Where most is gained on the way to a parameter, behind the loss function, which gives what it gives. The last passage, into
 * the parameter itself, multiplies by what the parameter is applied to: if that is large, layers before it have made it so, and
 * they pass a gradient on as large. It counts only where no op before it gains anything: then the model's input is large.
 */
function greatestGain(graph: PassGraph, node: NodeId, behind: NodeId): Gain | null {
  const ways = Ways.of(graph);
  const before = { behind, before: node };
  const early = ways.extremes(node, before)?.most;
  if (early && early.decades > 0) {
    return { decades: early.decades, through: ways.through(node, early.place, before), isLast: false };
  }
  const late = ways.extremes(node, { behind })?.most;
  return late ? { decades: late.decades, through: ways.through(node, late.place, { behind }), isLast: true } : null;
}

interface Gain {
  readonly decades: number;
  /** The ops of its place, from the loss outwards. */
  readonly through: readonly NodeId[];
  readonly isLast: boolean;
}

/** The norm that the optimiser clips all gradients to, taken together; ∞ where it does not. */
export function clippedTo({ pass }: PassGraph): number {
  const most = pass.step?.settings['maxNorm'];
  return typeof most === 'number' ? most : Infinity;
}

/** A sum over many samples is large without anything having grown on the way. */
const grows = (graph: PassGraph, norm: number): boolean =>
  Math.log10(norm / graph.pass.gradients.get(graph.pass.loss)!.statistics.norm) > 1;
