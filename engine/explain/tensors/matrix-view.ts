import { indicesOf } from '../../base/indices.ts';
import { t } from '../../base/l10n.ts';
import type { NodeId } from '../../base/brand.ts';
import { type Shape, sizeOf } from '../../tensor/shape.ts';
import { formatNumber } from '../numbers.ts';
import type { PassView } from '../pass-view.ts';
import type { MatrixView } from './jacobian-view.ts';

/** How many rows and columns are looked at at once. */
export const shownPlaces = 64;

/** All places of a tensor, or as many as are shown, evenly spread from the first to the last. */
export function shownOf(size: number): readonly number[] {
  if (size <= shownPlaces) return Array.from({ length: size }, (_, i) => i);
  return Array.from({ length: shownPlaces }, (_, i) => Math.round((i * (size - 1)) / (shownPlaces - 1)));
}

/** `2,0` for a place in row-major order; `` for a single number, which has none. */
export const placeText = (place: number, shape: Shape): string => indicesOf(shape, place).join(',');

/** `W₁[2,0]`. */
export const elementName = (name: string, place: number, shape: Shape): string =>
  shape.length === 0 ? name : `${name}[${placeText(place, shape)}]`;

/** Numbers of a matrix as they are looked at: a 0 that is exactly 0 is no more than that. */
export function matrixOf(
  rows: readonly number[],
  columns: readonly number[],
  at: (row: number, column: number) => number,
): Pick<MatrixView, 'cells' | 'texts' | 'largest'> {
  const numbers = rows.flatMap((row) => columns.map((column) => at(row, column)));
  return {
    cells: numbers.map((x) => (Number.isFinite(x) ? x : null)),
    texts: numbers.map((x) => (x === 0 ? '0' : formatNumber(x))),
    largest: numbers.reduce((largest, x) => (Number.isFinite(x) ? Math.max(largest, Math.abs(x)) : largest), 0),
  };
}

interface Matrix {
  readonly symbol: string;
  readonly of: NodeId | null;
  readonly by: NodeId | null;
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly at: (row: number, column: number) => number;
}

/**
 * A matrix with the places of its rows and columns.
 * @param matrix `of`, `by`: whose elements its rows and columns are; null for the one row of a vector. `at` takes places.
 */
export function matrixView({ graph, names }: PassView, { symbol, of, by, rows, columns, at }: Matrix): MatrixView {
  const [above, beside] = [of, by].map((id) => (id === null ? [] : graph.node(id).shape)) as [Shape, Shape];
  const [height, width] = [sizeOf(above), sizeOf(beside)];
  return {
    symbol,
    shape: `[${height}×${width}]`,
    of: of === null ? '' : names.shown(of),
    by: by === null ? '' : names.shown(by),
    rows: rows.map((row) => placeText(row, above)),
    columns: columns.map((column) => placeText(column, beside)),
    ...matrixOf(rows, columns, at),
    sampled:
      rows.length < height || columns.length < width
        ? t('{0} of {1} rows and {2} of {3} columns, evenly spread', rows.length, height, columns.length, width)
        : null,
  };
}
