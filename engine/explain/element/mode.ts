import type { NodeId } from '../../base/brand.ts';
import { type Element, columnThrough, columnsOf } from '../../replay/element.ts';
import { GradientsOfRun } from '../../replay/gradients-of-run.ts';
import { elementName } from '../tensors/matrix-view.ts';
import type { PassView } from '../pass-view.ts';
import { ElementFormulas } from './formula.ts';

/** One product of an element's gradient: ∂L/∂o · ∂o/∂e, o an element of a node that reads e's. */
export interface ElementTerm {
  readonly from: Element;
  readonly to: Element;
  /** ∂L/∂o */
  readonly outer: number;
  /** ∂o/∂e */
  readonly local: number;
  readonly product: number;
}

/** The terms of one element, heaviest first, of which the first are kept one by one. */
export interface ElementTerms {
  readonly listed: readonly ElementTerm[];
  /** How many more there are, and their sum. */
  readonly others: number;
  readonly rest: number;
  readonly sum: number;
  /** Σ|term|: how much there was to cancel. */
  readonly magnitude: number;
}

/**
 * What stands for a node on the way: an element in a chain of elements up to the loss, each the one through which most of the
 * gradient goes of what depends on the seats before it.
 */
export interface Seat {
  readonly element: Element;
  /** ∂o/∂e over all ways. */
  readonly derivative: number;
  /** How many elements of the node depend on the chosen one, and how many it has. */
  readonly dependent: number;
  readonly size: number;
  /** Σ ∂L/∂o · ∂o/∂e over all of them: what goes through this node. */
  readonly through: number;
}

/** So many terms are kept one by one; a search for paths goes no further afield. */
const keptTerms = 32;

/**
 * The scalar chain of one element: its terms are ∂L/∂o · ∂o/∂e for every element o that reads it, one node after the other up
 * to the loss. Every node on the way is shown by its seat.
 */
export class ElementMode {
  readonly #gradients: GradientsOfRun;
  readonly #terms = new Map<string, ElementTerms>();
  readonly #throughs = new Map<string, Float64Array | null>();
  readonly formulas: ElementFormulas;
  #seats: ReadonlyMap<NodeId, Seat> | null = null;

  constructor(
    readonly view: PassView,
    readonly element: Element,
  ) {
    this.#gradients = new GradientsOfRun(view.recording);
    this.formulas = new ElementFormulas(this);
  }

  nameOf({ node, place }: Element): string {
    return elementName(this.view.names.shown(node), place, this.view.graph.node(node).shape);
  }

  /** `∂E/∂W₁[2,0]`; of the loss, which is one number. */
  partial(of: Element, by: Element): string {
    return `∂${this.nameOf(of)}/∂${this.nameOf(by)}`;
  }

  get loss(): Element {
    return { node: this.view.graph.pass.loss, place: 0 };
  }

  valueOf({ node, place }: Element): number {
    return this.view.recording.value(node).data[place]!;
  }

  /** Null where there is no gradient. */
  gradientOf({ node, place }: Element): number | null {
    return this.#gradients.of(node)?.data[place] ?? null;
  }

  /** Null for a node that the chosen element has no part in. */
  seat(node: NodeId): Seat | null {
    return (this.#seats ?? this.#takeSeats()).get(node) ?? null;
  }

  /** In order of execution, so that those before are known: asking them one by one would overflow the stack on long chains. */
  #takeSeats(): ReadonlyMap<NodeId, Seat> {
    const seats = new Map<NodeId, Seat>();
    this.#seats = seats;
    const columns = columnsOf(this.view.recording, this.element);
    for (const node of [...this.view.chains.folding.folds.keys()].sort((p, q) => p - q)) {
      const column = columns.get(node);
      const seat = column && this.#seatIn(node, column);
      if (seat) seats.set(node, seat);
    }
    return seats;
  }

