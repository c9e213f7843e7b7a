import * as vscode from 'vscode';
import { DisposableStore } from '../../engine/base/disposable.ts';
import { t } from '../../engine/base/l10n.ts';
import type { ModelSummary } from '../../engine/explain/view.ts';
import { commands, statusBarId } from '../contributions.ts';
import { placeOfUri } from '../documents.ts';
import type { Feature } from '../feature.ts';
import type { Live } from '../live/live.ts';
import { markOf } from '../live/mark.ts';
import { type Cursor, toldModel } from '../live/told-model.ts';

/** Says how the live file stands; stops a run that takes long. */
export const statusBar: Feature = {
  name: 'status bar',
  start: ({ live, debugging }) => {
    const store = new DisposableStore();
    const item = store.add(vscode.window.createStatusBarItem(statusBarId, vscode.StatusBarAlignment.Right, 50));
    item.name = 'Retrograd';
    let summaries: readonly ModelSummary[] = [];
    const update = (): void => {
      if (live.status === 'running')
        show(item, `$(sync~spin) ∇ ${live.place?.path ?? ''}`, t('Running. Stop.'), commands.stop);
      else if (live.status === 'empty') item.hide();
      else
        show(
          item,
          `∇ ${textOf(live, summaries)}${live.status === 'live' ? markOf({ live, debugging }) : ''}`,
          tooltipOf(live.status),
          live.status === 'unasked' ? commands.run : commands.showGraph,
        );
    };
    const changed = (): void => {
      summaries = live.status === 'live' ? live.presenter.summaries() : [];
      update();
    };
    store.add(live.onDidChange(changed));
    // One model is told of wherever the cursor is.
    const moved = (): void => void (summaries.length > 1 && update());
    store.add(vscode.window.onDidChangeTextEditorSelection(moved));
    store.add(vscode.window.onDidChangeActiveTextEditor(moved));
    changed();
    return store;
  },
};

function tooltipOf(status: Exclude<Live['status'], 'running' | 'empty'>): string {
  switch (status) {
    case 'untrusted':
      return t('This workspace is not trusted: no model of it runs.');
    case 'unasked':
      return t('Models of this workspace do not run yet. Run them.');
    case 'live':
      return t('The loss of the model as it stands in the editor. Show its graph.');
    case 'stale':
      return t('The last run failed; the graph is of the last one that worked.');
    case 'failed':
      return t('The run failed. The Problems view says why.');
  }
}

function textOf(live: Live, summaries: readonly ModelSummary[]): string {
  switch (live.status) {
    case 'live':
      return lossIn(live, summaries) ?? t('live');
    case 'untrusted':
      return t('restricted');
    case 'unasked':
      return t('not running');
    case 'stale':
      return t('stale');
    case 'failed':
      return t('failed');
    case 'running':
    case 'empty':
      return '';
  }
}

/** Of several models with its name: which one it is depends on where one is. */
function lossIn({ presenter, place }: Live, summaries: readonly ModelSummary[]): string | null {
  const told = toldModel(summaries, presenter.view, place && cursorIn(place.root));
  if (told === null) return null;
  const isOneOfMany = new Set(summaries.map(({ name }) => name)).size > 1;
  return isOneOfMany ? `${told.name}: ${told.loss}` : told.loss;
}

/** Null where no text editor has the focus, such as in the panel. */
function cursorIn(root: string): Cursor | null {
  const editor = vscode.window.activeTextEditor;
  const place = editor && placeOfUri(editor.document.uri);
  if (!editor || !place || place.root !== root) return null;
  return { file: place.path, offset: editor.document.offsetAt(editor.selection.active) };
}

function show(item: vscode.StatusBarItem, text: string, tooltip: string, command: string): void {
  item.text = text;
  item.tooltip = tooltip;
  item.command = command;
  item.show();
}
