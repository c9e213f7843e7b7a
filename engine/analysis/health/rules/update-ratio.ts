import type { Finding } from '../finding.ts';
import { isWeight } from '../patient.ts';
import type { Rule } from '../rule.ts';

/**
 * How far one step of the optimiser moves weights, beside their size: ‖Δw‖ / ‖w‖, about 1e-3 where training goes well
 * (CS231n). Biases, which start at zero, are not measured.
 */
export const updateRatio: Rule = {
  id: 'update-ratio',
  check: (patient) => {
    const { graph, thresholds } = patient;
    const { step } = graph.pass;
    if (!step) return [];
    const { updates, lossBefore, lossAfter } = step;
    return updates.flatMap(({ node, before, after }): Finding[] => {
      if (!isWeight(patient, node) || !before.data || !after.data || !(before.statistics.norm > 0)) return [];
      let squares = 0;
      for (let i = 0; i < before.data.length; i++) squares += (after.data[i]! - before.data[i]!) ** 2;
      const ratio = Math.sqrt(squares) / before.statistics.norm;
      // Weights that begin near zero have a long way to go: a step that halves the loss is none too many.
      const arrives = lossAfter < lossBefore / 2;
      const tooFast = ratio > thresholds.updateRatioMost && !arrives;
      const gradient = graph.pass.gradients.get(node)?.statistics;
      const tooSlow = ratio < thresholds.updateRatioLeast && gradient !== undefined && gradient.norm > 0;
      if (!Number.isFinite(ratio) || (!tooFast && !tooSlow)) return [];
      return [
        {
          rule: 'update-ratio',
          severity: 'info',
          confidence: tooFast ? 'likely' : 'possible',
          node,
          culprit: null,
          along: [node],
          evidence: {
            ratio,
            bound: tooFast ? thresholds.updateRatioMost : thresholds.updateRatioLeast,
            direction: tooFast ? 'above' : 'below',
          },
        },
      ];
    });
  },
};
