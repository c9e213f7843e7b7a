import { type Expression, call, over, symbol, times } from '../expression/expression.ts';
import type { DType, TypedArray } from '../tensor/dtype.ts';
import { keptShape, max as largest, min as smallest, sum as total } from '../tensor/kernels/reduce.ts';
import type { Attributes } from '../tensor/runtime.ts';
import { type Shape, emptyError, dimensionOf, sizeOf } from '../tensor/shape.ts';
import { type OpDefinition, type ResultType, type Sample, defineOp } from './define.ts';

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

function defineReduction({
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

const [x, y, upstream] = [symbol('x'), symbol('y'), symbol('ȳ')];
const spread = call('expandLike', upstream, x);

export const sum = defineReduction({ name: 'sum', doc: 'Sum', ofNothing: true, kernel: total, pullback: spread });

export const mean = defineReduction({
  name: 'mean',
  doc: 'Arithmetic mean',
  result: 'float',
  ofNothing: false,
  kernel: (data, shape, dims, dtype) => {
    const count = dims.reduce((product, d) => product * shape[d]!, 1);
    return total(data, shape, dims, dtype).map((sum) => sum / count);
  },
  pullback: over(spread, call('count', x, y)),
});

const convention = 'among equal extremes the gradient is shared evenly';
const shared = times(spread, call('share', x, y));
export const max = defineReduction({
  name: 'max',
  doc: 'Largest element',
  convention,
  ofNothing: false,
  kernel: largest,
  pullback: shared,
});
export const min = defineReduction({
  name: 'min',
  doc: 'Smallest element',
  convention,
  ofNothing: false,
  kernel: smallest,
  pullback: shared,
});
