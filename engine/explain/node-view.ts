import type { NodeId } from '../base/brand.ts';
import { t } from '../base/l10n.ts';
import { showShape } from '../tensor/shape.ts';
import { nodeInElement } from './element/in-graph.ts';
import { opsLabel } from './op-names.ts';
import type { PassView } from './pass-view.ts';
import { readingOf } from './reading.ts';
import type { NodeKind, NodeView } from './view.ts';
import { whyNoGradient } from './why.ts';

export function nodeView(view: PassView, id: NodeId): NodeView {
  const { graph, names } = view;
  const node = graph.node(id);
  const { ops } = view.chains.fold(id);
  const gradient = graph.pass.gradients.get(id);
  const kind: NodeKind = id === graph.pass.loss ? 'loss' : node.kind;
  return nodeInElement(view, {
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
    element: null,
  });
}

function leafLabel(kind: 'parameter' | 'input' | 'constant'): string {
  if (kind === 'parameter') return t('parameter');
  return kind === 'input' ? t('input') : t('constant');
}
