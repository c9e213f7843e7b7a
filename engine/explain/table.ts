import { columnsOf } from '../base/columns.ts';

/** `number`: decimal points stand below one another; what is no plain number stands at the right. */
export type Alignment = 'left' | 'right' | 'number';

/** Columns padded to the same width. */
export function table(rows: readonly (readonly string[])[], align: readonly Alignment[]): string {
  const columns = align.map((how, i) => {
    const texts = rows.map((row) => row[i] ?? '');
    return how === 'number' ? pointed(texts) : texts;
  });
  const widths = columns.map((texts) => Math.max(0, ...texts.map(columnsOf)));
  const cell = (column: readonly string[], i: number, k: number): string => {
    const text = column[k]!;
    const padding = ' '.repeat(widths[i]! - columnsOf(text));
    return align[i] === 'left' ? text + padding : padding + text;
  };
  return rows.map((_, k) => `  ${columns.map((column, i) => cell(column, i, k)).join('  ')}`.trimEnd()).join('\n');
}

const plainNumber = /^−?\d+\.(\d+(?:e−?\d+)?)$/;

/** Shorter fractions get blanks, so that right-aligned numbers meet at their points. */
function pointed(texts: readonly string[]): string[] {
  const fractions = texts.map((text) => plainNumber.exec(text)?.[1]?.length ?? 0);
  const longest = Math.max(0, ...fractions);
  return texts.map((text, i) => (fractions[i]! === 0 ? text : text + ' '.repeat(longest - fractions[i]!)));
}
