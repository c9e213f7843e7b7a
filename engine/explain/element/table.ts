import type { NodeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import { GradientsOfRun } from '../../replay/gradients-of-run.ts';
import { MissingContent } from '../../replay/recording.ts';
import { type Shape, sizeOf } from '../../tensor/shape.ts';
import type { PassView } from '../pass-view.ts';
import { matrixOf, placeText, shownOf } from '../tensors/matrix-view.ts';
import type { ElementTable, ElementTableAsked } from './view.ts';

/**
 * The elements of a value or a gradient as rows and columns, the last dimension across. Null where there are none to choose
 * from: a single number, no gradient, and what the trace left out and cannot be computed anew.
 */
export function elementTable(view: PassView, { node, what }: ElementTableAsked): ElementTable | null {
  const { graph, names } = view;
  if (!graph.has(node)) return null;
  const { shape } = graph.node(node);
  const size = sizeOf(shape);
  const data = shape.length === 0 || size === 0 ? null : contentOf(view, node, what);
  if (!data) return null;
  const across = shape.at(-1)!;
  const leading: Shape = shape.slice(0, -1);
  const [rows, columns] = [shownOf(size / across), shownOf(across)];
  const sampled = rows.length * across < size || columns.length < across;
  return {
    ...matrixOf(rows, columns, (row, column) => data[row * across + column]!),
    rows: rows.map((row) => placeText(row, leading)),
    columns: columns.map(String),
    places: rows.flatMap((row) => columns.map((column) => row * across + column)),
    // What is typed: names of the source, and of what has none the one that the terminal takes too.
    queries: rows.flatMap((row) =>
      columns.map((column) => `${names.written(node)}[${placeText(row * across + column, shape)}]`),
    ),
    name: what === 'value' ? names.shown(node) : names.partial(graph.pass.loss, node),
    sampled: sampled
      ? t('{0} of {1} rows and {2} of {3} columns, evenly spread', rows.length, size / across, columns.length, across)
      : null,
  };
}

function contentOf(view: PassView, node: NodeId, what: ElementTableAsked['what']): ArrayLike<number> | null {
  try {
    if (what === 'gradient') return new GradientsOfRun(view.recording).of(node)?.data ?? null;
    return view.recording.value(node).data;
  } catch (error) {
    if (error instanceof MissingContent) return null;
    throw error;
  }
}
