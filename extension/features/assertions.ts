import * as vscode from 'vscode';
import type { ModulePath } from '../../engine/base/brand.ts';
import { type Span, span } from '../../engine/base/span.ts';
import { assertionId, assertionsOf } from '../../engine/explain/health/assertions.ts';
import { suppressionNotes } from '../../engine/explain/health/suppression-notes.ts';
import type { Trace } from '../../engine/trace/format.ts';
import { diagnosticsName } from '../contributions.ts';
import { uriOf } from '../documents.ts';
import type { Feature } from '../feature.ts';
import type { FinishedRun } from '../live/live.ts';
import { rangesIn } from '../live/ranges.ts';
import { type FileDiagnostics, runDiagnostics } from '../live/run-diagnostics.ts';
import type { Services } from '../services.ts';

/** Puts gradients that are not what `expectGradient` says, and comments that silence nothing, into the Problems view. */
export const assertions: Feature = {
  name: 'assertions',
  // A run that failed says nothing of gradients: what was said of the last good one stays.
  start: (services) =>
    runDiagnostics(services.live, `${diagnosticsName} assertions`, (run) =>
      run.result.trace === null ? null : entriesOf(run, toldOf(run.result.trace, services)),
    ),
};

function entriesOf(run: FinishedRun, told: readonly Told[]): Promise<FileDiagnostics[]> {
  const files = new Set(told.map(({ file }) => file));
  return Promise.all(
    [...files].map(async (path): Promise<FileDiagnostics> => {
      const place = { root: run.root, path };
      const rangeOf = await rangesIn(place, run);
      return [uriOf(place), told.filter(({ file }) => file === path).flatMap((one) => diagnosticOf(one, rangeOf))];
    }),
  );
}

interface Told {
  readonly file: ModulePath;
  readonly span: Span;
  readonly code: vscode.Diagnostic['code'] & object;
  readonly message: string;
  readonly severity: vscode.DiagnosticSeverity;
}

function toldOf(trace: Trace, { health, context }: Services): Told[] {
  const target = vscode.Uri.joinPath(context.extensionUri, 'docs/rules/README.md');
  const failed = assertionsOf(trace).flatMap(({ passed, site, message }): Told[] => {
    if (passed) return [];
    const { file, span: at } = site ?? { file: trace.entry, span: span(0, 0) };
    const code = { value: assertionId, target };
    return [{ file, span: at, code, message, severity: vscode.DiagnosticSeverity.Error }];
  });
  const { examination } = health;
  const notes = (examination ? suppressionNotes(trace, examination) : []).map((note): Told => {
    const { file, rule, message, severity } = note;
    const level = { warning: vscode.DiagnosticSeverity.Warning, info: vscode.DiagnosticSeverity.Information }[severity];
    return { file, span: note.span, code: { value: rule, target }, message, severity: level };
  });
  return [...failed, ...notes];
}

function diagnosticOf(
  { span: at, code, message, severity }: Told,
  rangeOf: (span: Span) => vscode.Range | null,
): vscode.Diagnostic[] {
  const range = rangeOf(at);
  if (range === null) return [];
  const diagnostic = new vscode.Diagnostic(range, message, severity);
  diagnostic.source = diagnosticsName;
  diagnostic.code = code;
  return [diagnostic];
}
