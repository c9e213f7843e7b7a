import * as vscode from 'vscode';
import type { Severity } from '../../engine/analysis/health/finding.ts';
import { rulePage } from '../../engine/explain/health/rule-page.ts';
import type { FindingView } from '../../engine/explain/health/view.ts';
import type { Trace } from '../../engine/trace/format.ts';
import { healthName } from '../contributions.ts';
import { uriOf } from '../documents.ts';
import type { Feature } from '../feature.ts';
import type { FinishedRun } from '../live/live.ts';
import { rangesIn } from '../live/ranges.ts';
import { type FileDiagnostics, runDiagnostics } from '../live/run-diagnostics.ts';
import type { Services } from '../services.ts';

/** Puts what is sick in the gradients of the last good run into the Problems view, at the expression that is responsible. */
export const health: Feature = {
  name: 'health',
  // A run that failed says nothing of gradients: what was said of the last good one stays.
  start: (services) =>
    runDiagnostics(services.live, healthName, (run) =>
      run.result.trace === null ? null : entriesOf(run, run.result.trace, services),
    ),
};

async function entriesOf(run: FinishedRun, trace: Trace, services: Services): Promise<FileDiagnostics[]> {
  if (!services.settings.enabled('health')) return [];
  const findings = services.live.presenter.findingsIn(trace);
  const files = new Set(
    findings
      .flatMap(({ source, related }) => [source, ...related.map((one) => one.source)])
      .map((source) => source?.file ?? trace.entry),
  );
  const ranges = new Map(
    await Promise.all([...files].map(async (path) => [path, await rangesIn({ root: run.root, path }, run)] as const)),
  );
  return [...files].map((path) => {
    const uri = uriOf({ root: run.root, path });
    const ofFile = findings.filter(({ source }) => (source?.file ?? trace.entry) === path);
    return [uri, ofFile.flatMap((finding) => diagnosticOf(finding, run, ranges, services))];
  });
}

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

type Ranges = ReadonlyMap<string, Awaited<ReturnType<typeof rangesIn>>>;

function diagnosticOf(finding: FindingView, run: FinishedRun, ranges: Ranges, services: Services): vscode.Diagnostic[] {
  const { rule, severity, message, advice, source, related } = finding;
  const range = source ? ranges.get(source.file)?.(source.span) : new vscode.Range(0, 0, 0, 0);
  if (!range) return [];
  const diagnostic = new vscode.Diagnostic(
    range,
    [message, advice].filter((text) => text !== null).join('\n'),
    severities[severity],
  );
  diagnostic.source = healthName;
  diagnostic.code = { value: rule, target: vscode.Uri.joinPath(services.context.extensionUri, rulePage(rule)) };
  diagnostic.relatedInformation = related.flatMap((one) => {
    const place = ranges.get(one.source.file)?.(one.source.span);
    const uri = uriOf({ root: run.root, path: one.source.file });
    return place ? [new vscode.DiagnosticRelatedInformation(new vscode.Location(uri, place), one.message)] : [];
  });
  return [diagnostic];
}
