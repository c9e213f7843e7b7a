import * as vscode from 'vscode';
import { DisposableStore } from '../../engine/base/disposable.ts';
import type { Problem } from '../../engine/base/problem.ts';
import { diagnosticsName } from '../contributions.ts';
import { uriOf } from '../documents.ts';
import type { Feature } from '../feature.ts';
import type { FinishedRun } from '../live/live.ts';
import { rangesIn } from '../live/ranges.ts';

/** Puts what the last run had to say into the Problems view, at its exact place; a mended problem goes. */
export const problems: Feature = {
  name: 'problems',
  start: ({ live }) => {
    const store = new DisposableStore();
    const collection = store.add(vscode.languages.createDiagnosticCollection(diagnosticsName));
    let newest: FinishedRun | null = null;
    const publish = async (run: FinishedRun): Promise<void> => {
      newest = run;
      const files = new Set(run.result.problems.map((problem) => problem.file));
      const entries = await Promise.all(
        [...files].map(async (path): Promise<[vscode.Uri, vscode.Diagnostic[]]> => {
          const place = { root: run.root, path };
          const rangeOfProblem = await rangesIn(place, run);
          const ofFile = run.result.problems.filter((problem) => problem.file === path);
          return [uriOf(place), ofFile.flatMap((problem) => diagnosticOf(problem, rangeOfProblem(problem.span)))];
        }),
      );
      // Reading a closed file took time, in which a newer run may have been published.
      if (newest !== run) return;
      collection.clear();
      collection.set(entries);
    };
    store.add(live.onDidFinish((run) => void publish(run)));
    store.add(
      live.onDidChange(() => {
        if (live.lastRun !== null) return;
        newest = null;
        collection.clear();
      }),
    );
    return store;
  },
};

function diagnosticOf(problem: Problem, range: vscode.Range | null): vscode.Diagnostic[] {
  if (range === null) return [];
  const severity = problem.severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  const diagnostic = new vscode.Diagnostic(range, problem.message, severity);
  diagnostic.source = diagnosticsName;
  diagnostic.code = problem.code;
  return [diagnostic];
}
