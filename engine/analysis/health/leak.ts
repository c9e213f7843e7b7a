import type { NodeId } from '../../base/brand.ts';
import type { PassGraph } from '../pass-graph.ts';
import { placeOf } from './place.ts';
import { Ways } from './ways.ts';

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
  const ways = Ways.of(graph);
  const passages: Passage[] = [];
  for (let at = ways.into(node); at; at = ways.into(at.through)) passages.push(at);
  passages.reverse();
  return {
    node,
    decades: total(passages),
    lost: total(passages.filter(({ decades }) => decades < 0)),
    passages,
    places: placesOf(graph, passages),
  };
}

/** Passages grouped by their place in the source, the greatest loss first, the greatest gain last. */
function placesOf(graph: PassGraph, passages: readonly Passage[]): readonly Leak[] {
  const places = new Map<number, Passage[]>();
  for (const passage of passages) {
    const place = Ways.of(graph).placeOf(passage.through);
    const group = places.get(place);
    if (group) group.push(passage);
    else places.set(place, [passage]);
  }
  const leaks = [...places.values()].map((group): Leak => {
    const { through } = group[0]!;
    const site = placeOf(graph, through)?.site ?? null;
    return { op: graph.node(through).op, site, passages: group, decades: total(group) };
  });
  return leaks.sort((a, b) => a.decades - b.decades);
}

const total = (passages: readonly Passage[]): number => passages.reduce((sum, { decades }) => sum + decades, 0);
