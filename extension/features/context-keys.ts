import * as vscode from 'vscode';
import { DisposableStore } from '../../engine/base/disposable.ts';
import { contextKeys as keys } from '../contributions.ts';
import { candidateOf } from '../documents.ts';
import type { Feature } from '../feature.ts';
import { isModelFile } from '../live/choice.ts';

/** Keeps the `when` clauses of package.json true. */
export const contextKeys: Feature = {
  name: 'context keys',
  start: ({ live, permission }) => {
    const store = new DisposableStore();
    const known = new Map<string, boolean>();
    const set = (key: string, value: boolean): void => {
      if (known.get(key) === value) return;
      known.set(key, value);
      void vscode.commands.executeCommand('setContext', key, value);
    };
    const updateEditor = (): void => {
      const editor = vscode.window.activeTextEditor;
      set(keys.modelFile, editor !== undefined && isModelFile(candidateOf(editor.document)));
    };
    const updateLive = (): void => {
      set(keys.live, live.place !== null);
      set(keys.running, live.running);
      set(keys.allowed, permission.any);
    };
    store.add(vscode.window.onDidChangeActiveTextEditor(updateEditor));
    store.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === vscode.window.activeTextEditor?.document) updateEditor();
      }),
    );
    store.add(live.onDidChange(updateLive));
    store.add(permission.onDidChange(updateLive));
    updateEditor();
    updateLive();
    return store;
  },
};
