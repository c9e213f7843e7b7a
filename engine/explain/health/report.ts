import type { Confidence, Evidence, RuleId, Severity } from '../../analysis/health/finding.ts';
import { LineTable } from '../../base/span.ts';
import type { Trace } from '../../trace/format.ts';
import { type CheckDocument, checkDocument } from '../check/document.ts';
import { checkSteps } from '../check/steps.ts';
import { PassView } from '../pass-view.ts';
import { type Examination, findingsOf } from './findings.ts';
import { severities } from './config.ts';

/** A finding as `retrograd check` tells it. Lines and columns from 1. */
export interface FindingDocument {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly model: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly advice: string | null;
  readonly evidence: Evidence;
}

/** What `retrograd check --format json` prints. */
export interface CheckReport {
  readonly findings: readonly FindingDocument[];
  readonly gradientChecks: readonly CheckDocument[];
}

export interface ReportOptions extends Examination {
  /** Only these rules; all without it. */
  readonly only?: ReadonlySet<RuleId>;
  readonly model?: string;
  /** Whether gradients are compared with central differences too. */
  readonly gradients: boolean;
}

/** Findings and gradient checks of the models of a run. */
export function reportOf(trace: Trace, { only, model, gradients, ...examination }: ReportOptions): CheckReport {
  const views = trace.passes
    .filter(({ name }) => model === undefined || name === model)
    .map((pass) => new PassView(trace, pass, 'named'));
  const findings = views.flatMap((view) => documentsOf(view, examination));
  return {
    findings: findings.filter(({ rule }) => only === undefined || only.has(rule)),
    gradientChecks: gradients ? views.map(checkOf) : [],
  };
}

/** Whether a report has findings that weigh as much as `failOn`, or a gradient that is wrong. */
export function fails({ findings, gradientChecks }: CheckReport, failOn: Severity): boolean {
  const weighty = severities.slice(0, severities.indexOf(failOn) + 1);
  return (
    findings.some(({ severity }) => weighty.some((one) => one === severity)) ||
    gradientChecks.some(({ passed }) => !passed)
  );
}

function documentsOf(view: PassView, examination: Examination): FindingDocument[] {
  return findingsOf(view, examination).map((finding): FindingDocument => {
    const { rule, severity, confidence, message, advice, evidence, source } = finding;
    const file = source?.file ?? view.trace.entry;
    const lines = new LineTable(view.trace.files.find(({ path }) => path === file)?.text ?? '');
    const start = source ? lines.positionAt(source.span.start) : { line: 1, column: 1 };
    const end = source ? lines.positionAt(source.span.end) : start;
    return {
      rule,
      severity,
      confidence,
      model: view.pass.name,
      file,
      ...start,
      endLine: end.line,
      endColumn: end.column,
      message,
      advice,
      evidence,
    };
  });
}

function checkOf(view: PassView): CheckDocument {
  const steps = checkSteps(view, { node: null });
  for (;;) {
    const { done, value } = steps.next();
    if (done) return checkDocument(view, value);
  }
}
