import { leaksOf } from '../../analysis/health/leak.ts';
import type { NodeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import type { PassView } from '../pass-view.ts';
import { typeset } from '../names.ts';
import type { HealthLine } from '../view.ts';
import { summaryOf } from './build.ts';
import { normOf, repetitionsOf, usesOf } from './repetitions.ts';
import { sparklineOf } from './sparkline.ts';

/** So many decades below the loss a gradient is worth a word about where they are lost. */
const far = 3;

/**
 * What is worth knowing of the health of a node's gradient, a line each: what was found sick, else where its magnitude is lost;
 * and of one line of the source that stands for many nodes how the norm goes from one to the next. Empty for most nodes.
 */
export function healthLines(view: PassView, id: NodeId): HealthLine[] {
  const { ops } = view.chains.fold(id);
  const own = new Set(ops);
  const sick = view.findings().find(({ node, culprit }) => own.has(node) || (culprit !== null && own.has(culprit)));
  const found: HealthLine | null = sick ? { severity: sick.severity, text: sick.message } : null;
  return [found ?? wayLine(view, id), repetitionLine(view, id)].filter((line) => line !== null);
}

function wayLine(view: PassView, id: NodeId): HealthLine | null {
  const { graph, names } = view;
  if (!graph.hasGradient(id) || !(normOf(graph, id) <= 10 ** -far)) return null;
  const leaks = leaksOf(graph, id);
  const summary = leaks && summaryOf(view, leaks);
  const [from, to] = [names.shown(graph.pass.loss), names.shown(id)];
  return summary ? { severity: null, text: t('From {0} to {1}: {2}', from, to, summary) } : null;
}

/** `Gradient norm over 40 repetitions, h[39] to h[0]: █▇▆▅▄▃▂▁ 0.0213 → 1.20e−15` */
function repetitionLine(view: PassView, id: NodeId): HealthLine | null {
  const { graph, names } = view;
  const repeated = repetitionsOf(view, id);
  if (repeated.length > 0) {
    const { blocks, text } = sparklineOf(repeated.map((one) => normOf(graph, one)));
    const [first, last] = [repeated[0]!, repeated.at(-1)!].map((one) => names.shown(view.shownFor(one) ?? one));
    return {
      severity: null,
      text: t('Gradient norm over {0} repetitions, {1} to {2}: {3} {4}', repeated.length, first!, last!, blocks, text),
    };
  }
  const added = usesOf(view, id);
  if (added.length === 0) return null;
  const { blocks, text } = sparklineOf(added);
  const name = typeset(graph.node(id).name ?? names.shown(id));
  return {
    severity: null,
    text: t(
      'Each of {0} uses adds to the gradient of {1}; norms, last use first: {2} {3}',
      added.length,
      name,
      blocks,
      text,
    ),
  };
}
