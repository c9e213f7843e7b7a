import { examine } from '../../analysis/health/examine.ts';
import type { Finding, RuleId } from '../../analysis/health/finding.ts';
import { type Thresholds, defaultThresholds } from '../../analysis/thresholds.ts';
import type { NodeId } from '../../base/brand.ts';
import { MissingContent, Recording } from '../../replay/recording.ts';
import type { PassView } from '../pass-view.ts';
import { silences, suppressionsOf } from './suppress.ts';
import type { FindingView } from './view.ts';
import { nameOf, sourceNear, wordsFor } from './words.ts';

export interface Examination {
  readonly thresholds?: Thresholds;
  /** Rules that are switched off. */
  readonly off?: ReadonlySet<RuleId>;
  /** The loss before each step of training so far. */
  readonly losses?: readonly number[];
}

/** Everything that is sick in a pass, in words, most severe first. What a comment of the source asks to be silent about is left out. */
export function findingsOf(view: PassView, examination: Examination = {}): FindingView[] {
  const silent = new Map(view.trace.files.map(({ path, text }) => [path, suppressionsOf(text)]));
  return examined(view, examination).filter(
    ({ rule, source }) => !source || !silent.get(source.file)?.some((one) => silences(one, rule, source.line)),
  );
}

/** The same, whatever comments ask for. */
export function examined(view: PassView, { thresholds, off, losses }: Examination): FindingView[] {
  const recording = new Recording(view.graph);
  const values = (id: NodeId): ArrayLike<number> | null => {
    try {
      return recording.value(id).data;
    } catch (error) {
      if (error instanceof MissingContent) return null;
      throw error;
    }
  };
  const patient = { graph: view.graph, thresholds: thresholds ?? defaultThresholds, values, losses: losses ?? [] };
  const findings = examine(patient, off).map((finding) => findingView(finding, view));
  return findings.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

const severities = ['error', 'warning', 'info'];

function findingView(finding: Finding, view: PassView): FindingView {
  const { rule, severity, confidence, node, culprit, along, evidence } = finding;
  const { message, advice } = wordsFor(finding, view);
  return {
    rule,
    severity,
    confidence,
    message,
    advice,
    node,
    culprit,
    name: nameOf(node, view),
    source: (culprit === null ? null : sourceNear(culprit, view)) ?? sourceNear(node, view),
    related: along.flatMap((id) => {
      const source = sourceNear(id, view);
      return source ? [{ source, message: nameOf(id, view) }] : [];
    }),
    evidence,
  };
}
