import { ops } from '../ops/index.ts';
import { resultShape, resultType } from '../ops/result.ts';
import { type DType, type TypedArray, storageOf } from '../tensor/dtype.ts';
import type { Shape } from '../tensor/shape.ts';
import type { Algebra } from './algebra.ts';

/** A tensor's content without a tape: what gradients are made of until somebody asks for one. */
export interface Block {
  readonly data: TypedArray;
  readonly shape: Shape;
  readonly dtype: DType;
}

export const blockAlgebra: Algebra<Block> = {
  apply(name, inputs, attributes = {}) {
    const op = ops[name]!;
    const shape = resultShape(op, inputs, attributes);
    const dtype = resultType(op, inputs);
    return { data: op.forward(inputs, attributes, shape, dtype), shape, dtype };
  },
  number: (value, dtype) => ({ data: storageOf(dtype, [value]), shape: [], dtype }),
};
