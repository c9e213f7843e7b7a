import * as vscode from 'vscode';
import type { Problem } from '../../engine/base/problem.ts';
import { diagnosticsName } from '../contributions.ts';
import { uriOf } from '../documents.ts';
import type { Feature } from '../feature.ts';
import type { FinishedRun } from '../live/live.ts';
import { rangesIn } from '../live/ranges.ts';
import { type FileDiagnostics, runDiagnostics } from '../live/run-diagnostics.ts';

/** Puts what the last run had to say into the Problems view, at its exact place; a mended problem goes. */
export const problems: Feature = {
  name: 'problems',
  start: ({ live }) => runDiagnostics(live, diagnosticsName, entriesOf),
};

function entriesOf(run: FinishedRun): Promise<FileDiagnostics[]> {
  const files = new Set(run.result.problems.map((problem) => problem.file));
  return Promise.all(
    [...files].map(async (path): Promise<FileDiagnostics> => {
      const place = { root: run.root, path };
      const rangeOfProblem = await rangesIn(place, run);
      const ofFile = run.result.problems.filter((problem) => problem.file === path);
      return [uriOf(place), ofFile.flatMap((problem) => diagnosticOf(problem, rangeOfProblem(problem.span)))];
    }),
  );
}

function diagnosticOf(problem: Problem, range: vscode.Range | null): vscode.Diagnostic[] {
  if (range === null) return [];
  const severity = problem.severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  const diagnostic = new vscode.Diagnostic(range, problem.message, severity);
  diagnostic.source = diagnosticsName;
  diagnostic.code = problem.code;
  return [diagnostic];
}
