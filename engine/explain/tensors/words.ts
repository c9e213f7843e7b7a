import { t } from '../../base/l10n.ts';
import type { AppliedOp } from '../../replay/applied.ts';
import type { Attribute, Attributes } from '../../tensor/runtime.ts';
import { type Shape, dimensionOf } from '../../tensor/shape.ts';

/** How tightly a formula holds together: a sum, a product, or a name that needs no parentheses wherever it stands. */
export type Level = 'sum' | 'product' | 'name';

export interface Worded {
  readonly text: string;
  readonly level: Level;
}

/** `[4×3]`; `scalar` for a single number. */
export const matrixShape = (shape: Shape): string => (shape.length === 0 ? t('scalar') : `[${shape.join('×')}]`);

const numbers = (value: Attribute | undefined): readonly number[] =>
  typeof value === 'number' ? [value] : ((value ?? []) as readonly number[]);

/** The dimensions that a reduction runs over, counted from the front; null stands for all of them. */
export function reducedDims(op: string, attributes: Attributes, shape: Shape): number[] {
  const dims = numbers(attributes.dim);
  return dims.length === 0 ? shape.map((_, d) => d) : dims.map((d) => dimensionOf(op, d, shape.length));
}

export const reducedDimensions = ({ op, attributes, inputs }: AppliedOp): number[] =>
  reducedDims(op, attributes, inputs[0]!.shape);

/** `dim 0`, `dims 0, 2`; dimension 0 is the batch where the model's inputs have its size. */
export function dimensionNames(dims: readonly number[], shape: Shape, batch: number | null): string {
  if (dims.length === 1 && dims[0] === 0 && shape.length > 1 && shape[0] === batch) return t('batch (dim 0)');
  return dims.length === 1 ? t('dim {0}', dims[0]!) : t('dims {0}', dims.join(', '));
}

/** What a sum runs over; null for all of it, where that has several dimensions. */
export function overWhat(x: AppliedOp, batch: number | null): string | null {
  const from = x.inputs[0]!.shape;
  const dims = reducedDimensions(x);
  return dims.length === from.length && from.length > 1 ? null : dimensionNames(dims, from, batch);
}

/**
 * An op that moves, repeats or adds up elements, in words: its symbol where the field has one.
 * @param texts of its inputs, in parentheses where they need some.
 */
export function worded(x: AppliedOp, texts: readonly Worded[], batch: number | null): Worded {
  const [first, second] = texts.map(({ text, level }) => (level === 'name' ? text : `(${text})`)) as [string, string];
  // Σ reaches as far as a product does.
  const summand = texts[0]!.level === 'sum' ? first : texts[0]!.text;
  const { attributes } = x;
  const from = x.inputs[0]!.shape;
  const loose = (text: string): Worded => ({ text, level: 'product' });
  const named = (text: string): Worded => ({ text, level: 'name' });
  const over = (): string => dimensionNames(reducedDimensions(x), from, batch);
  const along = (): string => t('dim {0}', dimensionOf(x.op, Number(attributes.dim), Math.max(1, from.length)));
  switch (x.op) {
    case 'sum':
      return loose(
        overWhat(x, batch) === null ? t('Σ over all of {0}', summand) : t('Σ over {0} of {1}', over(), summand),
      );
    case 'mean':
      return loose(t('mean over {0} of {1}', over(), summand));
    case 'max':
    case 'min':
      return loose(t('{0} over {1} of {2}', x.op, over(), summand));
    case 'logsumexp':
      return loose(t('ln Σ exp over {0} of {1}', over(), summand));
    case 'expand':
      return loose(t('{0} repeated', first));
    case 'reshape':
      return loose(t('{0} reshaped', first));
    case 'transpose':
      return loose(t('{0} with dims {1} and {2} swapped', first, Number(attributes.dim0), Number(attributes.dim1)));
    case 'permute':
      return loose(t('{0} with its dims in the order ({1})', first, numbers(attributes.dims).join(', ')));
    case 'flip':
      return loose(t('{0} flipped along {1}', first, dimensionNames(numbers(attributes.dims), from, null)));
    case 'roll':
      return loose(t('{0} rolled by ({1})', first, signedList(numbers(attributes.shifts))));
    case 'slice':
      return named(`${first}${stretch(from, attributes.dim, attributes.start, attributes.end, attributes.step)}`);
    case 'embed':
      return loose(t('zeros with {0} at {1}', first, embedded(x)));
    case 'pad':
      return loose(
        numbers(attributes.pads).every((n) => n <= 0)
          ? t('{0} without its margin', first)
          : t('{0} with a margin', first),
      );
    case 'cat':
      return loose(`[${texts.map(({ text }) => text).join(' | ')}]`);
    case 'indexSelect':
      return named(`${first}[${':, '.repeat(Number(attributes.dim))}${second}]`);
    case 'indexSum':
    case 'scatterSum':
      return loose(t('{0} added up at {1} along {2}', first, second, along()));
    case 'gather':
      return loose(t('{0} picked by {1} along {2}', first, second, along()));
    case 'cumsum':
      return loose(
        attributes.reverse === true
          ? t('running Σ from the end of {0} along {1}', first, along())
          : t('running Σ of {0} along {1}', first, along()),
      );
    case 'cumprod':
      return loose(
        attributes.exclusive !== true
          ? t('running Π of {0} along {1}', first, along())
          : attributes.reverse === true
            ? t('Π of those after in {0} along {1}', first, along())
            : t('Π of those before in {0} along {1}', first, along()),
      );
    case 'maxPool2dBack':
      return loose(t('{0} where each window of {1} is largest', first, second));
    case 'avgPool2dBack':
      return loose(t('{0} shared evenly over its windows', first));
    case 'diagonal':
      return loose(t('the diagonal of {0}', first));
    case 'embedDiagonal':
      return loose(t('a matrix with {0} on its diagonal', first));
    case 'tril':
      return loose(t('the lower triangle of {0}', first));
    case 'triu':
      return loose(t('the upper triangle of {0}', first));
    case 'inverse':
      return named(`${first}⁻¹`);
    case 'conv2d':
    case 'conv2dWeight':
      return loose(`${first} ⋆ ${second}`);
    case 'conv2dInput':
      return loose(`${first} ∗ ${second}`);
    case 'share':
      return named(`share(${texts.map(({ text }) => text).join(', ')})`);
    default:
      return named(`${x.op}(${texts.map(({ text }) => text).join(', ')})`);
  }
}

const signedList = (list: readonly number[]): string => list.map((n) => String(n).replace('-', '−')).join(', ');

/** `[:, 1:3]`, as tensors are sliced in Python; the end where it is one is left out. */
function stretch(
  shape: Shape,
  dim: Attribute | undefined,
  start: Attribute | undefined,
  end: Attribute | undefined,
  step: Attribute | undefined,
): string {
  const d = dimensionOf('slice', Number(dim), shape.length);
  const to = end === null || end === undefined || Number(end) >= shape[d]! ? '' : String(end);
  const by = step === 1 || step === undefined ? '' : `:${String(step)}`;
  const from = start === 0 ? '' : String(start);
  return `[${':, '.repeat(d)}${from}:${to}${by}]`.replaceAll('-', '−');
}

function embedded({ attributes, inputs, shape }: AppliedOp): string {
  const { dim, start, step } = attributes;
  const d = dimensionOf('embed', Number(dim), shape.length);
  const end = Number(start) + (inputs[0]!.shape[d]! - 1) * Number(step) + 1;
  return stretch(shape, dim, start, end, step);
}
