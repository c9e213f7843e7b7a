import { runtime } from '../tensor/current-runtime.ts';
import { type DType, type TypedArray } from '../tensor/dtype.ts';
import { ArgumentError, GradientError, ShapeError } from '../tensor/errors.ts';
import type { Described, Handle } from '../tensor/runtime.ts';
import { type Shape, showShape, sizeOf, stridesOf } from '../tensor/shape.ts';
import { apply } from './apply.ts';
import { cutOf } from './cuts.ts';
import type { Methods } from './methods.ts';

export type NestedNumbers = number | readonly NestedNumbers[];

let made: ((tensor: Tensor) => void) | null = null;

/** From now on somebody is told of every tensor that is made; null: nobody. A runtime that has to know which are still in use. */
export function whenMade(told: ((tensor: Tensor) => void) | null): void {
  made = told;
}

// The functions of the library are its methods too: `methods.ts` puts them on the prototype.
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging
export interface Tensor extends Methods {}

/** An n-dimensional array of numbers, and a node of the computation graph. Immutable but for a leaf's content. */
export class Tensor {
  readonly handle: Handle;
  /** Shared by tensors of one kind: the fewer fields a tensor has of its own, the sooner it is made. */
  readonly what: Described;

  constructor(handle: Handle, what: Described) {
    this.handle = handle;
    this.what = what;
    if (made !== null) made(this);
  }

  /** Sizes of the dimensions; `[]` for a scalar. */
  get shape(): Shape {
    return this.what.shape;
  }

  get dtype(): DType {
    return this.what.dtype;
  }

  /** Whether a backward pass gives it a gradient. */
  get requiresGrad(): boolean {
    return this.what.requiresGrad;
  }

  /** Number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /** How many dimensions there are. */
  get rank(): number {
    return this.shape.length;
  }

  /** The same. */
  get ndim(): number {
    return this.shape.length;
  }

  /** The content, row-major. A copy is not made: do not write to it. */
  get data(): TypedArray {
    return runtime().read(this.handle, this.dtype);
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
    if (handle === null) return null;
    const { shape, dtype } = this.what;
    return new Tensor(handle, { shape, dtype, requiresGrad: false });
  }

  /** Null forgets the gradient, as `zeroGrad()` does. @throws GradientError for anything else */
  set grad(none: null) {
    if (none !== null)
      throw new GradientError(
        'grad: a gradient is computed, not set; null forgets it. clipGradNorm and clipGradValue of optim change gradients.',
      );
    this.zeroGrad();
  }

  /**
   * Computes the gradient of this scalar with respect to everything that requires one and led to it.
   * @throws GradientError when this is no scalar, or depends on nothing that requires a gradient; ArgumentError for an argument.
   */
  backward(...none: never[]): void {
    if (none[0] !== undefined) {
      const toKeep = typeof none[0] === 'object' && !((none[0] as unknown) instanceof Tensor);
      throw new ArgumentError(
        toKeep
          ? 'backward: takes no options. The graph stays as it is, so that backward() may be called again.'
          : 'backward: starts with 1 and takes no gradient. Write y.mul(g).sum().backward(), or vjp(f, x).pullback(g).',
      );
    }
    if (this.size !== 1) {
      throw new GradientError(
        `backward: starts from a scalar, but this tensor has shape ${showShape(this.shape)}. Reduce it first, with sum() or mean().`,
      );
    }
    if (!this.requiresGrad)
      throw new GradientError(`backward: this tensor depends on nothing that requires a gradient${cutOf(this)}.`);
    runtime().backward(this.handle);
  }

  /** Forgets the gradient: `grad` is null again. */
  zeroGrad(): void {
    runtime().clearGradient(this.handle);
  }

  /** The last two dimensions swapped. */
  get mT(): Tensor {
    return apply('transpose', [this], { dim0: -2, dim1: -1 });
  }

  /** The dimensions in reverse order: the transpose of a matrix. */
  get T(): Tensor {
    return apply('permute', [this], { dims: this.shape.map((_, i) => this.shape.length - 1 - i) });
  }

  /** What `JSON.stringify` writes: the content as nested arrays. */
  toJSON(): NestedNumbers {
    return this.toArray();
  }

  /**
   * A text where a text is wanted.
   * @throws ArgumentError in arithmetic and comparisons, which JavaScript has for numbers alone.
   */
  [Symbol.toPrimitive](hint: string): string {
    if (hint !== 'number') return this.toString();
    throw new ArgumentError(
      'A tensor is no number: write x.mul(2) for x * 2, x.greater(0) for x > 0. The number of a tensor with one element is item().',
    );
  }

  toString(): string {
    return `Tensor(${written(this.toArray())}, shape=${showShape(this.shape)}, ${this.dtype}${this.requiresGrad ? ', requiresGrad' : ''})`;
  }
}

/** Nested arrays as a program would write them; JSON has no NaN and no ∞. */
const written = (content: NestedNumbers): string =>
  typeof content === 'number'
    ? Object.is(content, -0)
      ? '-0'
      : String(content)
    : `[${content.map(written).join(', ')}]`;