  #seatIn(node: NodeId, column: ArrayLike<number>): Seat | null {
    const place = node === this.element.node ? this.element.place : this.#strongest(node, column);
    if (place < 0) return null;
    const gradient = this.#gradients.of(node)?.data;
    let [dependent, through] = [0, 0];
    for (let o = 0; o < column.length; o++) {
      if (column[o] === 0) continue;
      dependent++;
      through += (gradient?.[o] ?? 0) * column[o]!;
    }
    return { element: { node, place }, derivative: column[place]!, dependent, size: column.length, through };
  }

  /** The element through which most goes of what comes from the seats before; −1 where nothing depends on them. */
  #strongest(node: NodeId, column: ArrayLike<number>): number {
    const gradient = this.#gradients.of(node)?.data;
    const arriving = new Float64Array(column.length);
    for (const input of this.view.chains.fold(node).inputs) {
      const before = this.seat(input);
      const part = before && this.#column(before.element, node);
      if (part) for (let o = 0; o < part.length; o++) arriving[o]! += part[o]! * before.derivative;
    }
    const byProduct = heaviestPlace(arriving, (o) => arriving[o]! * (gradient?.[o] ?? 0));
    if (byProduct >= 0) return byProduct;
    // Where no gradient arrives, what moves most; where seats cancel each other, what most goes through on any way.
    const byDerivative = heaviestPlace(arriving, (o) => arriving[o]!);
    return byDerivative >= 0 ? byDerivative : heaviestPlace(column, (o) => column[o]!);
  }

  terms(from: Element): ElementTerms {
    const key = `${from.node}:${from.place}`;
    const known = this.#terms.get(key);
    if (known) return known;
    const found = this.#collect(from);
    this.#terms.set(key, found);
    return found;
  }

  /** ∂to/∂from, the one a node that reads the other's; null where it does not depend on it. */
  local(from: Element, to: Element): number | null {
    const column = this.#column(from, to.node);
    const local = column?.[to.place] ?? 0;
    return local === 0 ? null : local;
  }

  #column(from: Element, through: NodeId): Float64Array | null {
    const key = `${from.node}:${from.place}>${through}`;
    let known = this.#throughs.get(key);
    if (known === undefined) {
      const { chains, recording } = this.view;
      this.#throughs.set(key, (known = columnThrough(recording, chains.fold(through), from)));
    }
    return known;
  }

  #collect(from: Element): ElementTerms {
    const { chains } = this.view;
    const all: ElementTerm[] = [];
    let [count, sum, magnitude] = [0, 0, 0];
    for (const { through } of chains.terms(from.node)) {
      const column = this.#column(from, through);
      const gradient = this.#gradients.of(through)?.data;
      if (!column || !gradient) continue;
      for (let place = 0; place < column.length; place++) {
        const [outer, local] = [gradient[place]!, column[place]!];
        const product = outer * local;
        if (product === 0) continue;
        count++;
        sum += product;
        magnitude += Math.abs(product);
        all.push({ from, to: { node: through, place }, outer, local, product });
        if (all.length > 64 * keptTerms) heaviest(all);
      }
    }
    const listed = heaviest(all);
    const rest = count === listed.length ? 0 : sum - listed.reduce((total, { product }) => total + product, 0);
    return { listed, others: count - listed.length, rest, sum, magnitude };
  }
}

/** What is not a number weighs most: it is what there is to be seen. */
const weight = (x: number): number => (Number.isNaN(x) ? Infinity : Math.abs(x));

function heaviestPlace(places: ArrayLike<number>, of: (place: number) => number): number {
  let [found, largest] = [-1, 0];
  for (let place = 0; place < places.length; place++) {
    const own = weight(of(place));
    if (own > largest) [found, largest] = [place, own];
  }
  return found;
}

/** Keeps the heaviest, in place. */
function heaviest(terms: ElementTerm[]): ElementTerm[] {
  terms.sort((a, b) => weight(b.product) - weight(a.product));
  terms.length = Math.min(terms.length, keptTerms);
  return terms;
}
