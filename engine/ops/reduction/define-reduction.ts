import type { Expression } from '../../expression/expression.ts';
import type { DType, TypedArray } from '../../tensor/dtype.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { reduceLanes } from '../../tensor/kernels/lanes.ts';
import { keptShape } from '../../tensor/kernels/reduce.ts';
import type { Attributes } from '../../tensor/runtime.ts';
import { type Shape, emptyError } from '../../tensor/shape.ts';
import {
  type ByAttributes,
  type NotDifferentiable,
  type OpDefinition,
  type ResultType,
  type Sample,
  defineOp,
} from '../define.ts';
import { laneDimension } from '../lane.ts';

/** The dimensions a reduction removes, in order: all of them when `dim` is null or an empty list, as in PyTorch. */
export function reducedDims(op: string, rank: number, { dim }: Attributes): number[] {
  const dims = (Array.isArray(dim) ? dim : [dim ?? []].flat()) as readonly number[];
  if (dims.length === 0) return Array.from({ length: rank }, (_, i) => i);
  const found = dims.map((d) => laneDimension(op, d, rank)).sort((a, b) => a - b);
  const twice = found.find((d, i) => d === found[i + 1]);
  if (twice !== undefined) throw new ShapeError(`${op}: dimension ${twice} is listed twice in [${dims.join(', ')}].`);
  return rank === 0 ? [] : found;
}

type Kernel = (
  data: TypedArray,
  shape: Shape,
  dims: readonly number[],
  dtype: DType,
  attributes: Attributes,
) => TypedArray;

interface Reduction {
  readonly name: string;
  readonly doc: string;
  readonly result?: ResultType;
  readonly convention?: string;
  /** An extreme of nothing does not exist; a sum of nothing is 0. */
  readonly ofNothing: boolean;
  /** The reduction of a whole tensor, or of one lane of it. */
  readonly kernel: Kernel | { readonly lane: (attributes: Attributes) => (lane: Float64Array) => number };
  readonly pullback: ByAttributes<Expression> | NotDifferentiable;
  /** What else the op is told; each is sampled with every choice of dimensions. */
  readonly options?: readonly Attributes[];
  /** Shapes and dimensions to check with; the usual ones when left out. */
  readonly samples?: readonly Sample[];
}

export function defineReduction({
  name,
  doc,
  result = 'promote',
  convention,
  ofNothing,
  kernel,
  pullback,
  options = [{}],
  samples = usual,
}: Reduction): OpDefinition {
  const whole: Kernel =
    'lane' in kernel
      ? (data, shape, dims, dtype, attributes) => reduceLanes(data, shape, dims, dtype, kernel.lane(attributes))
      : kernel;
  return defineOp({
    name,
    doc: `${doc} over the dimensions \`dim\` (all when null or empty); \`keepdim\` keeps them with size 1.`,
    inputs: ['x'],
    result,
    ...(convention === undefined ? {} : { convention }),
    shape: ([x], attributes) => {
      const dims = reducedDims(name, x!.length, attributes);
      if (!ofNothing && dims.some((d) => x![d] === 0)) throw emptyError(name, x!);
      return attributes.keepdim === true ? keptShape(x!, dims) : x!.filter((_, i) => !dims.includes(i));
    },
    forward: ([x], attributes, _shape, dtype) =>
      whole(x!.data, x!.shape, reducedDims(name, x!.shape.length, attributes), dtype, attributes),
    vjp: { x: pullback },
    samples: options.flatMap((option) =>
      samples.map((sample) => ({ ...sample, attributes: { ...sample.attributes, ...option } })),
    ),
  });
}

const usual: readonly Sample[] = [
  { shapes: [[]], attributes: { dim: null, keepdim: false } },
  { shapes: [[2, 3]], attributes: { dim: null, keepdim: false } },
  { shapes: [[2, 3]], attributes: { dim: [-1], keepdim: false } },
  { shapes: [[2, 3, 2]], attributes: { dim: [0, 2], keepdim: true } },
];

/** For what a single number has none of. */
export const severalEach: readonly Sample[] = usual.slice(1);
