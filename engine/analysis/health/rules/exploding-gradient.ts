import type { Finding } from '../finding.ts';
import { grouped } from '../group.ts';
import { leaksOf, placesOf } from '../leak.ts';
import { learned } from '../patient.ts';
import { nearestToLoss } from '../reference.ts';
import type { Rule } from '../rule.ts';

/** A gradient that is finite and large: by its norm alone, or beside that at the parameter nearest to the loss. */
export const explodingGradient: Rule = {
  id: 'exploding-gradient',
  check: (patient) => {
    const { graph, thresholds } = patient;
    const findings = learned(patient).flatMap((node): Finding[] => {
      const { statistics } = graph.pass.gradients.get(node)!;
      const { norm } = statistics;
      const finite = statistics.nan + statistics.positiveInfinity + statistics.negativeInfinity === 0;
      if (!finite || !Number.isFinite(norm)) return [];
      const reference = nearestToLoss(graph) ?? node;
      const ratio = norm / graph.pass.gradients.get(reference)!.statistics.norm;
      const byNorm = norm > thresholds.explodingNorm;
      if (!byNorm && !(ratio > thresholds.explodingRatio && norm > 1 && grows(leaksOf(graph, node)?.decades)))
        return [];
      // The loss function gives what it gives: growth is looked for behind it.
      const behind = leaksOf(graph, node)?.passages.filter(({ through }) => through <= reference);
      const worst = placesOf(graph, behind ?? []).at(-1);
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
    // What explodes near the loss explodes everywhere behind it: one trouble.
    return grouped(
      findings,
      () => '',
      (a, b) => Number(b.evidence['norm']) - Number(a.evidence['norm']),
    );
  },
};

/** A sum over many samples is large without anything having grown on the way. */
const grows = (decades: number | undefined): boolean => decades !== undefined && decades > 1;
