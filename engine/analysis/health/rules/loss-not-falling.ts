import type { Rule } from '../rule.ts';

/** Training that leads nowhere: over the last steps the lowest loss is not lower than before by the share that is asked for. */
export const lossNotFalling: Rule = {
  id: 'loss-not-falling',
  check: ({ graph, losses, thresholds }) => {
    const { lossPatience, lossFall } = thresholds;
    if (losses.length < 2 * lossPatience) return [];
    const lowest = (from: number, to: number): number =>
      losses.slice(from, to).reduce((least, loss) => Math.min(least, loss), Infinity);
    const before = lowest(0, losses.length - lossPatience);
    const lately = lowest(losses.length - lossPatience, losses.length);
    const fall = (before - lately) / Math.abs(before);
    // A loss that has fallen far already may have arrived.
    const arrived = Math.abs(before) < 0.1 * Math.abs(losses[0]!);
    if (!(fall < lossFall) || arrived) return [];
    return [
      {
        rule: 'loss-not-falling',
        severity: 'warning',
        confidence: 'likely',
        node: graph.pass.loss,
        culprit: null,
        along: [graph.pass.loss],
        evidence: { steps: lossPatience, before, lately, fall, bound: lossFall },
      },
    ];
  },
};
