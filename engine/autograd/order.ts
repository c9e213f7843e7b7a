/** What the backward pass asks of a node to bring nodes into order. */
export interface Ordered<Node> {
  /** Order of creation: inputs always come before what uses them. */
  readonly order: number;
  readonly inputs: readonly Node[];
  readonly requiresGrad: boolean;
}

/** How far from the last node made another may be, by the number of those found, to be found without a search. */
const spread = 16;

/**
 * The nodes that lead to one of them and require a gradient, latest first. A graph is made in one go, apart from its leaves, so
 * that the order of creation tells a node's place: no node is compared with another, and a chain of any length leaves the stack
 * alone.
 */
export class LatestFirst<Node extends Ordered<Node>> {
  readonly nodes: readonly Node[];
  readonly #last: number;
  /** By how much earlier than the last a node was made: its place counted from 1, and 0 for none. */
  #near = new Int32Array(64);
  /** Those that are too far away for that. */
  readonly #far = new Map<Node, number>();

  constructor(last: Node) {
    this.#last = last.order;
    const found = [last];
    this.#put(last, 1);
    for (let i = 0; i < found.length; i++) {
      for (const input of found[i]!.inputs) {
        if (!input.requiresGrad || this.placeOf(input) >= 0) continue;
        this.#put(input, found.push(input));
      }
    }
    this.nodes = this.#sorted(found);
  }

  /** −1 for a node that is not among them. */
  placeOf(node: Node): number {
    const distance = this.#last - node.order;
    const near = distance >= 0 && distance < this.#near.length ? this.#near[distance]! : 0;
    return (near > 0 || this.#far.size === 0 ? near : (this.#far.get(node) ?? 0)) - 1;
  }

  #put(node: Node, place: number): void {
    const distance = this.#last - node.order;
    if (distance >= this.#near.length && distance < spread * (place + this.#near.length)) this.#reach(distance);
    if (distance < this.#near.length) this.#near[distance] = place;
    else this.#far.set(node, place);
  }

  #reach(distance: number): void {
    const wider = new Int32Array(Math.max(distance + 1, 2 * this.#near.length));
    wider.set(this.#near);
    this.#near = wider;
  }

  #sorted(found: readonly Node[]): Node[] {
    // What is near by now goes where it belongs; all others were made before those.
    for (const [node, place] of this.#far) {
      const distance = this.#last - node.order;
      if (distance >= this.#near.length) continue;
      this.#near[distance] = place;
      this.#far.delete(node);
    }
    const sorted: Node[] = [];
    for (let distance = 0; distance < this.#near.length; distance++) {
      const place = this.#near[distance]!;
      if (place > 0) this.#near[distance] = sorted.push(found[place - 1]!);
    }
    for (const node of [...this.#far.keys()].sort((a, b) => b.order - a.order)) this.#far.set(node, sorted.push(node));
    return sorted;
  }
}
