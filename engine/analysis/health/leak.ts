import type { NodeId } from '../../base/brand.ts';
import type { PassGraph } from '../pass-graph.ts';
import { placeOf } from './place.ts';

/** What one op on the way from the loss does to the gradient's norm. */
export interface Passage {
  /** The op that the gradient passes through, and the input it arrives at. */
  readonly through: NodeId;
  readonly to: NodeId;
  /** log₁₀ of ‖∂L/∂to‖ over ‖∂L/∂through‖: below zero where magnitude is lost. −∞ where nothing arrives. */
  readonly decades: number;
}

/** Ops that stand for one place of the source: the repetitions of a loop or of a layer. */
export interface Leak {
  /** The op's key, and the expression of the source that it is part of (`placeOf`); null where it has none. */
  readonly op: string;
  readonly site: number | null;
  /** From the loss outwards. */
  readonly passages: readonly Passage[];
  /** Their sum. */
  readonly decades: number;
}

export interface Leaks {
  readonly node: NodeId;
  /** log₁₀ of ‖∂L/∂node‖ over ‖∂L/∂L‖ = 1: the sum over all passages. */
  readonly decades: number;
  /** The sum over those that lose: what is lost before anything is gained back. */
  readonly lost: number;
  /** The whole way, from the loss outwards. */
  readonly passages: readonly Passage[];
  /** Grouped by place, the greatest loss first. */
  readonly places: readonly Leak[];
}

/**
 * Where magnitude is lost between the loss and a node: along the way of the greatest contributions, how many decades of the
 * gradient's norm each op loses or gains. The parts telescope: their sum is the whole.
 * @returns null where the node has no gradient.
 */
export function leaksOf(graph: PassGraph, node: NodeId): Leaks | null {
  if (!graph.hasGradient(node)) return null;
  const passages = strongestWay(graph, node).reverse();
  return {
    node,
    decades: total(passages),
    lost: total(passages.filter(({ decades }) => decades < 0)),
    passages,
    places: placesOf(graph, passages),
  };
}

/** Passages grouped by their place in the source, the greatest loss first, the greatest gain last. */
export function placesOf(graph: PassGraph, passages: readonly Passage[]): readonly Leak[] {
  const places = new Map<string, Passage[]>();
  for (const passage of passages) {
    const key = `${graph.node(passage.through).op}@${placeOf(graph, passage.through)?.site ?? 'nowhere'}`;
    places.set(key, [...(places.get(key) ?? []), passage]);
  }
  const leaks = [...places.values()].map((group): Leak => {
    const { through } = group[0]!;
    const site = placeOf(graph, through)?.site ?? null;
    return { op: graph.node(through).op, site, passages: group, decades: total(group) };
  });
  return leaks.sort((a, b) => a.decades - b.decades);
}

const total = (passages: readonly Passage[]): number => passages.reduce((sum, { decades }) => sum + decades, 0);

/** From the node towards the loss, always through the consumer that contributes most. */
function strongestWay(graph: PassGraph, node: NodeId): Passage[] {
  const way: Passage[] = [];
  let at = node;
  while (at !== graph.pass.loss) {
    let through: NodeId | null = null;
    let most = -1;
    for (const { node: consumer, input } of graph.consumers(at)) {
      const norm = graph.contributionNorm(consumer, input);
      if (norm === undefined || !graph.hasGradient(consumer)) continue;
      // A contribution that is not finite is where something is wrong: that way is followed.
      const rank = Number.isFinite(norm) ? norm : Infinity;
      if (rank > most) [through, most] = [consumer, rank];
    }
    if (through === null) break;
    way.push({ through, to: at, decades: decadesOf(normOf(graph, at), normOf(graph, through)) });
    at = through;
  }
  return way;
}

/** Where nothing arrived already, nothing more can be lost. */
const decadesOf = (after: number, before: number): number => (before === 0 ? 0 : Math.log10(after / before));

const normOf = (graph: PassGraph, id: NodeId): number => graph.pass.gradients.get(id)!.statistics.norm;
