import type { RuleId } from '../../analysis/health/finding.ts';
import { earliestUse } from '../../analysis/health/earliest-use.ts';
import { leaksOf } from '../../analysis/health/leak.ts';
import type { NodeId } from '../../base/brand.ts';
import { type Marks, marksOf } from '../flow/marks.ts';
import type { PassView } from '../pass-view.ts';
import type { FindingView, ShownFinding } from './view.ts';

/** What is marked on the way to a node: where a gradient is lost, or where it grows. */
const marking: Partial<Record<RuleId, 'loses' | 'gains'>> = {
  'vanishing-gradient': 'loses',
  'zero-gradient': 'loses',
  'exploding-gradient': 'gains',
};

/** Findings as the panel lists them and marks them in the graph as it is shown. */
export function shownFindings(view: PassView, findings: readonly FindingView[]): ShownFinding[] {
  return findings.map((finding): ShownFinding => {
    const { rule, severity, message, advice, node, culprit, name, source } = finding;
    const shown = [node, culprit].map((id) => (id === null ? null : view.shownFor(id)));
    const change = marking[rule] ?? null;
    return {
      rule,
      severity,
      message,
      advice,
      name,
      node: shown[0] ?? shown[1] ?? null,
      place: source && { file: source.file, line: source.line },
      nodes: [...new Set(shown.filter((id) => id !== null))],
      marked: change && { change, edges: culpritEdges(view, node, culprit) },
    };
  });
}

/** The edges of the graph that the gradient takes through the place that is at fault. */
function culpritEdges(view: PassView, node: NodeId, culprit: NodeId | null): Marks['edges'] {
  const { graph } = view;
  if (culprit === null || !graph.has(node)) return [];
  const leaks = leaksOf(graph, earliestUse(graph, node) ?? node);
  const place = leaks?.places.find(({ passages }) => passages.some(({ through }) => through === culprit));
  return leaks && place ? marksOf(view, leaks.passages, place.passages).edges : [];
}
