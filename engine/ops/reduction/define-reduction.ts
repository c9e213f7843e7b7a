import type { Expression } from '../../expression/expression.ts';
import type { DType, TypedArray } from '../../tensor/dtype.ts';
import { keptShape } from '../../tensor/kernels/reduce.ts';
import type { Attributes } from '../../tensor/runtime.ts';
import { type Shape, emptyError, dimensionOf, sizeOf } from '../../tensor/shape.ts';
import { type OpDefinition, type ResultType, type Sample, defineOp } from '../define.ts';

/** The dimensions a reduction removes: all of them when `dim` is null. */
export function reducedDims(op: string, rank: number, { dim }: Attributes): number[] {
  if (dim === null || dim === undefined) return Array.from({ length: rank }, (_, i) => i);
  const dims = (Array.isArray(dim) ? dim : [dim]) as readonly number[];
  return dims.map((d) => dimensionOf(op, d, rank));
}

interface Reduction {
  readonly name: string;
  readonly doc: string;
  readonly result?: ResultType;
  readonly convention?: string;
  /** An extreme of nothing does not exist; a sum of nothing is 0. */
  readonly ofNothing: boolean;
  readonly kernel: (data: TypedArray, shape: Shape, dims: readonly number[], dtype: DType) => TypedArray;
  readonly pullback: Expression;
}

export function defineReduction({
  name,
  doc,
  result = 'promote',
  convention,
  ofNothing,
  kernel,
  pullback,
}: Reduction): OpDefinition {
  return defineOp({
    name,
    doc: `${doc} over the dimensions \`dim\` (all when null); \`keepdim\` keeps them with size 1.`,
    inputs: ['x'],
    result,
    ...(convention === undefined ? {} : { convention }),
    shape: ([x], attributes) => {
      const dims = reducedDims(name, x!.length, attributes);
      if (!ofNothing && sizeOf(x!) === 0) throw emptyError(name, x!);
      return attributes.keepdim === true ? keptShape(x!, dims) : x!.filter((_, i) => !dims.includes(i));
    },
    forward: ([x], attributes, _shape, dtype) =>
      kernel(x!.data, x!.shape, reducedDims(name, x!.shape.length, attributes), dtype),
    vjp: { x: pullback },
    samples,
  });
}

const samples: readonly Sample[] = [
  { shapes: [[]], attributes: { dim: null, keepdim: false } },
  { shapes: [[2, 3]], attributes: { dim: null, keepdim: false } },
  { shapes: [[2, 3]], attributes: { dim: [-1], keepdim: false } },
  { shapes: [[2, 3, 2]], attributes: { dim: [0, 2], keepdim: true } },
];
