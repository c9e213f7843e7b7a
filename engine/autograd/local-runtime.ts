import { ops } from '../ops/index.ts';
import { type TypedArray, allocate, storageOf } from '../tensor/dtype.ts';
import type { Expectation } from '../tensor/expectation.ts';
import { type Distribution, draw } from '../tensor/random.ts';
import type {
  Attributes,
  DeclaredModel,
  Described,
  Differentiated,
  Handle,
  LeafKind,
  Runtime,
} from '../tensor/runtime.ts';
import { sizeOf } from '../tensor/shape.ts';
import { checkBackward, checkForward } from './anomaly.ts';
import { type Arithmetic, BackwardPass, type Told } from './backward.ts';
import { type Block, Holding, blockAlgebra, firstOf, ofSingles } from './block.ts';
import { pull } from './pull.ts';
import { pullBlock } from './pull-block.ts';
import { TapeNode, type TapePass } from './tape-node.ts';
import { tensorAlgebra } from './tensor-algebra.ts';
import { Tensor } from './tensor.ts';

/** A tape over typed arrays in this process: what the library runs on in Node and in browsers. */
export class LocalRuntime implements Runtime {
  #made = 0;
  #watching = false;
  /** The node whose forward or backward rule ended a run under `detectAnomaly`. */
  culprit: TapeNode | null = null;
  /** Told of every op that is applied. */
  observer: ((op: string, inputs: readonly TapeNode[], attributes: Attributes, node: TapeNode) => void) | null = null;

  leaf(kind: LeafKind, content: ArrayLike<number>, what: Described): TapeNode {
    return this.#node(kind, [], {}, what, storageOf(what.dtype, content));
  }

  copy(kind: LeafKind, from: Handle, what: Described): TapeNode {
    return this.leaf(kind, (from as TapeNode).data, what);
  }

  generate(distribution: Distribution, attributes: Attributes, what: Described): TapeNode {
    const numbers = draw(distribution, attributes, sizeOf(what.shape));
    return this.#node(distribution, [], attributes, what, storageOf(what.dtype, numbers));
  }

