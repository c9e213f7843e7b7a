import type { NodeId } from '../base/brand.ts';
import { isElementwise } from '../ops/rules.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { PassGraph } from './pass-graph.ts';
import { type ZeroReason, mayBlock, reasonAt } from './zero-reasons.ts';

/** What is asked of a run besides what its trace holds. */
export interface Numbers {
  /** A gradient's elements; null where the trace left them out and they are not worth computing anew. */
  readonly gradient: (node: NodeId) => ArrayLike<number> | null;
  /** One op's vector–Jacobian product with any upstream gradient; null where it cannot be computed. */
  readonly pull: (node: NodeId, input: number, upstream: Float64Array) => Float64Array | null;
}

/** Why some elements of a gradient are exactly 0. */
export interface WhyZero {
  readonly cause: ZeroReason;
  /** The op that lets nothing through, or the sum that cancels. */
  readonly node: NodeId;
  /** The other operand that is 0, where that is the reason. */
  readonly operand: NodeId | null;
  /** How many of the elements it explains. Where several ways lead to the loss, an element can have several reasons. */
  readonly elements: number;
}

export interface Zeros {
  readonly count: number;
  readonly size: number;
  /** Most elements first. */
  readonly causes: readonly WhyZero[];
}

interface Share {
  readonly cause: ZeroReason;
  readonly node: NodeId;
  readonly operand: NodeId | null;
  /** 1 where the element is 0 for this reason. */
  readonly mask: Uint8Array;
}

/**
 * Follows zeros from a node to the first op on each way to the loss that lets nothing through. Whether an op is to blame, or
 * the zeros that arrive at it, is found by asking its own rule: pulled back from a vector without a zero, what stays 0 is the
 * op's doing; pulled back from a vector that is not 0 where one cause holds, what is not 0 is that cause's doing.
 */
export class ZeroSearch {
  readonly #graph: PassGraph;
  readonly #numbers: Numbers;
  readonly #shares = new Map<NodeId, readonly Share[]>();
  readonly #wholes = new Map<number, Uint8Array>();

  constructor(graph: PassGraph, numbers: Numbers) {
    this.#graph = graph;
    this.#numbers = numbers;
  }

  /**
   * Null where no element is 0, and where there is no gradient. Without causes where its elements are not known.
   * @param place one element, to be told of alone.
   */
  of(id: NodeId, place: number | null = null): Zeros | null {
    const { zero = 0, size = 0 } = this.#graph.pass.gradients.get(id)?.statistics ?? {};
    if (zero === 0) return null;
    const data = this.#numbers.gradient(id);
    if (!data) return place === null ? { count: zero, size, causes: [] } : null;
    if (place !== null && data[place] !== 0) return null;
    this.#prepare(id);
    if (place !== null) {
      const its = this.#shares.get(id)!.filter(({ mask }) => mask[place] === 1);
      return {
        count: 1,
        size: 1,
        causes: its.map(({ cause, node, operand }) => ({ cause, node, operand, elements: 1 })),
      };
    }
    const causes = this.#shares.get(id)!.map(({ mask, ...why }) => ({ ...why, elements: count(mask) }));
    return {
      count: zero,
      size,
      causes: causes.sort((a, b) => b.elements - a.elements || a.node - b.node),
    };
  }

  /** What is nearer to the loss is searched first: recursion would overflow on long chains. */
  #prepare(id: NodeId): void {
    const needed = new Set<NodeId>([id]);
    for (const node of needed) {
      if (this.#shares.has(node)) continue;
      for (const { node: reader, input } of this.#graph.consumers(node)) {
        if (this.#graph.contributed(reader, input) && this.#hasZeros(reader)) needed.add(reader);
      }
    }
    for (const node of [...needed].sort((a, b) => b - a))
      if (!this.#shares.has(node)) this.#shares.set(node, this.#search(node));
  }

  #hasZeros(id: NodeId): boolean {
    const gradient = this.#graph.pass.gradients.get(id);
    return gradient !== undefined && gradient.statistics.zero > 0 && this.#numbers.gradient(id) !== null;
  }

  /** What the trace left out, because it is large. */
  #contribution(node: NodeId, input: number): ArrayLike<number> | null {
    const upstream = this.#numbers.gradient(node);
    return upstream && this.#numbers.pull(node, input, new Float64Array(upstream));
  }

