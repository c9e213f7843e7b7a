import { ops } from '../ops/index.ts';
import { resultShape, resultType } from '../ops/result.ts';
import type { OpDefinition } from '../ops/define.ts';
import { type DType, type TypedArray, isFloat, storageOf } from '../tensor/dtype.ts';
import { type Shape, sizeOf } from '../tensor/shape.ts';
import type { Algebra } from './algebra.ts';

/** A tensor's content without a tape: what gradients are made of until somebody asks for one. */
export interface Block {
  readonly data: TypedArray;
  readonly shape: Shape;
  readonly dtype: DType;
}

/**
 * A block whose array may not be there yet. A graph of scalars computes with numbers: an array for each would take ten times the
 * memory of its one element, and as much time as the arithmetic.
 */
export class Holding implements Block {
  // Declared only: a field that is made before it has its number holds a number in a piece of memory of its own.
  declare readonly shape: Shape;
  declare readonly dtype: DType;
  declare protected array: TypedArray | null;
  /** The only element, while there is no array. */
  declare protected single: number;

  constructor(shape: Shape, dtype: DType, array: TypedArray | null, single: number) {
    this.shape = shape;
    this.dtype = dtype;
    this.array = array;
    this.single = single;
  }

  get data(): TypedArray {
    return (this.array ??= storageOf(this.dtype, [this.single]));
  }

  /** The first element. */
  get number(): number {
    return this.array === null ? this.single : this.array[0]!;
  }

  /** From now on it has this content. */
  hold(array: TypedArray): void {
    this.array = array;
  }

  /** Adds to the only element of what nobody else has seen. */
  increase(by: number): void {
    if (this.array === null) this.single = rounded(this.dtype, this.single + by);
    else this.array[0]! += by;
  }
}

/** As storing it in an array of a float dtype rounds it. */
export const rounded = (dtype: DType, number: number): number => (dtype === 'float32' ? Math.fround(number) : number);

export const firstOf = (block: Block): number => (block instanceof Holding ? block.number : block.data[0]!);

/** The number that an op of single numbers gives, as its dtype rounds it; null for anything else. */
export function ofSingles(
  op: OpDefinition,
  inputs: readonly Block[],
  { shape, dtype }: Pick<Block, 'shape' | 'dtype'>,
): number | null {
  const { ofNumbers } = op;
  if (ofNumbers === null || sizeOf(shape) !== 1 || !isFloat(dtype)) return null;
  switch (inputs.length) {
    case 1:
      return rounded(dtype, ofNumbers(firstOf(inputs[0]!)));
    case 2:
      return rounded(dtype, ofNumbers(firstOf(inputs[0]!), firstOf(inputs[1]!)));
    default:
      return rounded(dtype, ofNumbers(...inputs.map(firstOf)));
  }
}

export const blockAlgebra: Algebra<Block> = {
  apply(name, inputs, attributes = {}) {
    const op = ops[name]!;
    const shape = resultShape(op, inputs, attributes);
    const dtype = resultType(op, inputs);
    const number = ofSingles(op, inputs, { shape, dtype });
    if (number !== null) return new Holding(shape, dtype, null, number);
    return { data: op.forward(inputs, attributes, shape, dtype), shape, dtype };
  },
  number: (value, dtype) => ({ data: storageOf(dtype, [value]), shape: [], dtype }),
};
