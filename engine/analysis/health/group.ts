import type { PassGraph } from '../pass-graph.ts';
import type { Finding } from './finding.ts';

/**
 * One finding for all that have the same cause: thirty layers that lose their gradients in one line of the source are one
 * trouble. The worst speaks for them; the others stand beside it, and `others` counts them.
 * @param worse negative when the first is worse
 */
export function byCause(
  graph: PassGraph,
  findings: readonly Finding[],
  worse: (a: Finding, b: Finding) => number,
): Finding[] {
  const causes = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { culprit, node } = finding;
    const cause =
      culprit === null ? `node ${node}` : `${graph.node(culprit).op}@${graph.node(culprit).sites[0] ?? culprit}`;
    causes.set(cause, [...(causes.get(cause) ?? []), finding]);
  }
  return [...causes.values()].map((group): Finding => {
    const [worst, ...others] = group.sort(worse);
    if (others.length === 0) return worst!;
    return {
      ...worst!,
      along: [...new Set([...worst!.along, ...others.slice(0, 8).map(({ node }) => node)])],
      evidence: { ...worst!.evidence, others: others.length },
    };
  });
}
