import type { NodeId } from '../../base/brand.ts';
import type { PassGraph } from '../../analysis/pass-graph.ts';
import type { PassView } from '../pass-view.ts';

/** Fewer are read one by one. */
export const fewest = 4;

/** Euclidean norm of a gradient; NaN when some of it is not finite, which the statistics leave out of their norm. */
export function normOf({ pass }: PassGraph, id: NodeId): number {
  const { norm, nan, positiveInfinity, negativeInfinity } = pass.gradients.get(id)!.statistics;
  return nan + positiveInfinity + negativeInfinity > 0 ? NaN : norm;
}

/** Nodes with a gradient that one expression of the source made over and over, this one among them: the last made first. */
export function repetitionsOf({ graph, trace }: PassView, id: NodeId): readonly NodeId[] {
  const { op, sites } = graph.node(id);
  const site = sites.find((one) => trace.sites.get(one)?.kind === 'expression') ?? sites[0];
  if (site === undefined || !graph.hasGradient(id)) return [];
  const same = graph.nodes.filter((one) => {
    const node = graph.node(one);
    return node.op === op && node.sites.includes(site) && graph.hasGradient(one);
  });
  return same.length < fewest ? [] : same.reverse();
}

/** What each use of a node adds to its gradient, the last use first: of a parameter that a loop uses at every step. */
export function usesOf({ graph }: PassView, id: NodeId): readonly number[] {
  if (graph.useCount(id) < fewest) return [];
  const norms = graph.consumers(id).flatMap(({ node, input }) => graph.contributionNorm(node, input) ?? []);
  return norms.length < fewest ? [] : norms.reverse();
}
