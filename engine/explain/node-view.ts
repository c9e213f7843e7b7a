import type { NodeId } from '../base/brand.ts';
import { t } from '../base/l10n.ts';
import { isFloat } from '../tensor/dtype.ts';
import { showShape } from '../tensor/shape.ts';
import { opsLabel } from './op-names.ts';
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
    op: node.kind === 'op' ? opsLabel(view, ops) : leafLabel(node.kind),
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