  #search(id: NodeId): readonly Share[] {
    return this.#inherited(id) ?? this.#found(id);
  }

  /**
   * Of a gradient that is 0 as a whole, where all that arrives is 0 as a whole and for one reason, and nothing on the last step
   * could be to blame: told without looking at elements. Long ways behind a gradient that has died consist of such nodes.
   */
  #inherited(id: NodeId): readonly Share[] | null {
    const graph = this.#graph;
    const { statistics } = graph.pass.gradients.get(id)!;
    if (statistics.zero < statistics.size) return null;
    const shares = new Shares(graph);
    const whole = this.#whole(statistics.size);
    const uses = graph.consumers(id);
    for (const { node, input } of uses) {
      const contribution = graph.contributed(node, input)?.statistics;
      if (!contribution) continue;
      const upstream = graph.pass.gradients.get(node)!.statistics;
      const above = this.#shares.get(node);
      const isPassedOn = contribution.zero === contribution.size && upstream.zero === upstream.size;
      if (!isPassedOn || above?.length !== 1 || mayBlock(graph, node, input)) return null;
      if (uses.length === 1 && above[0]!.mask === whole) return above;
      shares.add({ ...above[0]!, mask: whole });
    }
    return shares.all;
  }

  /** One for all nodes of a size. */
  #whole(size: number): Uint8Array {
    let mask = this.#wholes.get(size);
    if (!mask) this.#wholes.set(size, (mask = new Uint8Array(size).fill(1)));
    return mask;
  }

  #found(id: NodeId): readonly Share[] {
    const graph = this.#graph;
    const zeros = zerosOf(this.#numbers.gradient(id)!);
    const shares = new Shares(graph);
    const uses = graph.consumers(id).filter(({ node, input }) => graph.contributed(node, input));
    // Where some way brings something, a zero is the sum's.
    const summed = new Uint8Array(zeros.length);
    for (const { node, input } of uses) {
      const contribution = graph.contributed(node, input)!.data ?? this.#contribution(node, input);
      if (!contribution) return [];
      for (let i = 0; i < zeros.length; i++) if (zeros[i] === 1 && contribution[i] !== 0) summed[i] = 1;
    }
    shares.add({ cause: 'cancellation', node: id, operand: null, mask: summed });
    const open = marks(zeros.length, (i) => zeros[i] === 1 && summed[i] === 0);
    if (open.includes(1)) for (const { node, input } of uses) this.#blame(node, input, open, shares);
    return shares.all;
  }

  /** Whose doing it is that an op passed on zeros: `open` marks them. */
  #blame(node: NodeId, input: number, open: Uint8Array, shares: Shares): void {
    const graph = this.#graph;
    const upstream = graph.pass.gradients.get(node)!;
    let arrived = open;
    if (mayBlock(graph, node, input)) {
      const whole = this.#probe(node, input, null);
      if (!whole) return;
      const own = marks(open.length, (i) => open[i] === 1 && whole[i] === 0);
      for (const { cause, operand, mask } of reasonAt(graph, node, input, own))
        shares.add({ cause, node, operand, mask });
      arrived = marks(open.length, (i) => open[i] === 1 && own[i] === 0);
      if (!arrived.includes(1)) return;
    }
    const above = this.#shares.get(node) ?? [];
    // All of it is 0, and for one reason: no need to ask which of it counts.
    if (above.length === 1 && upstream.statistics.zero === upstream.statistics.size) {
      shares.add({ ...above[0]!, mask: arrived });
      return;
    }
    const left = arrived.slice();
    // Each element of such an op depends on that element alone.
    const isDiagonal = isElementwise(graph.node(node).op) && arrived.length === upstream.statistics.size;
    for (const share of above) {
      const reached = isDiagonal ? share.mask : this.#probe(node, input, share.mask);
      if (!reached) continue;
      const mask = marks(arrived.length, (i) => arrived[i] === 1 && reached[i] !== 0);
      for (let i = 0; i < mask.length; i++) if (mask[i] === 1) left[i] = 0;
      shares.add({ ...share, mask });
    }
    if (left.includes(1)) this.#lost(node, input, left, shares);
  }

  /** Something arrives and something is let through, and yet nothing comes out: too small for a number, or plus and minus. */
  #lost(node: NodeId, input: number, left: Uint8Array, shares: Shares): void {
    const data = this.#numbers.gradient(node);
    if (!data) return;
    const numbers = new Float64Array(data);
    const largest = numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    const grown = this.#numbers.pull(
      node,
      input,
      numbers.map((x) => x / largest),
    );
    if (!grown) return;
    const tiny = marks(left.length, (i) => left[i] === 1 && grown[i] !== 0);
    shares.add({ cause: 'underflow', node, operand: null, mask: tiny });
    const even = marks(left.length, (i) => left[i] === 1 && grown[i] === 0);
    shares.add({ cause: 'cancellation', node, operand: null, mask: even });
  }

  /** What comes back from a vector without zeros where `mask` is 1 (everywhere without one). Unlike numbers do not cancel. */
  #probe(node: NodeId, input: number, mask: Uint8Array | null): Float64Array | null {
    const size = sizeOf(this.#graph.node(node).shape);
    const vector = new Float64Array(size);
    for (let k = 0; k < size; k++) if (mask === null || mask[k] === 1) vector[k] = 0.5 + (((k + 1) * golden) % 1);
    return this.#numbers.pull(node, input, vector);
  }
}

/** The multiples of the golden ratio's inverse fill (0, 1) as evenly as can be, and never meet. */
const golden = (Math.sqrt(5) - 1) / 2;

/**
 * Those of one cause at one place of the source are one: the turns of a loop are not told apart. Nor are places where numbers
 * became too small: that is nobody's doing alone.
 */
class Shares {
  readonly #found = new Map<string, Share>();
  readonly #graph: PassGraph;

  constructor(graph: PassGraph) {
    this.#graph = graph;
  }

  add({ cause, node, operand, mask }: Share): void {
    if (!mask.includes(1)) return;
    const place = cause === 'underflow' ? '' : (this.#graph.node(node).sites[0] ?? `#${node}`);
    const key = `${cause}:${place}`;
    const before = this.#found.get(key);
    if (before?.mask === mask) return;
    const both = before ? marks(mask.length, (i) => before.mask[i] === 1 || mask[i] === 1) : mask;
    this.#found.set(key, { ...(before ?? { cause, node, operand }), mask: both });
  }

  get all(): Share[] {
    return [...this.#found.values()];
  }
}

/** Loops, not `from` and `map`: there is a mask for every node of a long way. */
function marks(size: number, holds: (i: number) => boolean): Uint8Array {
  const mask = new Uint8Array(size);
  for (let i = 0; i < size; i++) if (holds(i)) mask[i] = 1;
  return mask;
}

const zerosOf = (data: ArrayLike<number>): Uint8Array => marks(data.length, (i) => data[i] === 0);

function count(mask: Uint8Array): number {
  let total = 0;
  for (let i = 0; i < mask.length; i++) total += mask[i]!;
  return total;
}
