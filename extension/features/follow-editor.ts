import * as vscode from 'vscode';
import { DisposableStore } from '../../engine/base/disposable.ts';
import { programExtensions } from '../contributions.ts';
import { candidateOf, openDocument, placeOfUri } from '../documents.ts';
import type { Feature } from '../feature.ts';
import { chooseLive, isModelFile } from '../live/choice.ts';
import type { Place } from '../place.ts';

/** So that a window that comes back with the panel in front, and no text editor, knows which file it showed. */
const lastPlace = 'retrograd.lastPlace';

/** Keeps the live file where the author works, and lets the live state know of every change of a text. */
export const followEditor: Feature = {
  name: 'follow editor',
  start: ({ live, permission, context }) => {
    const store = new DisposableStore();
    const consider = (document: vscode.TextDocument): void =>
      live.follow(chooseLive(live.place, candidateOf(document), (place) => live.reads(place)));

    const onDisk = (uri: vscode.Uri): void => {
      const place = placeOfUri(uri);
      // An open document tells of its changes itself, and what it holds is what runs.
      if (place !== null && openDocument(place) === undefined) live.edited(place);
    };

    store.add(vscode.window.onDidChangeActiveTextEditor((editor) => editor && consider(editor.document)));
    store.add(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0) return;
        if (document === vscode.window.activeTextEditor?.document) consider(document);
        const place = placeOfUri(document.uri);
        if (place !== null) live.edited(place);
      }),
    );
    const endings = programExtensions.map((extension) => extension.slice(1)).join(',');
    const watcher = store.add(vscode.workspace.createFileSystemWatcher(`**/*.{${endings}}`));
    for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) store.add(event(onDisk));
    store.add(
      live.onDidChange(() => {
        if (live.place !== null && context.workspaceState.get<Place>(lastPlace)?.path !== live.place.path) {
          void context.workspaceState.update(lastPlace, live.place);
        }
      }),
    );

    const shown = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors].flatMap(
      (editor) => editor?.document ?? [],
    );
    const first = shown.find((document) => isModelFile(candidateOf(document)));
    const last = context.workspaceState.get<Place>(lastPlace);
    if (first !== undefined) consider(first);
    else if (last !== undefined && permission.allows(last.root)) live.follow(last);
    return store;
  },
};
