import * as vscode from 'vscode';
import { DisposableStore } from '../../engine/base/disposable.ts';
import { LineTable, type Offset } from '../../engine/base/span.ts';
import { diagnosticsName } from '../contributions.ts';
import { uriOf } from '../documents.ts';
import type { Feature } from '../feature.ts';

/** Puts what is wrong in the project's configuration of health into the Problems view, at its place in that file. */
export const projectConfig: Feature = {
  name: 'project-config',
  start: ({ health }) => {
    const store = new DisposableStore();
    const collection = store.add(vscode.languages.createDiagnosticCollection(`${diagnosticsName} config`));
    const publish = (): void => {
      collection.clear();
      const { config } = health;
      if (config === null) return;
      const lines = new LineTable(config.text);
      const position = (at: number): vscode.Position => {
        const { line, column } = lines.positionAt(at as Offset);
        return new vscode.Position(line - 1, column - 1);
      };
      const entries = config.problems.map(({ message, at, length }) => {
        const range = new vscode.Range(position(at), position(at + length));
        const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
        diagnostic.source = diagnosticsName;
        return diagnostic;
      });
      collection.set(uriOf(config.place), entries);
    };
    publish();
    store.add(health.onDidChange(publish));
    return store;
  },
};
