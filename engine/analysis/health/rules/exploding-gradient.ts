import type { NodeId } from '../../../base/brand.ts';
import type { PassGraph } from '../../pass-graph.ts';
import type { Finding } from '../finding.ts';
import { grouped } from '../group.ts';
import { type Leak, leaksOf, placesOf } from '../leak.ts';
import { learned } from '../patient.ts';
import { nearestToLoss } from '../reference.ts';
import type { Rule } from '../rule.ts';

/** A gradient that is finite and large: by its norm alone, or beside that at the parameter nearest to the loss. */
export const explodingGradient: Rule = {
  id: 'exploding-gradient',
  check: (patient) => {
    const { graph, thresholds } = patient;
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
      const byNorm = norm > thresholds.explodingNorm;
      if (!byNorm && !(ratio > thresholds.explodingRatio && norm > 1 && grows(leaksOf(graph, node)?.decades)))
        return [];
      const leak = greatestGain(graph, node, reference);
      const worst = leak?.place;
      if (leak && !leak.isLast) gains.set(node, leak.place.decades);
      return [
        {
          rule: 'exploding-gradient',
          severity: 'warning',
          confidence: 'certain',
          node,
          culprit: worst?.passages[0]?.through ?? null,
          along: [...new Set([node, reference, graph.pass.loss])].sort((a, b) => b - a),
          evidence: {
            norm,
            ratio,
            bound: byNorm ? thresholds.explodingNorm : thresholds.explodingRatio,
            ...(worst && { gainedDecades: worst.decades, repetitions: worst.passages.length }),
          },
        },
      ];
    });
    // What explodes somewhere explodes everywhere behind it: one trouble, told of the parameter that saw most of it.
    const gain = ({ node }: Finding): number => gains.get(node) ?? -Infinity;
    const norm = ({ evidence }: Finding): number => Number(evidence['norm']);
    return grouped(
      findings,
      () => '',
      (a, b) => (gain(a) === gain(b) ? norm(b) - norm(a) : gain(b) - gain(a)),
    );
  },
};

/**
 * Where most is gained on the way to a parameter, behind the loss function, which gives what it gives. The last passage, into
 * the parameter itself, multiplies by what the parameter is applied to: if that is large, layers before it have made it so, and
 * they pass a gradient on as large. It counts only where no op before it gains anything: then the model's input is large.
 */
function greatestGain(graph: PassGraph, node: NodeId, reference: NodeId): { place: Leak; isLast: boolean } | null {
  const behind = leaksOf(graph, node)?.passages.filter(({ through }) => through <= reference) ?? [];
  const before = placesOf(
    graph,
    behind.filter(({ to }) => to !== node),
  ).at(-1);
  if (before && before.decades > 0) return { place: before, isLast: false };
  const place = placesOf(graph, behind).at(-1);
  return place ? { place, isLast: true } : null;
}

/** A sum over many samples is large without anything having grown on the way. */
const grows = (decades: number | undefined): boolean => decades !== undefined && decades > 1;
