import type { NodeId } from '../../base/brand.ts';
import type { PassGraph } from '../pass-graph.ts';
import type { Passage } from './leak.ts';
import { placeOf } from './place.ts';

const known = new WeakMap<PassGraph, Ways>();

/** What a place of the source adds up to along a way. */
export interface PlaceSum {
  /** As `Ways.placeOf` numbers them. */
  readonly place: number;
  readonly decades: number;
}

/** Which part of a way is looked at. */
export interface Stretch {
  /** Ops from this one on away from the loss; all without it. */
  readonly behind?: NodeId;
  /** Without the last passage, into the node itself. */
  readonly before?: NodeId;
}

/**
 * The strongest ways from the loss to all nodes of a pass. They are a tree: two ways that meet go on together. Each passage and
 * each place is worked out once, however many parameters lie behind it.
 */
export class Ways {
  readonly #graph: PassGraph;
  readonly #passages: (Passage | null | undefined)[];
  readonly #places: Int32Array;
  /** Up to each node; NaN where nobody has asked. */
  readonly #lost: Float64Array;
  /** The same; −1 where something arrives. */
  readonly #stopped: Int32Array;
  readonly #numbers = new Map<string, number>();
  #sums = new Float64Array(64);

  static of(graph: PassGraph): Ways {
    let ways = known.get(graph);
    if (!ways) known.set(graph, (ways = new Ways(graph)));
    return ways;
  }

  private constructor(graph: PassGraph) {
    this.#graph = graph;
    this.#passages = new Array<undefined>(graph.trace.nodes.length).fill(undefined);
    this.#places = new Int32Array(graph.trace.nodes.length).fill(-1);
    this.#lost = new Float64Array(graph.trace.nodes.length).fill(NaN);
    this.#stopped = new Int32Array(graph.trace.nodes.length).fill(-1);
  }

  /** The last passage on the way from the loss to a node: through the consumer that contributes most. Null where it ends. */
  into(node: NodeId): Passage | null {
    const passage = this.#passages[node];
    return passage === undefined ? (this.#passages[node] = this.#strongest(node)) : passage;
  }

  /** A number for the op and the place of the source that a node is part of. */
  placeOf(node: NodeId): number {
    let place = this.#places[node]!;
    if (place >= 0) return place;
    const key = `${this.#graph.node(node).op}@${placeOf(this.#graph, node)?.site ?? 'nowhere'}`;
    place = this.#numbers.get(key) ?? this.#numbers.size;
    this.#numbers.set(key, place);
    this.#places[node] = place;
    return place;
  }

  /** The places that lose and gain most on the way to a node; the first of equals. Null where there is no way. */
  extremes(node: NodeId, stretch: Stretch = {}): { readonly least: PlaceSum; readonly most: PlaceSum } | null {
    const seen: number[] = [];
    for (let at = this.into(node); at; at = this.into(at.through)) {
      if (!isIn(at, stretch)) continue;
      const place = this.placeOf(at.through);
      if (place >= this.#sums.length) this.#widen();
      if (!seen.includes(place)) {
        seen.push(place);
        this.#sums[place] = 0;
      }
      this.#sums[place]! += at.decades;
    }
    // From the loss outwards.
    seen.reverse();
    const decades = (place: number): number => this.#sums[place]!;
    const [first] = seen;
    if (first === undefined) return null;
    const least = seen.reduce((best, place) => (decades(place) < decades(best) ? place : best), first);
    const most = seen.reduce((best, place) => (decades(place) >= decades(best) ? place : best), first);
    return { least: { place: least, decades: decades(least) }, most: { place: most, decades: decades(most) } };
  }

  /** The ops of a place on the way to a node, from the loss outwards. */
  through(node: NodeId, place: number, stretch: Stretch = {}): NodeId[] {
    const found: NodeId[] = [];
    for (let at = this.into(node); at; at = this.into(at.through))
      if (isIn(at, stretch) && this.placeOf(at.through) === place) found.push(at.through);
    return found.reverse();
  }

  /** The decades of all passages that lose some. */
  lost(node: NodeId): number {
    this.#addUp(node);
    return this.#lost[node]!;
  }

  /** The op nearest to the loss behind which nothing arrives any more on the way to a node; null where something does. */
  stopped(node: NodeId): NodeId | null {
    this.#addUp(node);
    const stopped = this.#stopped[node]!;
    return stopped < 0 ? null : (stopped as NodeId);
  }

  /** From the loss, or where it was worked out already, up to a node. */
  #addUp(node: NodeId): void {
    const stretch: Passage[] = [];
    let at: NodeId = node;
    for (let into = this.into(at); into && Number.isNaN(this.#lost[at]); into = this.into(at)) {
      stretch.push(into);
      at = into.through;
    }
    if (Number.isNaN(this.#lost[at])) this.#lost[at] = 0;
    for (let i = stretch.length - 1; i >= 0; i--) {
      const { through, to, decades } = stretch[i]!;
      this.#lost[to] = this.#lost[through]! + (decades < 0 ? decades : 0);
      const before = this.#stopped[through]!;
      this.#stopped[to] = before < 0 && decades === -Infinity ? through : before;
    }
  }

  #widen(): void {
    const wider = new Float64Array(2 * this.#sums.length);
    wider.set(this.#sums);
    this.#sums = wider;
  }

  #strongest(node: NodeId): Passage | null {
    const graph = this.#graph;
    if (node === graph.pass.loss) return null;
    let through: NodeId | null = null;
    let most = -1;
    for (const { node: consumer, input } of graph.consumers(node)) {
      const norm = graph.contributionNorm(consumer, input);
      if (norm === undefined || !graph.hasGradient(consumer)) continue;
      // A contribution that is not finite is where something is wrong: that way is followed.
      const rank = Number.isFinite(norm) ? norm : Infinity;
      if (rank > most) [through, most] = [consumer, rank];
    }
    if (through === null) return null;
    return { through, to: node, decades: decadesOf(normOf(graph, node), normOf(graph, through)) };
  }
}

const isIn = ({ through, to }: Passage, { behind, before }: Stretch): boolean =>
  (behind === undefined || through <= behind) && to !== before;

/** Where nothing arrived already, nothing more can be lost. */
const decadesOf = (after: number, before: number): number => (before === 0 ? 0 : Math.log10(after / before));

const normOf = (graph: PassGraph, id: NodeId): number => graph.pass.gradients.get(id)!.statistics.norm;
