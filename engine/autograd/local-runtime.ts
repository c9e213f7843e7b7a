import { ops } from '../ops/index.ts';
import { type DType, type TypedArray, storageOf } from '../tensor/dtype.ts';
import { normal } from '../tensor/random.ts';
import type { Attributes, DeclaredModel, Described, Handle, LeafKind, Runtime } from '../tensor/runtime.ts';
import { type Shape, sizeOf } from '../tensor/shape.ts';
import { type Contributed, type Differentiable, backward } from './backward.ts';
import { noGrad } from './grad-mode.ts';
import { pull } from './pull.ts';
import { Tensor } from './tensor.ts';

/** A node of the tape. Collected as garbage once nothing refers to it any more: nobody disposes of anything. */
export class TapeNode implements Differentiable<TapeNode> {
  gradient: TapeNode | null = null;

  constructor(
    readonly order: number,
    readonly op: string,
    readonly inputs: readonly TapeNode[],
    readonly attributes: Attributes,
    readonly shape: Shape,
    readonly dtype: DType,
    readonly requiresGrad: boolean,
    public data: TypedArray,
  ) {}

  get isLeaf(): boolean {
    return this.inputs.length === 0;
  }
}

export type BackwardStep = Contributed<TapeNode, Tensor>;

/** A tape over typed arrays in this process: what the library runs on in Node and in browsers. */
export class LocalRuntime implements Runtime {
  #made = 0;

  leaf(kind: LeafKind, content: ArrayLike<number>, what: Described): TapeNode {
    return this.#node(kind, [], {}, what, storageOf(what.dtype, content));
  }

  generate(generator: 'randn', attributes: Attributes, what: Described): TapeNode {
    return this.#node(
      generator,
      [],
      attributes,
      what,
      storageOf(what.dtype, normal(Number(attributes.seed), sizeOf(what.shape))),
    );
  }

  apply(op: string, inputs: readonly Handle[], attributes: Attributes, what: Described): TapeNode {
    const nodes = inputs as readonly TapeNode[];
    const data = ops[op]!.forward(nodes, attributes, what.shape, what.dtype);
    // Without a gradient to come the inputs are let go, so that a long training loop holds no history.
    return this.#node(op, what.requiresGrad ? nodes : [], attributes, what, data);
  }

  read(handle: Handle): TypedArray {
    return (handle as TapeNode).data;
  }

  backward(loss: Handle): void {
    const steps = this.backwardSteps(loss);
    while (!steps.next().done);
  }

  /**
   * The backward pass, one contribution at a time. At its end the gradients are where `gradient()` finds them;
   * the returned map holds those of this pass alone, before they were added to what leaves had.
   */
  *backwardSteps(loss: Handle): Generator<BackwardStep, Map<TapeNode, Tensor>> {
    const steps = backward<TapeNode, Tensor>(loss as TapeNode, {
      seed: (node) => this.#ones(node),
      pull: (node, input, upstream) => noGrad(() => pull(this.#application(node), input, upstream)),
      add: (a, b) => noGrad(() => a.add(b)),
    });
    const gradients = yield* steps;
    for (const [node, gradient] of gradients) {
      const total = node.isLeaf && node.gradient ? noGrad(() => this.tensor(node.gradient!).add(gradient)) : gradient;
      node.gradient = total.handle as TapeNode;
    }
    return gradients;
  }

  gradient(handle: Handle): TapeNode | null {
    return (handle as TapeNode).gradient;
  }

  clearGradient(handle: Handle): void {
    (handle as TapeNode).gradient = null;
  }

  assign(leaf: Handle, from: Handle): void {
    (leaf as TapeNode).data = (from as TapeNode).data;
  }

  enterScope(_kind: 'scope' | 'module' | 'composite', _name: string): unknown {
    return null;
  }

  leaveScope(_token: unknown): void {}

  name(_handle: Handle, _name: string): void {}

  declareModel(_model: DeclaredModel): void {}

  /** A tensor over a node of this runtime. */
  tensor(node: TapeNode): Tensor {
    return new Tensor(node, node);
  }

  #application(node: TapeNode) {
    return {
      op: node.op,
      attributes: node.attributes,
      inputs: node.inputs.map((input) => this.tensor(input)),
      output: this.tensor(node),
    };
  }

  #ones(node: TapeNode): Tensor {
    const what = { shape: node.shape, dtype: node.dtype, requiresGrad: false };
    return new Tensor(this.leaf('constant', new Float64Array(sizeOf(node.shape)).fill(1), what), what);
  }

  #node(op: string, inputs: readonly TapeNode[], attributes: Attributes, what: Described, data: TypedArray): TapeNode {
    return new TapeNode(this.#made++, op, inputs, attributes, what.shape, what.dtype, what.requiresGrad, data);
  }
}
