import { type Child, type Markup, element } from '../markup.ts';

export interface Column {
  readonly head: string;
  readonly kind?: 'number' | 'wrap' | 'bar';
}

export interface Row {
  readonly cells: readonly Child[];
  readonly marked?: boolean;
}

/** A table that scrolls by itself where it is too wide. */
export function table(columns: readonly Column[], rows: readonly Row[]): Markup {
  const kindOf = (i: number): Readonly<Record<string, string | undefined>> => ({ class: columns[i]!.kind });
  return element(
    'div',
    { class: 'table' },
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          columns.map(({ head }, i) => element('th', { scope: 'col', ...kindOf(i) }, head)),
        ),
      ),
      element(
        'tbody',
        {},
        rows.map(({ cells, marked }) =>
          element(
            'tr',
            marked ? { class: 'marked' } : {},
            cells.map((cell, i) => element('td', kindOf(i), cell)),
          ),
        ),
      ),
    ),
  );
}
