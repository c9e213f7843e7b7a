/** A node of a tape, as the backward pass sees it. */
export interface Differentiable<Node> {
  /** Order of creation: inputs always come before what uses them. */
  readonly order: number;
  readonly inputs: readonly Node[];
  readonly requiresGrad: boolean;
}

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

/**
 * Reverse-mode differentiation, one vector–Jacobian product a step. Nodes are visited in reverse order of creation, so
 * that a node's gradient is complete before it is passed on. Iterative: a chain of any length leaves the stack alone.
 * @returns the gradient of every node that led to the loss and requires one.
 */
export function* backward<Node extends Differentiable<Node>, Gradient>(
  loss: Node,
  { seed, pull, add, accumulate }: Arithmetic<Node, Gradient>,
): Generator<Contributed<Node, Gradient>, Map<Node, Gradient>> {
  const gradients = new Map<Node, Gradient>([[loss, seed(loss)]]);
  const summed = new Set<Node>();
  for (const node of latestFirst(loss)) {
    const upstream = gradients.get(node);
    if (upstream === undefined) continue;
    for (let i = 0; i < node.inputs.length; i++) {
      const input = node.inputs[i]!;
      if (!input.requiresGrad) continue;
      const contribution = pull(node, i, upstream);
      if (contribution === null) continue;
      const before = gradients.get(input);
      if (before === undefined) gradients.set(input, contribution);
      else if (summed.has(input)) gradients.set(input, accumulate(before, contribution));
      else {
        gradients.set(input, add(before, contribution));
        summed.add(input);
      }
      yield { node, input: i, contribution };
    }
  }
  return gradients;
}

function latestFirst<Node extends Differentiable<Node>>(loss: Node): Node[] {
  const found = new Set<Node>([loss]);
  for (const node of found) {
    for (const input of node.inputs) if (input.requiresGrad) found.add(input);
  }
  return [...found].sort((a, b) => b.order - a.order);
}
