import type { PassView } from './pass-view.ts';
import { readingOf } from './reading.ts';
import type { InlayView } from './view.ts';

/** A value and a gradient at the end of each line that names something; the last of several repetitions. */
export function inlaysOf(view: PassView): InlayView[] {
  const { graph, names, pass, trace } = view;
  const byLine = new Map<string, InlayView>();
  for (const id of graph.nodes) {
    const node = graph.node(id);
    const site =
      node.sites.flatMap((one) => trace.sites.get(one) ?? []).find(({ kind }) => kind === 'name') ??
      (id === pass.loss ? view.siteOf(id) : null);
    if (!site || (node.name === null && id !== pass.loss)) continue;
    const gradient = pass.gradients.get(id);
    const { line } = view.lines(site.file).positionAt(site.of?.end ?? site.span.end);
    byLine.set(`${site.file}:${line}`, {
      file: site.file,
      span: site.of ?? site.span,
      value: node.kind === 'op' ? readingOf(node.value, node.shape).text : null,
      gradient:
        gradient && id !== pass.loss ? `∂${names.shown(pass.loss)} ${readingOf(gradient, node.shape).text}` : null,
      node: id,
    });
  }
  return [...byLine.values()].filter(({ value, gradient }) => value !== null || gradient !== null);
}