  apply(op: string, inputs: readonly Handle[], attributes: Attributes, what: Described): TapeNode {
    const nodes = inputs as readonly TapeNode[];
    const definition = ops[op]!;
    const number = ofSingles(definition, nodes, what);
    const data = number === null ? definition.forward(nodes, attributes, what.shape, what.dtype) : null;
    // Without a gradient to come the inputs are let go, so that a long training loop holds no history.
    const history = what.requiresGrad ? nodes : [];
    const node = new TapeNode(this.#made++, op, history, attributes, what, data, number ?? NaN);
    if (this.#watching) this.#check(node, () => checkForward(op, nodes, attributes, node));
    this.observer?.(op, nodes, attributes, node);
    return node;
  }

  read(handle: Handle): TypedArray {
    return (handle as TapeNode).data;
  }

  /**
   * At the end the gradients are where `gradient()` finds them; the pass that is returned has them as they were before they were
   * added to what leaves had.
   */
  backward(loss: Handle, told: Told<TapeNode, Block> | null = null): TapePass {
    const pass: TapePass = new BackwardPass(loss as TapeNode, this.#onBlocks(null));
    while (pass.step(told));
    const { nodes, gradients } = pass;
    for (let i = 0; i < nodes.length; i++) {
      const gradient = gradients[i];
      if (gradient === undefined) continue;
      const node = nodes[i]!;
      const before = node.isLeaf ? node.gradient : null;
      node.gradient = before ? blockAlgebra.apply('add', [before, gradient]) : gradient;
    }
    return pass;
  }

  differentiate(
    output: Handle,
    upstream: Handle | null,
    wrt: readonly Handle[],
    createGraph: boolean,
  ): (Differentiated | null)[] {
    const node = output as TapeNode;
    const given = upstream as TapeNode | null;
    const pass: Pick<BackwardPass<TapeNode, Block | Tensor>, 'gradientOf'> = createGraph
      ? finished(new BackwardPass(node, this.#onTensors(given && this.tensor(given))))
      : finished(new BackwardPass(node, this.#onBlocks(given)));
    return (wrt as readonly TapeNode[]).map((of) => {
      const gradient = pass.gradientOf(of);
      if (gradient === undefined) return null;
      return gradient instanceof Tensor
        ? { handle: gradient.handle, requiresGrad: gradient.requiresGrad }
        : { handle: this.#constant(gradient), requiresGrad: false };
    });
  }

  gradient(handle: Handle): TapeNode | null {
    const node = handle as TapeNode;
    // A node is made of it only when somebody asks: most gradients are read, and not computed with.
    if (node.gradient && !(node.gradient instanceof TapeNode)) node.gradient = this.#constant(node.gradient);
    return node.gradient as TapeNode | null;
  }

  clearGradient(handle: Handle): void {
    (handle as TapeNode).gradient = null;
  }

  assign(leaf: Handle, from: Handle): void {
    (leaf as TapeNode).hold((from as TapeNode).data);
  }

  detectAnomalies(on: boolean): boolean {
    const before = this.#watching;
    this.#watching = on;
    return before;
  }

  enterScope(_kind: 'scope' | 'module' | 'composite', _name: string): unknown {
    return null;
  }

  leaveScope(_token: unknown): void {}

  name(_handle: Handle, _name: string): void {}

  expectGradient(_handle: Handle, _expectation: Expectation): boolean {
    return false;
  }

  declareModel(_model: DeclaredModel): void {}

  /** A tensor over a node of this runtime. */
  tensor(node: TapeNode): Tensor {
    return new Tensor(node, node);
  }

  #check(node: TapeNode, check: () => void): void {
    try {
      check();
    } catch (error) {
      this.culprit = node;
      throw error;
    }
  }

  #onBlocks(upstream: Block | null): Arithmetic<TapeNode, Block> {
    const plain = onBlocks(upstream);
    if (!this.#watching) return plain;
    const pull = (node: TapeNode, input: number, gradient: Block): Block | null => {
      const made = plain.pull(node, input, gradient);
      if (made) this.#check(node, () => checkBackward(node.op, node.inputs, input, gradient, made));
      return made;
    };
    return { ...plain, pull };
  }

  /** Rules over tensors: what they make is on the tape. */
  #onTensors(upstream: Tensor | null): Arithmetic<TapeNode, Tensor> {
    return {
      seed: (node) =>
        upstream ?? tensorAlgebra.apply('expand', [tensorAlgebra.number(1, node.dtype)], { shape: node.shape }),
      pull: (node, input, gradient) =>
        pull(
          {
            op: node.op,
            attributes: node.attributes,
            inputs: node.inputs.map((from) => this.tensor(from)),
            output: this.tensor(node),
          },
          input,
          gradient,
          tensorAlgebra,
        ),
      add: (a, b) => tensorAlgebra.apply('add', [a, b]),
      accumulate: (a, b) => tensorAlgebra.apply('add', [a, b]),
    };
  }

  #constant({ data, shape, dtype }: Block): TapeNode {
    return this.#node('constant', [], {}, { shape, dtype, requiresGrad: false }, data);
  }

  #node(op: string, inputs: readonly TapeNode[], attributes: Attributes, what: Described, data: TypedArray): TapeNode {
    return new TapeNode(this.#made++, op, inputs, attributes, what, data);
  }
}

/** Rules over blocks of numbers: nothing is recorded. */
const onBlocks = (upstream: Block | null): Arithmetic<TapeNode, Block> => ({
  seed: ({ shape, dtype }) =>
    upstream ??
    (sizeOf(shape) === 1
      ? new Holding(shape, dtype, null, 1)
      : { data: allocate(dtype, sizeOf(shape)).fill(1), shape, dtype }),
  pull: pullBlock,
  add: (a, b) => blockAlgebra.apply('add', [a, b]),
  accumulate: (sum, more) => {
    if (sum instanceof Holding && sizeOf(sum.shape) === 1) {
      sum.increase(firstOf(more));
      return sum;
    }
    for (let i = 0; i < sum.data.length; i++) sum.data[i]! += more.data[i]!;
    return sum;
  },
});

function finished<Gradient>(pass: BackwardPass<TapeNode, Gradient>): BackwardPass<TapeNode, Gradient> {
  while (pass.step(null));
  return pass;
}
