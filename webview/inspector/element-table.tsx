import { useEffect, useState } from 'preact/hooks';
import type { ElementTable as Told } from '../../engine/explain/element/view.ts';
import type { NodeView } from '../../engine/explain/view.ts';
import { ask, followElement, snapshot } from '../state.ts';
import { ElementField } from './element.tsx';
import { HeatMap } from './heat-map.tsx';

interface Props {
  readonly node: NodeView;
  readonly what: 'value' | 'gradient';
}

/** The elements of a tensor as a heat map with numbers. Choosing one follows it through the graph. */
export function ElementTable({ node, what }: Props) {
  const [told, setTold] = useState<{ readonly of: string; readonly table: Told | null } | null>(null);
  const sequence = snapshot.value?.sequence;
  const of = `${node.id} ${what}`;
  useEffect(() => ask({ kind: 'elements', node: node.id, what }, (table) => setTold({ of, table })), [of, sequence]);
  const table = told?.of === of ? told.table : null;
  if (!table) return null;
  const { name, rows, columns, places, queries, sampled } = table;
  const indexAt = (row: number, column: number): string =>
    rows[row] === '' ? columns[column]! : `${rows[row]!},${columns[column]!}`;
  const chosen = node.element ? places.indexOf(node.element.place) : -1;
  return (
    <div data-testid="elements">
      <HeatMap
        matrix={table}
        caption={name}
        nameOf={(row, column) => `${name}[${indexAt(row, column)}]`}
        chosen={chosen < 0 ? null : chosen}
        onChoose={(row, column) => followElement(queries[row * columns.length + column]!)}
      />
      <ElementField example={queries.at(-1)!} />
      {sampled !== null && <p class="dim">{sampled}</p>}
    </div>
  );
}
