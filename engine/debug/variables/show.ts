import type { Block } from '../../autograd/block.ts';
import { formatNumber, formatShort } from '../../explain/numbers.ts';
import { type DType, isFloat } from '../../tensor/dtype.ts';
import { showShape } from '../../tensor/shape.ts';
import { statisticsOf } from '../../trace/statistics.ts';

/** Vectors no longer than this are written out. */
const writtenOut = 6;

/** A number with the digits that tell it from all others of its dtype, and a true minus sign. */
export function exactly(x: number, dtype: DType): string {
  if (dtype === 'bool') return x === 0 ? 'false' : 'true';
  if (!Number.isFinite(x)) return formatNumber(x);
  const text = dtype === 'float32' ? shortest(x) : String(x);
  return text.replace('e+', 'e').replaceAll('-', '−');
}

/** The fewest digits that are read back as the same float32: nine are always enough. */
function shortest(x: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const rounded = Number(x.toPrecision(digits));
    if (Math.fround(rounded) === x) return String(rounded);
  }
  return String(Number(x.toPrecision(9)));
}

/** One line for a list of variables: the number itself, or shape and statistics. */
export function told({ data, shape, dtype }: Block): string {
  if (shape.length === 0) return exactly(data[0]!, dtype);
  if (shape.length === 1 && data.length <= writtenOut)
    return `[${Array.from(data, (x) => (isFloat(dtype) ? formatShort(x) : exactly(x, dtype))).join(', ')}]`;
  if (data.length === 0) return `${showShape(shape)} —`;
  const { mean, deviation, norm, nan, positiveInfinity, negativeInfinity } = statisticsOf(data);
  const strange = nan + positiveInfinity + negativeInfinity;
  const counts = strange > 0 ? ` · ${nan} NaN · ${positiveInfinity + negativeInfinity} ∞` : '';
  return `${showShape(shape)} μ ${formatShort(mean)} σ ${formatShort(deviation)} ‖·‖ ${formatShort(norm)}${counts}`;
}

/** A few characters, for a line that says other things too. */
export function briefly({ data, shape }: Block): string {
  if (shape.length === 0) return formatNumber(data[0]!);
  if (data.length === 0) return showShape(shape);
  const { norm, nan } = statisticsOf(data);
  return nan > 0 ? `${showShape(shape)} NaN` : `${showShape(shape)} ‖·‖ ${formatShort(norm)}`;
}

export const typeOf = ({ dtype, shape }: Block): string =>
  shape.length === 0 ? dtype : `${dtype} ${showShape(shape)}`;
