import type { NodeId } from '../base/brand.ts';
import type { ElementMode } from './element/mode.ts';
import { formatNumber } from './numbers.ts';
import type { PassView } from './pass-view.ts';
import { readingOf } from './reading.ts';
import type { InlayView } from './view.ts';

/** A value and a gradient at the end of each line that names something; the last of several repetitions. */
export function inlaysOf(view: PassView): InlayView[] {
  const { graph, pass, trace } = view;
  const byLine = new Map<string, InlayView>();
  for (const id of graph.nodes) {
    const node = graph.node(id);
    const site =
      node.sites.flatMap((one) => trace.sites.get(one) ?? []).find(({ kind }) => kind === 'name') ??
      (id === pass.loss ? view.siteOf(id) : null);
    if (!site || (node.name === null && id !== pass.loss)) continue;
    const shown = view.element ? hintInElement(view, view.element, id) : hintOf(view, id);
    if (!shown) continue;
    const { line } = view.lines(site.file).positionAt(site.of?.end ?? site.span.end);
    byLine.set(`${site.file}:${line}`, {
      file: site.file,
      span: site.of ?? site.span,
      ...shown,
      node: id,
    });
  }
  return [...byLine.values()].filter(({ value, gradient }) => value !== null || gradient !== null);
}

type Hint = Pick<InlayView, 'value' | 'gradient'>;

function hintOf({ graph, names, pass }: PassView, id: NodeId): Hint {
  const node = graph.node(id);
  const gradient = pass.gradients.get(id);
  return {
    value: node.kind === 'op' ? readingOf(node.value, node.shape).text : null,
    gradient:
      gradient && id !== pass.loss ? `∂${names.shown(pass.loss)} ${readingOf(gradient, node.shape).text}` : null,
  };
}

/** `z[1,0] 0.5312`, and its gradient; nothing for what the chosen element has no part in. */
function hintInElement({ names, pass }: PassView, mode: ElementMode, id: NodeId): Hint | null {
  const seat = mode.seat(id);
  if (!seat) return null;
  const gradient = mode.gradientOf(seat.element);
  return {
    value: `${mode.nameOf(seat.element)} ${formatNumber(mode.valueOf(seat.element))}`,
    gradient: gradient !== null && id !== pass.loss ? `∂${names.shown(pass.loss)} ${formatNumber(gradient)}` : null,
  };
}
