import { LatestFirst, type Ordered } from './order.ts';

/** A node of a tape, as the backward pass sees it. */
export type Differentiable<Node> = Ordered<Node>;

/** What one vector–Jacobian product added to the gradient of one input. */
export interface Contributed<Node, Gradient> {
  readonly node: Node;
  readonly input: number;
  readonly contribution: Gradient;
}

/** The arithmetic of a backward pass, which the pass itself knows nothing of. */
export interface Arithmetic<Node, Gradient> {
  /** d loss / d loss. */
  readonly seed: (loss: Node) => Gradient;
  readonly pull: (node: Node, input: number, upstream: Gradient) => Gradient | null;
  readonly add: (a: Gradient, b: Gradient) => Gradient;
  /** The same where the first is a sum that `add` made and nobody else has seen: it may be written to. */
  readonly accumulate: (sum: Gradient, more: Gradient) => Gradient;
}

/** Told of every vector–Jacobian product: what it added to the gradient of one input of a node. */
export type Told<Node, Gradient> = (node: Node, input: number, contribution: Gradient) => void;

/**
 * Reverse-mode differentiation, a node a step. Nodes are visited in reverse order of creation, so that a node's gradient is
 * complete before it is passed on.
 */
export class BackwardPass<Node extends Differentiable<Node>, Gradient> {
  readonly #order: LatestFirst<Node>;
  readonly #arithmetic: Arithmetic<Node, Gradient>;
  readonly #summed: Uint8Array;
  #next = 0;
  /** By the place of their nodes; undefined for a node that no gradient reaches. */
  readonly gradients: (Gradient | undefined)[];

  constructor(loss: Node, arithmetic: Arithmetic<Node, Gradient>) {
    this.#order = new LatestFirst(loss);
    this.#arithmetic = arithmetic;
    const { length } = this.#order.nodes;
    this.#summed = new Uint8Array(length);
    this.gradients = new Array<Gradient | undefined>(length).fill(undefined);
    this.gradients[0] = arithmetic.seed(loss);
  }

  /** All that lead to the loss and require a gradient, latest first. */
  get nodes(): readonly Node[] {
    return this.#order.nodes;
  }

  gradientOf(node: Node): Gradient | undefined {
    return this.gradients[this.#order.placeOf(node)];
  }

  /** Hands the next node's gradient on to its inputs. False when there is no node left. */
  step(told: Told<Node, Gradient> | null): boolean {
    const { pull, add, accumulate } = this.#arithmetic;
    const node = this.nodes[this.#next];
    if (node === undefined) return false;
    const upstream = this.gradients[this.#next++];
    if (upstream === undefined) return true;
    for (let i = 0; i < node.inputs.length; i++) {
      const input = node.inputs[i]!;
      if (!input.requiresGrad) continue;
      const contribution = pull(node, i, upstream);
      if (contribution === null) continue;
      const place = this.#order.placeOf(input);
      const before = this.gradients[place];
      if (before === undefined) this.gradients[place] = contribution;
      else if (this.#summed[place] === 1) this.gradients[place] = accumulate(before, contribution);
      else {
        this.gradients[place] = add(before, contribution);
        this.#summed[place] = 1;
      }
      if (told !== null) told(node, i, contribution);
    }
    return true;
  }
}

/**
 * A backward pass, one vector–Jacobian product a step.
 * @returns the gradient of every node that led to the loss and requires one.
 */
export function* backward<Node extends Differentiable<Node>, Gradient>(
  loss: Node,
  arithmetic: Arithmetic<Node, Gradient>,
): Generator<Contributed<Node, Gradient>, Map<Node, Gradient>> {
  const pass = new BackwardPass(loss, arithmetic);
  const steps: Contributed<Node, Gradient>[] = [];
  while (pass.step((node, input, contribution) => steps.push({ node, input, contribution }))) yield* steps.splice(0);
  const gradients = new Map<Node, Gradient>();
  pass.nodes.forEach((node, place) => {
    const gradient = pass.gradients[place];
    if (gradient !== undefined) gradients.set(node, gradient);
  });
  return gradients;
}
