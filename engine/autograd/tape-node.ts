import type { TypedArray } from '../tensor/dtype.ts';
import type { Attributes, Described } from '../tensor/runtime.ts';
import type { BackwardPass, Differentiable } from './backward.ts';
import { type Block, Holding } from './block.ts';

/** A node of the tape. Collected as garbage once nothing refers to it any more: nobody disposes of anything. */
export class TapeNode extends Holding implements Differentiable<TapeNode> {
  declare readonly order: number;
  declare readonly op: string;
  declare readonly inputs: readonly TapeNode[];
  declare readonly attributes: Attributes;
  declare readonly requiresGrad: boolean;
  declare gradient: Block | null;

  constructor(
    order: number,
    op: string,
    inputs: readonly TapeNode[],
    attributes: Attributes,
    { shape, dtype, requiresGrad }: Described,
    data: TypedArray | null,
    single = NaN,
  ) {
    super(shape, dtype, data, single);
    this.order = order;
    this.op = op;
    this.inputs = inputs;
    this.attributes = attributes;
    this.requiresGrad = requiresGrad;
    this.gradient = null;
  }

  get isLeaf(): boolean {
    return this.inputs.length === 0;
  }

  /** A node stands for the application of its op, so that none is made for each of its vector–Jacobian products. */
  get output(): this {
    return this;
  }
}

/** A backward pass over the tape, whose gradients are numbers. */
export type TapePass = BackwardPass<TapeNode, Block>;
