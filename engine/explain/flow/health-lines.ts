import { leaksOf } from '../../analysis/health/leak.ts';
import type { NodeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import type { PassView } from '../pass-view.ts';
import type { HealthLine } from '../view.ts';
import { far, summaryOf } from './build.ts';
import { normOf } from './repetitions.ts';
import { repetitionsText } from './repetitions-text.ts';

/**
 * What is worth knowing of the health of a node's gradient, a line each: what was found sick, else where its magnitude is lost;
 * and of one line of the source that stands for many nodes how the norm goes from one to the next. Empty for most nodes.
 */
export function healthLines(view: PassView, id: NodeId): HealthLine[] {
  const { ops } = view.chains.fold(id);
  const own = new Set(ops);
  const sick = view.findings().find(({ node, culprit }) => own.has(node) || (culprit !== null && own.has(culprit)));
  const found: HealthLine | null = sick ? { severity: sick.severity, text: sick.message } : null;
  // Why little arrives says more than a note about what comes of it.
  const told = sick?.severity === 'info' ? (wayLine(view, id) ?? found) : (found ?? wayLine(view, id));
  return [told, repetitionLine(view, id)].filter((line) => line !== null);
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
  const told = repetitionsText(view, id);
  if (!told) return null;
  const { label, sparkline } = told;
  return { severity: null, text: `${label} ${sparkline.blocks} ${sparkline.text}` };
}
