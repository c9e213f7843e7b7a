import * as vscode from 'vscode';
import { DisposableStore } from '../../engine/base/disposable.ts';
import type { FinishedRun, Live } from './live.ts';

export type FileDiagnostics = [vscode.Uri, vscode.Diagnostic[]];

/**
 * Diagnostics of the run that finished last, as long as there is one.
 * @param entriesOf null for a run that has nothing to say here: what was said of the one before stays
 */
export function runDiagnostics(
  live: Live,
  name: string,
  entriesOf: (run: FinishedRun) => Promise<FileDiagnostics[]> | null,
): DisposableStore {
  const store = new DisposableStore();
  const collection = store.add(vscode.languages.createDiagnosticCollection(name));
  let newest: FinishedRun | null = null;
  const publish = async (run: FinishedRun, found: Promise<FileDiagnostics[]>): Promise<void> => {
    newest = run;
    const entries = await found;
    // Reading a closed file took time, in which a newer run may have been published.
    if (newest !== run) return;
    collection.clear();
    collection.set(entries);
  };
  store.add(
    live.onDidFinish((run) => {
      const found = entriesOf(run);
      if (found !== null) void publish(run, found);
    }),
  );
  store.add(
    live.onDidChange(() => {
      if (live.lastRun !== null) return;
      newest = null;
      collection.clear();
    }),
  );
  return store;
}
