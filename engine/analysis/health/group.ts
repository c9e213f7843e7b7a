import type { PassGraph } from '../pass-graph.ts';
import type { Finding } from './finding.ts';
import { Ways } from './ways.ts';

/** What made a finding, for grouping: an op at a place of the source. */
export function causeOf(graph: PassGraph, { culprit, node }: Finding): string {
  return culprit === null ? `node ${node}` : `place ${Ways.of(graph).placeOf(culprit)}`;
}

/**
 * One finding for all that have the same cause: thirty layers that lose their gradients in one line of the source are one
 * trouble. The worst speaks for them; the others stand beside it, and `others` counts them.
 * @param worse negative when the first is worse
 */
export function grouped(
  findings: readonly Finding[],
  cause: (finding: Finding) => string,
  worse: (a: Finding, b: Finding) => number,
): Finding[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = cause(finding);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].map((group): Finding => {
    const [worst, ...others] = group.sort(worse);
    if (others.length === 0) return worst!;
    return {
      ...worst!,
      along: [...new Set([...worst!.along, ...others.slice(0, 8).map(({ node }) => node)])],
      evidence: { ...worst!.evidence, others: others.length },
    };
  });
}
