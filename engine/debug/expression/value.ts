import type { NodeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import { type Block, blockAlgebra } from '../../autograd/block.ts';
import type { OpName } from '../../ops/index.ts';
import { broadcastShapes, sizeOf } from '../../tensor/shape.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { ExpressionError } from './tokens.ts';

/** A node of the run, which is more than its value: it has a gradient, too. */
export interface NodeValue {
  readonly node: NodeId;
}

/** What an expression can be. Null: a value or gradient that is not there (yet), and all that is made of it. */
export type Value = number | boolean | string | null | Block | NodeValue;

export const isNode = (value: Value): value is NodeValue =>
  typeof value === 'object' && value !== null && 'node' in value;

export const isTensor = (value: Value): value is Block =>
  typeof value === 'object' && value !== null && 'data' in value;

/** A tensor of one number without dimensions is that number. */
export const plain = (block: Block | null): Value => (block?.shape.length === 0 ? block.data[0]! : block);

/** Numbers are worked with in float64, whatever they were made in. */
const wide = (value: number | Block): Block =>
  typeof value === 'number'
    ? { data: Float64Array.of(value), shape: [], dtype: 'float64' }
    : { ...value, data: Float64Array.from(value.data), dtype: 'float64' };

/** A column times a row can be larger than any tensor of the run. */
const largest = 2 ** 22;

/** Applies an op of the engine element by element. @throws ExpressionError where the shapes do not fit. */
export function applied(op: OpName, values: readonly (number | Block)[], at: number): Value {
  try {
    const shapes = values.map((value) => (typeof value === 'number' ? [] : value.shape));
    if (sizeOf(shapes.reduce<readonly number[]>((a, b) => broadcastShapes(op, a, b), [])) > largest)
      throw new ExpressionError(t('This would have more than {0} elements.', largest), at);
    return plain(blockAlgebra.apply(op, values.map(wide)));
  } catch (error) {
    if (error instanceof ShapeError) throw new ExpressionError(error.message, at);
    throw error;
  }
}

/** @throws ExpressionError for a word or a truth value. */
export function numeric(value: Value, at: number): number | Block | null {
  if (value === null || typeof value === 'number' || isTensor(value)) return value;
  throw new ExpressionError(t('A number or a tensor is needed here.'), at);
}

/** @throws ExpressionError for anything but a single number, with what helps. */
export function oneNumber(value: Value, at: number): number | null {
  if (value === null || typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (isTensor(value) && value.data.length === 1) return value.data[0]!;
  if (isTensor(value))
    throw new ExpressionError(t('A tensor is no number: write norm(…), max(…), mean(…), or an element […].'), at);
  throw new ExpressionError(t('A number is needed here.'), at);
}
