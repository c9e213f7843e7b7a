import type { NodeId } from '../../base/brand.ts';
import type { PassGraph } from '../pass-graph.ts';
import type { Passage } from './leak.ts';
import { Ways } from './ways.ts';

/** Parts of a sum that cancel to less than a hundredth: less happens by chance. */
const strong = -2;

/** Their local derivatives are 1 and −1: what is lost in them is lost by adding up parts of both signs. */
const sums: ReadonlySet<string> = new Set(['add', 'sub']);

/**
 * Decades that a gradient loses on its way because its parts cancel where they are added up, over the places of a broadcast or
 * over several uses. Nothing has shrunk then: the loss does not depend on the node. A bias before a normalisation is such a node,
 * and what arrives there is the rounding of zero.
 * @returns 0 or less; −∞ where the parts cancel exactly
 */
export function cancelledDecades(graph: PassGraph, node: NodeId): number {
  let found = known.get(graph);
  if (!found) known.set(graph, (found = new Map<NodeId, number>()));
  const ways = Ways.of(graph);
  const stretch: Passage[] = [];
  let at: NodeId = node;
  for (let into = ways.into(at); into && !found.has(at); into = ways.into(at)) {
    stretch.push(into);
    at = into.through;
  }
  let sum = found.get(at) ?? 0;
  for (const passage of stretch.reverse()) found.set(passage.to, (sum += cancelledAt(graph, passage)));
  return sum;
}

/** Ways to many parameters share most of their length: each passage is looked at once. */
const known = new WeakMap<PassGraph, Map<NodeId, number>>();

function cancelledAt(graph: PassGraph, { through, to }: Passage): number {
  const { op, inputs } = graph.node(through);
  const parts = inputs.flatMap((id, input) => (id === to ? (graph.contributionNorm(through, input) ?? 0) : []));
  const part = Math.max(...parts);
  const betweenUses = decades(norm(graph, to), part);
  const overPlaces = sums.has(op) ? decades(part, norm(graph, through)) : 0;
  return [betweenUses, overPlaces].filter((lost) => lost < strong).reduce((a, b) => a + b, 0);
}

const decades = (after: number, before: number): number => (before > 0 ? Math.log10(after / before) : 0);

const norm = (graph: PassGraph, id: NodeId): number => graph.pass.gradients.get(id)?.statistics.norm ?? 0;
