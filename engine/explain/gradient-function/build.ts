import type { NodeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import { type NoGradientFunction, gradientFunction, mostOps } from '../../replay/gradient-function.ts';
import { nodeView } from '../node-view.ts';
import type { PassView } from '../pass-view.ts';
import { aligned, linesOf } from './lines.ts';
import { markdownOf } from './markdown.ts';
import { programOf } from './program.ts';
import type { GradientFunctionView } from './view.ts';

/** The gradient of one node as a function of the leaves, or why it is not written as one. */
export function buildGradientFunction(view: PassView, id: NodeId): GradientFunctionView {
  const title = view.names.partial(view.pass.loss, id);
  const gradient = gradientFunction(view.graph, id);
  if ('kind' in gradient)
    return { node: id, title, refusal: refusalOf(view, id, title, gradient), lines: null, texts: null };
  const lines = linesOf(view, gradient);
  const texts = {
    latex: `${aligned(lines)}\n`,
    markdown: markdownOf(view, gradient, lines),
    typescript: programOf(view, gradient),
  };
  return { node: id, title, refusal: null, lines, texts };
}

function refusalOf(view: PassView, id: NodeId, title: string, why: NoGradientFunction): string {
  if (why.kind === 'no gradient') return t('No gradient: {0}.', nodeView(view, id).noGradient ?? '');
  return t(
    '{0} takes {1} operations or more; as one formula it is written up to {2}. Choose a node that is nearer to {3}.',
    title,
    why.ops,
    mostOps,
    view.names.shown(view.pass.loss),
  );
}
