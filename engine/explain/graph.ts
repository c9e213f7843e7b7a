import type { NodeId } from '../base/brand.ts';
import { t } from '../base/l10n.ts';
import { edgeInElement, elementView } from './element/in-graph.ts';
import { formatNumber } from './numbers.ts';
import { nodeView } from './node-view.ts';
import type { PassView } from './pass-view.ts';
import type { EdgeView, GraphView, NodeView } from './view.ts';

/** The graph of one pass as it is drawn. */
export function buildGraph(view: PassView): GraphView {
  const { chains, pass, trace } = view;
  const ids = [...chains.folding.folds.keys()].sort((a, b) => a - b);
  const nodes = ids.map((id) => nodeView(view, id));
  const edges = ids.flatMap((to) => chains.fold(to).inputs.map((from) => edgeView(view, from, to)));
  return {
    model: pass.name,
    models: trace.passes.map(({ name }) => name),
    granularity: view.granularity,
    loss: pass.loss,
    nodes,
    edges,
    structure: structureOf(nodes, edges),
    step: stepOf(view),
    element: elementView(view),
  };
}

function edgeView(view: PassView, from: NodeId, to: NodeId): EdgeView {
  const edge = view.chains.edge(from, to);
  const value = edge?.local.value;
  const label = edge
    ? `${view.names.partial(to, from)} = ${value?.length === 1 ? formatNumber(value[0]!) : '[…]'}`
    : null;
  return edgeInElement(view, { from, to, label });
}

/** Equal as long as nothing has to be laid out again. Numbers are not in it: their places have a fixed width. */
function structureOf(nodes: readonly NodeView[], edges: readonly EdgeView[]): string {
  const boxes = nodes.map(({ id, name, op, kind, shape }) => `${id}:${name}:${op}:${kind}:${shape}`);
  return `${boxes.join('|')}#${edges.map(({ from, to }) => `${from}>${to}`).join(',')}`;
}

function stepOf({ pass, names }: PassView): GraphView['step'] {
  if (!pass.step) return null;
  const { optimizer, settings, lossBefore, lossAfter } = pass.step;
  const rate = Object.entries(settings)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');
  return {
    text: t(
      'one step of {0} ({1}): {2} {3} → {4}',
      optimizer,
      rate,
      names.shown(pass.loss),
      formatNumber(lossBefore),
      formatNumber(lossAfter),
    ),
  };
}
