import type { Confidence, Evidence, RuleId, Severity } from '../../analysis/health/finding.ts';
import { LineTable, type Span } from '../../base/span.ts';
import type { Trace } from '../../trace/format.ts';
import { type CheckDocument, checkDocument } from '../check/document.ts';
import type { ProblemDocument } from '../json.ts';
import { checkSteps } from '../check/steps.ts';
import { PassView } from '../pass-view.ts';
import { assertionsOf } from './assertions.ts';
import { severities } from './config.ts';
import { type Examination, findingsOf } from './findings.ts';
import { type SuppressionNote, suppressionNotes } from './suppression-notes.ts';
import { sourceNear } from './words.ts';

/** Lines and columns from 1. */
export interface PlaceDocument {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A place on the way from the loss to what a finding is about. */
export interface RelatedDocument extends PlaceDocument {
  /** What is there, as shown. */
  readonly message: string;
}

/** What kept a program from running, or is said of its run. */
export type ProblemOfRun = ProblemDocument & { readonly severity: string };

/** A finding as `retrograd check` tells it. */
export interface FindingDocument extends PlaceDocument {
  readonly rule: RuleId | SuppressionNote['rule'];
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Null for what is said of a comment. */
  readonly model: string | null;
  /** What is sick, as shown: `W₁`; null for what is said of a comment. */
  readonly node: string | null;
  readonly message: string;
  readonly advice: string | null;
  readonly evidence: Evidence;
  readonly related: readonly RelatedDocument[];
}

/** What `expectGradient` asked for, and what became of it. */
export interface AssertionDocument extends PlaceDocument {
  readonly passed: boolean;
  readonly model: string;
  /** Of whose gradient, as shown: `W₁`. */
  readonly node: string;
  readonly message: string;
  /** `norm`: Euclidean; null where there is no gradient, or none that is finite. `high` is null for no bound. */
  readonly evidence: { readonly norm: number | null; readonly low: number; readonly high: number | null };
}

/** What `retrograd gradcheck --json` prints of a model, with the places of its nodes. */
export interface GradientCheckDocument extends Omit<CheckDocument, 'nodes'> {
  readonly nodes: readonly (CheckDocument['nodes'][number] & PlaceDocument)[];
}

/** What `retrograd check --format json` prints. */
export interface CheckReport {
  readonly findings: readonly FindingDocument[];
  readonly gradientChecks: readonly GradientCheckDocument[];
  readonly assertions: readonly AssertionDocument[];
  /** Of the runs themselves; where one failed there may be nothing else. */
  readonly problems: readonly ProblemOfRun[];
}

export const emptyReport: CheckReport = { findings: [], gradientChecks: [], assertions: [], problems: [] };

export interface ReportOptions extends Examination {
  /** Only these rules; all without it. */
  readonly only?: ReadonlySet<RuleId>;
  readonly model?: string;
  /** Whether gradients are compared with central differences too. */
  readonly gradients: boolean;
  /** Told of each comparison of gradients: the model, how many are done, and of how many. */
  readonly progress?: (model: string, done: number, total: number) => void;
  readonly problems?: readonly ProblemOfRun[];
}

/** Findings, gradient checks and assertions of the models of a run. */
export function reportOf(
  trace: Trace,
  { only, model, gradients, progress, problems, ...examination }: ReportOptions,
): CheckReport {
  const views = trace.passes
    .filter(({ name }) => model === undefined || name === model)
    .map((pass) => new PassView(trace, pass, 'named'));
  const findings = onceEach(views.flatMap((view) => findingDocuments(view, examination)));
  // What one model leaves unused, another may need.
  const notes = model === undefined && only === undefined ? noteDocuments(trace, examination) : [];
  return {
    findings: [...findings.filter(({ rule }) => only === undefined || only.has(rule)), ...notes],
    gradientChecks: gradients ? views.map((view) => checkOf(view, progress)) : [],
    assertions: assertionDocuments(trace, model),
    problems: problems ?? [],
  };
}

/** Whether a report has findings that weigh as much as `failOn`, a gradient that is wrong, or one that is not as expected. */
export function fails({ findings, gradientChecks, assertions }: CheckReport, failOn: Severity): boolean {
  const weighty = severities.slice(0, severities.indexOf(failOn) + 1);
  return (
    findings.some(({ severity }) => weighty.some((one) => one === severity)) ||
    gradientChecks.some(({ passed }) => !passed) ||
    assertions.some(({ passed }) => !passed)
  );
}

/** A loop of the program that trains has a pass for every step: what they have in common is told of the first. */
function onceEach<Finding extends FindingDocument>(findings: readonly Finding[]): Finding[] {
  const told = new Map<string, Finding>();
  for (const finding of findings) {
    const { rule, model, file, line, column, endLine, endColumn } = finding;
    const key = JSON.stringify([rule, model, file, line, column, endLine, endColumn]);
    if (!told.has(key)) told.set(key, finding);
  }
  return [...told.values()];
}

function findingDocuments(view: PassView, examination: Examination): (FindingDocument & { readonly rule: RuleId })[] {
  return findingsOf(view, examination).map((finding) => {
    const { rule, severity, confidence, name, message, advice, evidence, source, related } = finding;
    return {
      rule,
      severity,
      confidence,
      model: view.pass.name,
      node: name,
      ...placeOf(view.trace, source),
      message,
      advice,
      evidence,
      related: related.map((one) => ({ ...placeOf(view.trace, one.source), message: one.message })),
    };
  });
}

const noteDocuments = (trace: Trace, examination: Examination): FindingDocument[] =>
  suppressionNotes(trace, examination).map((note): FindingDocument => {
    const { rule, severity, message, file, span } = note;
    const written = trace.files.find(({ path }) => path === file)!.text.slice(span.start, span.end);
    return {
      rule,
      severity,
      confidence: 'certain',
      model: null,
      node: null,
      ...placeOf(trace, note),
      message,
      advice: null,
      evidence: { written },
      related: [],
    };
  });

const assertionDocuments = (trace: Trace, model: string | undefined): AssertionDocument[] =>
  assertionsOf(trace, model).map(({ passed, model: of, name, message, norm, site, expected: { low, high } }) => ({
    passed,
    ...placeOf(trace, site),
    message,
    model: of,
    node: name,
    evidence: { norm, low, high: Number.isFinite(high) ? high : null },
  }));

/** What has no place of its own stands at the beginning of the program. */
function placeOf(trace: Trace, place: { readonly file: string; readonly span: Span } | null): PlaceDocument {
  const file = place?.file ?? trace.entry;
  const lines = new LineTable(trace.files.find(({ path }) => path === file)?.text ?? '');
  const start = place ? lines.positionAt(place.span.start) : { line: 1, column: 1 };
  const end = place ? lines.positionAt(place.span.end) : start;
  return { file, ...start, endLine: end.line, endColumn: end.column };
}

/** Applications of ops that the check of a model's gradients may take: about a second. `retrograd gradcheck` takes its time. */
const affordable = 150_000;

function checkOf(view: PassView, progress: ReportOptions['progress']): GradientCheckDocument {
  const steps = checkSteps(view, { node: null, applications: affordable });
  for (;;) {
    const { done, value } = steps.next();
    if (!done) {
      progress?.(view.pass.name, value.done, value.total);
      continue;
    }
    const document = checkDocument(view, value);
    const nodes = document.nodes.map((node, i) => ({
      ...node,
      ...placeOf(view.trace, sourceNear(value.nodes[i]!.node, view)),
    }));
    return { ...document, nodes };
  }
}
