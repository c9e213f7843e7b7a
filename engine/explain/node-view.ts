import type { NodeId } from '../base/brand.ts';
import { t } from '../base/l10n.ts';
import { isFloat } from '../tensor/dtype.ts';
import { showShape } from '../tensor/shape.ts';
import type { PassView } from './pass-view.ts';
import { readingOf } from './reading.ts';
import type { NodeKind, NodeView } from './view.ts';

export function nodeView(view: PassView, id: NodeId): NodeView {
  const { graph, names } = view;
  const node = graph.node(id);
  const { ops } = view.chains.fold(id);
  const gradient = graph.pass.gradients.get(id);
  const kind: NodeKind = id === graph.pass.loss ? 'loss' : node.kind;
  return {
    id,
    name: names.shown(id),
    sourceName: node.name === null && id !== graph.pass.loss ? null : names.written(id),
    op: node.kind === 'op' ? opLabel(view, ops) : leafLabel(node.kind),
    kind,
    shape: node.shape.length === 0 ? 'scalar' : showShape(node.shape),
    dtype: node.dtype,
    value: readingOf(node.value, node.shape),
    gradient: gradient ? readingOf(gradient, node.shape) : null,
    noGradient: gradient ? null : whyNoGradient(view, id),
    source: view.source(id),
    ops,
    scope: view.scopePath(id),
  };
}

function leafLabel(kind: 'parameter' | 'input' | 'constant'): string {
  if (kind === 'parameter') return t('parameter');
  return kind === 'input' ? t('input') : t('constant');
}

/** The fold's ops in order of execution; a composite op counts once, under its own name. */
function opLabel(view: PassView, ops: readonly NodeId[]): string {
  const labels: string[] = [];
  let last: number | null = null;
  for (const id of ops) {
    const composite = outermostComposite(view, id);
    if (composite !== null && composite.id === last) continue;
    last = composite?.id ?? null;
    labels.push(composite?.name ?? view.graph.node(id).op);
  }
  const distinct = labels.filter((label, i) => label !== labels[i - 1] && label !== 'constant');
  return distinct.length > 4 ? `${distinct.slice(0, 3).join(', ')}, … ${distinct.length}` : distinct.join(', ');
}

function outermostComposite(view: PassView, id: NodeId): { id: number; name: string } | null {
  let found: { id: number; name: string } | null = null;
  for (
    let scope = view.trace.scopes[view.graph.node(id).scope];
    scope;
    scope = scope.parent === null ? undefined : view.trace.scopes[scope.parent]
  ) {
    if (scope.kind === 'composite') found = scope;
  }
  return found;
}

/** Null is not zero: why there is no gradient at all. */
function whyNoGradient({ graph, names }: PassView, id: NodeId): string {
  const node = graph.node(id);
  if (!isFloat(node.dtype)) return t('{0} values have no gradient', node.dtype);
  if (node.kind === 'constant') return t('a constant: nothing asks for its gradient');
  if (node.kind === 'input')
    return node.requiresGrad
      ? t('does not lead to {0}', names.shown(graph.pass.loss))
      : t('an input: it requires no gradient');
  if (node.requiresGrad) return t('does not lead to {0}', names.shown(graph.pass.loss));
  if (node.op === 'detach') return t('cut off by detach()');
  if (node.inputs.some((input) => graph.node(input).requiresGrad))
    return t('{0} passes no gradient on here: not differentiable, or inside noGrad()', node.op);
  return t('depends on nothing that requires a gradient');
}
