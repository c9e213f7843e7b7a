import type { PassGraph } from '../pass-graph.ts';
import type { Finding } from './finding.ts';
import { placeOf } from './place.ts';

/** What made a finding, for grouping: an op at a place of the source. */
export function causeOf(graph: PassGraph, { culprit, node }: Finding): string {
  if (culprit === null) return `node ${node}`;
  return `${graph.node(culprit).op}@${placeOf(graph, culprit)?.site ?? culprit}`;
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
  for (const finding of findings) groups.set(cause(finding), [...(groups.get(cause(finding)) ?? []), finding]);
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
