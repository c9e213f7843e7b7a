import { runtime } from '../tensor/current-runtime.ts';
import { type DType, type TypedArray } from '../tensor/dtype.ts';
import { GradientError, ShapeError } from '../tensor/errors.ts';
import type { Described, Handle } from '../tensor/runtime.ts';
import { type Shape, showShape, sizeOf, stridesOf } from '../tensor/shape.ts';
import { apply } from './apply.ts';
import { type LossOptions, bceWithLogits, crossEntropy, mseLoss } from '../ops/composite/losses.ts';
import { logSoftmax, softmax } from '../ops/composite/softmax.ts';
import { type TensorLike, asTensor } from './create.ts';
import { matmul } from './matmul.ts';

/** Which dimensions a reduction removes. */
export type Dims = number | readonly number[] | null;
export type NestedNumbers = number | readonly NestedNumbers[];

/** An n-dimensional array of numbers, and a node of the computation graph. Immutable but for a leaf's content. */
export class Tensor {
  readonly handle: Handle;
  /** Sizes of the dimensions; `[]` for a scalar. */
  readonly shape: Shape;
  readonly dtype: DType;
  /** Whether a backward pass gives it a gradient. */
  readonly requiresGrad: boolean;

  constructor(handle: Handle, { shape, dtype, requiresGrad }: Described) {
    this.handle = handle;
    this.shape = shape;
    this.dtype = dtype;
    this.requiresGrad = requiresGrad;
  }

  /** Number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /** The content, row-major. A copy is not made: do not write to it. */
  get data(): TypedArray {
    return runtime().read(this.handle);
  }

  /** The number of a tensor with one element. @throws ShapeError for any other. */
  item(): number {
    if (this.size !== 1) throw new ShapeError(`item: a tensor of shape ${showShape(this.shape)} is not one number.`);
    return this.data[0]!;
  }

  /** The content as nested arrays; a number for a scalar. */
  toArray(): NestedNumbers {
    const { data, shape } = this;
    const strides = stridesOf(shape);
    const part = (depth: number, start: number): NestedNumbers =>
      depth === shape.length
        ? data[start]!
        : Array.from({ length: shape[depth]! }, (_, i) => part(depth + 1, start + i * strides[depth]!));
    return part(0, 0);
  }

  /**
   * The gradient of the last `backward()`; for leaves, the sum over all since `zeroGrad()`.
   * Null where there is none. Null is not zero.
   */
  get grad(): Tensor | null {
    const handle = runtime().gradient(this.handle);
    return handle === null ? null : new Tensor(handle, { shape: this.shape, dtype: this.dtype, requiresGrad: false });
  }

  /**
   * Computes the gradient of this scalar with respect to everything that requires one and led to it.
   * @throws GradientError when this is no scalar, or depends on nothing that requires a gradient.
   */
  backward(): void {
    if (this.size !== 1) {
      throw new GradientError(
        `backward: starts from a scalar, but this tensor has shape ${showShape(this.shape)}. Reduce it first, with sum() or mean().`,
      );
    }
    if (!this.requiresGrad)
      throw new GradientError('backward: this tensor depends on nothing that requires a gradient.');
    runtime().backward(this.handle);
  }

  /** Forgets the gradient: `grad` is null again. */
  zeroGrad(): void {
    runtime().clearGradient(this.handle);
  }

  add(other: TensorLike): Tensor {
    return apply('add', [this, asTensor(other, this)]);
  }
  sub(other: TensorLike): Tensor {
    return apply('sub', [this, asTensor(other, this)]);
  }
  mul(other: TensorLike): Tensor {
    return apply('mul', [this, asTensor(other, this)]);
  }
  div(other: TensorLike): Tensor {
    return apply('div', [this, asTensor(other, this)]);
  }
  pow(exponent: TensorLike): Tensor {
    return apply('pow', [this, asTensor(exponent, this)]);
  }
  maximum(other: TensorLike): Tensor {
    return apply('maximum', [this, asTensor(other, this)]);
  }
  minimum(other: TensorLike): Tensor {
    return apply('minimum', [this, asTensor(other, this)]);
  }
  greater(other: TensorLike): Tensor {
    return apply('greater', [this, asTensor(other, this)]);
  }
  greaterEqual(other: TensorLike): Tensor {
    return apply('greaterEqual', [this, asTensor(other, this)]);
  }
  less(other: TensorLike): Tensor {
    return apply('less', [this, asTensor(other, this)]);
  }
  lessEqual(other: TensorLike): Tensor {
    return apply('lessEqual', [this, asTensor(other, this)]);
  }
  equal(other: TensorLike): Tensor {
    return apply('equal', [this, asTensor(other, this)]);
  }

