import type { NodeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import { GradientsOfRun } from '../../replay/gradients-of-run.ts';
import { type Way, jacobianRows, vectorTimesJacobian, wayBetween, workOf } from '../../replay/jacobian.ts';
import { MissingContent, type Recording } from '../../replay/recording.ts';
import { sizeOf } from '../../tensor/shape.ts';
import type { PassView } from '../pass-view.ts';
import type { ComposedView, JacobianTold, JacobianView, MatrixView, ReverseView } from './jacobian-view.ts';
import { matrixView, shownOf } from './matrix-view.ts';
import { middlesOf } from './middles.ts';

/** Multiplications that a question may cost: about a second of work. */
const mostWork = 5e8;

interface Asked {
  readonly of: NodeId;
  readonly by: NodeId;
  /** A node between, to take the Jacobian apart at; null for one that all ways lead through, if there is any. */
  readonly through: NodeId | null;
}

/** The Jacobian between two nodes of the run, row by row by reverse mode, and the same taken apart at a node between. */
export function jacobianOf(view: PassView, asked: Asked): JacobianTold {
  const { graph, names } = view;
  const { of, by } = asked;
  const refused = (text: string): JacobianTold => ({ kind: 'refused', text });
  if (!graph.has(of) || !graph.has(by)) return refused(t('One of the two is not in the graph any more.'));
  const way = wayBetween(graph, of, by);
  if (of === by || way.length === 0)
    return refused(
      t('{0} does not depend on {1}, or no gradient flows between them.', names.shown(of), names.shown(by)),
    );
  if (sizeOf(graph.node(of).shape) === 0 || sizeOf(graph.node(by).shape) === 0)
    return refused(t('One of the two has no elements.'));
  const tooMuch = refusal(view, way, shownOf(sizeOf(graph.node(of).shape)).length);
  if (tooMuch !== null) return refused(tooMuch);
  try {
    return { kind: 'shown', view: jacobianView(view, way, asked) };
  } catch (error) {
    if (error instanceof MissingContent)
      return refused(t('The content of {0} is too large for the trace to hold.', names.shown(error.leaf)));
    throw error;
  }
}

/** Null where the work is affordable. */
function refusal({ graph }: PassView, way: Way, rows: number): string | null {
  const each = workOf(graph, way);
  if (rows * each <= mostWork) return null;
  return t(
    'Too much work: {0} vector–Jacobian products of about {1} multiplications each. Choose two nodes that are closer together.',
    rows,
    each.toExponential(0).replace('e+', 'e'),
  );
}

function jacobianView(view: PassView, way: Way, { of, by, through }: Asked): JacobianView {
  const { graph, recording } = view;
  const rows = shownOf(sizeOf(graph.node(of).shape));
  const jacobian = between(view, recording, way, rows);
  const middles = middlesOf(view, way);
  const middle = middles.find(({ node, all }) => (through === null ? all : node === through));
  const composed = middle ? composedView(view, { of, by }, rows, middle) : null;
  return {
    of,
    by,
    jacobian,
    note:
      rows.length === 1
        ? t('One vector–Jacobian product, with a unit vector for its one row.')
        : t('{0} vector–Jacobian products, each with a unit vector for one row.', rows.length),
    middles,
    composed: typeof composed === 'string' ? null : composed,
    notComposed: typeof composed === 'string' ? composed : null,
    reverse: reverseView(view, way),
  };
}

const nameOf = (view: PassView, of: NodeId, by: NodeId): string => `J_${view.names.shown(of)}(${view.names.shown(by)})`;
const shapeOf = ({ graph }: PassView, of: NodeId, by: NodeId): string =>
  `[${sizeOf(graph.node(of).shape)}×${sizeOf(graph.node(by).shape)}]`;

function between(view: PassView, recording: Recording, way: Way, rows: readonly number[], symbol?: string): MatrixView {
  const [of, by] = [way[0]!, way.at(-1)!];
  const width = sizeOf(view.graph.node(by).shape);
  const data = jacobianRows(recording, way, rows);
  const at = (row: number, column: number): number => data[rows.indexOf(row) * width + column]!;
  return matrixView(view, { symbol: symbol ?? nameOf(view, of, by), of, by, rows, columns: shownOf(width), at });
}

/** A text where it would be too much work. */
function composedView(
  view: PassView,
  { of, by }: { of: NodeId; by: NodeId },
  rows: readonly number[],
  { node: through, all }: { readonly node: NodeId; readonly all: boolean },
): ComposedView | string {
  const { graph, names, recording } = view;
  const [first, second] = [wayBetween(graph, of, through), wayBetween(graph, through, by)];
  const inner = sizeOf(graph.node(through).shape);
  const width = sizeOf(graph.node(by).shape);
  const tooMuch = refusal(view, second, inner) ?? refusal(view, first, rows.length);
  if (tooMuch !== null) return tooMuch;
  const every = Array.from({ length: inner }, (_, i) => i);
  const outerData = jacobianRows(recording, first, rows);
  const innerData = jacobianRows(recording, second, every);
  const columns = shownOf(width);
  const product = (row: number, column: number): number => {
    const start = rows.indexOf(row) * inner;
    let sum = 0;
    for (let k = 0; k < inner; k++) sum += outerData[start + k]! * innerData[k * width + column]!;
    return sum;
  };
  const aside = all ? [] : wayBetween(graph, of, by, through);
  const [y, u, v] = [names.shown(of), names.shown(through), names.shown(by)];
  const formula = `${nameOf(view, of, through)} · ${nameOf(view, through, by)}`;
  return {
    through,
    formula: aside.length === 0 ? `${nameOf(view, of, by)} = ${formula}` : `${nameOf(view, of, by)} = ${formula} + …`,
    shapes: `${shapeOf(view, of, through)} · ${shapeOf(view, through, by)} → ${shapeOf(view, of, by)}`,
    outer: matrixView(view, {
      symbol: nameOf(view, of, through),
      of,
      by: through,
      rows,
      columns: shownOf(inner),
      at: (row, column) => outerData[rows.indexOf(row) * inner + column]!,
    }),
    inner: matrixView(view, {
      symbol: nameOf(view, through, by),
      of: through,
      by,
      rows: shownOf(inner),
      columns,
      at: (row, column) => innerData[row * width + column]!,
    }),
    product: matrixView(view, { symbol: formula, of, by, rows, columns, at: product }),
    rest: aside.length === 0 ? null : between(view, recording, aside, rows, t('the ways beside {0}', u)),
    note:
      aside.length === 0
        ? t('Every way from {0} to {1} leads through {2}: the product is the whole Jacobian.', v, y, u)
        : t('Some ways from {0} to {1} do not lead through {2}; what they add is the rest.', v, y, u),
  };
}

/** Null where the loss does not depend on `of`, or is it: its Jacobian is what reverse mode computes. */
function reverseView(view: PassView, way: Way): ReverseView | null {
  const { graph, names, recording } = view;
  const [of, by] = [way[0]!, way.at(-1)!];
  const gradient = new GradientsOfRun(recording).of(of);
  if (!gradient || of === graph.pass.loss) return null;
  const result = vectorTimesJacobian(recording, way, gradient);
  const [loss, y, v] = [graph.pass.loss, names.shown(of), names.shown(by)];
  const [height, width] = [gradient.data.length, result.data.length];
  const isWhole = wayBetween(graph, loss, by, of).length === 0;
  const upstream = names.partial(loss, of);
  const arrived = isWhole ? names.partial(loss, by) : t('{0} through {1}', names.partial(loss, by), y);
  return {
    formula: `${arrived} = (${upstream})ᵀ · ${nameOf(view, of, by)}`,
    shapes: `[1×${height}] · ${shapeOf(view, of, by)} → [1×${width}]`,
    upstream: matrixView(view, {
      symbol: `(${upstream})ᵀ`,
      of: null,
      by: of,
      rows: [0],
      columns: shownOf(height),
      at: (_row, column) => gradient.data[column]!,
    }),
    result: matrixView(view, {
      symbol: arrived,
      of: null,
      by,
      rows: [0],
      columns: shownOf(width),
      at: (_row, column) => result.data[column]!,
    }),
    note: isWhole
      ? t('What reverse mode computes: one product for all of {0}, and the Jacobian is never made.', v)
      : t(
          'What reverse mode computes: one product, and the Jacobian is never made. The gradient of {0} has other terms besides.',
          v,
        ),
  };
}
