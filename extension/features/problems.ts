import * as vscode from 'vscode';
import { DisposableStore } from '../../engine/base/disposable.ts';
import type { Problem } from '../../engine/base/problem.ts';
import { LineTable, type Offset } from '../../engine/base/span.ts';
import { diagnosticsName } from '../contributions.ts';
import { openDocument, rangeOf, uriOf } from '../documents.ts';
import type { Feature } from '../feature.ts';
import { Drift } from '../live/drift.ts';
import type { FinishedRun } from '../live/live.ts';
import type { Place } from '../place.ts';

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
          return [uriOf(place), ofFile.flatMap((problem) => diagnosticOf(problem, rangeOfProblem(problem)))];
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

/** Null where what the problem was about has been edited since: the run to come will say whether it is still there. */
async function rangesIn(place: Place, run: FinishedRun): Promise<(problem: Problem) => vscode.Range | null> {
  const document = openDocument(place);
  if (document !== undefined) {
    const now = document.getText();
    const drift = new Drift(run.texts.get(place.path) ?? now, now);
    return ({ span }) => {
      const moved = drift.spanAfter(span);
      return moved === null ? null : rangeOf(document, moved);
    };
  }
  const traced = run.result.trace?.files.find((file) => file.path === place.path)?.text;
  const lines = new LineTable(traced ?? (await textOnDisk(place)));
  const position = (offset: Offset): vscode.Position => {
    const { line, column } = lines.positionAt(offset);
    return new vscode.Position(line - 1, column - 1);
  };
  return ({ span }) => new vscode.Range(position(span.start), position(span.end));
}

async function textOnDisk(place: Place): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uriOf(place)));
  } catch {
    return '';
  }
}

function diagnosticOf(problem: Problem, range: vscode.Range | null): vscode.Diagnostic[] {
  if (range === null) return [];
  const severity = problem.severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  const diagnostic = new vscode.Diagnostic(range, problem.message, severity);
  diagnostic.source = diagnosticsName;
  diagnostic.code = problem.code;
  return [diagnostic];
}