  neg(): Tensor {
    return apply('neg', [this]);
  }
  exp(): Tensor {
    return apply('exp', [this]);
  }
  log(): Tensor {
    return apply('log', [this]);
  }
  sqrt(): Tensor {
    return apply('sqrt', [this]);
  }
  abs(): Tensor {
    return apply('abs', [this]);
  }
  square(): Tensor {
    return apply('square', [this]);
  }
  sin(): Tensor {
    return apply('sin', [this]);
  }
  cos(): Tensor {
    return apply('cos', [this]);
  }
  tanh(): Tensor {
    return apply('tanh', [this]);
  }
  sigmoid(): Tensor {
    return apply('sigmoid', [this]);
  }
  relu(): Tensor {
    return apply('relu', [this]);
  }
  sign(): Tensor {
    return apply('sign', [this]);
  }
  leakyRelu(negativeSlope = 0.01): Tensor {
    return apply('leakyRelu', [this], { negativeSlope });
  }
  softplus({ beta = 1, threshold = 20 }: { beta?: number; threshold?: number } = {}): Tensor {
    return apply('softplus', [this], { beta, threshold });
  }
  clamp(min: number | null = null, max: number | null = null): Tensor {
    return apply('clamp', [this], { min, max });
  }
  /** The same values, cut off from the gradient. */
  detach(): Tensor {
    return apply('detach', [this]);
  }

  sum(dim: Dims = null, keepdim = false): Tensor {
    return apply('sum', [this], { dim, keepdim });
  }
  mean(dim: Dims = null, keepdim = false): Tensor {
    return apply('mean', [this], { dim, keepdim });
  }
  max(dim: Dims = null, keepdim = false): Tensor {
    return apply('max', [this], { dim, keepdim });
  }
  min(dim: Dims = null, keepdim = false): Tensor {
    return apply('min', [this], { dim, keepdim });
  }

  /** Matrix product. A vector stands for a row on the left and a column on the right, as in PyTorch. */
  matmul(other: TensorLike): Tensor {
    return matmul(this, asTensor(other, this));
  }
  /** Swaps two dimensions, the last two unless told otherwise. */
  transpose(dim0 = -2, dim1 = -1): Tensor {
    return apply('transpose', [this], { dim0, dim1 });
  }
  get mT(): Tensor {
    return this.transpose();
  }
  reshape(shape: Shape): Tensor {
    return apply('reshape', [this], { shape });
  }
  expand(shape: Shape): Tensor {
    return apply('expand', [this], { shape });
  }
  unsqueeze(dim: number): Tensor {
    const at = dim < 0 ? dim + this.shape.length + 1 : dim;
    return this.reshape([...this.shape.slice(0, at), 1, ...this.shape.slice(at)]);
  }
  slice(dim: number, start: number, end: number | null = null, step = 1): Tensor {
    return apply('slice', [this], { dim, start, end, step });
  }

  softmax(dim = -1): Tensor {
    return softmax(this, dim);
  }
  logSoftmax(dim = -1): Tensor {
    return logSoftmax(this, dim);
  }
  mseLoss(target: TensorLike, options?: LossOptions): Tensor {
    return mseLoss(this, target, options);
  }
  crossEntropy(target: TensorLike, options?: LossOptions): Tensor {
    return crossEntropy(this, target, options);
  }
  bceWithLogits(target: TensorLike, options?: LossOptions): Tensor {
    return bceWithLogits(this, target, options);
  }

  toString(): string {
    return `Tensor(${JSON.stringify(this.toArray())}, shape=${showShape(this.shape)}, ${this.dtype}${this.requiresGrad ? ', requiresGrad' : ''})`;
  }
}
