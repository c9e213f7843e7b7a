import * as vscode from 'vscode';
import { DisposableStore } from '../../../engine/base/disposable.ts';
import { nameOf } from '../../../engine/base/paths.ts';
import { t } from '../../../engine/base/l10n.ts';
import { commands, panelViewType } from '../../contributions.ts';
import { candidateOf } from '../../documents.ts';
import type { Feature } from '../../feature.ts';
import { isModelFile } from '../../live/choice.ts';
import { modelAsked } from '../../model-asked.ts';
import type { Services } from '../../services.ts';
import { converse } from './conversation.ts';
import { pageFor, webviewOptions } from './page.ts';

/** The graph beside the editor: one panel, which follows the live file. */
export const panel: Feature = {
  name: 'panel',
  start: (services) => {
    const { context, live } = services;
    const store = new DisposableStore();
    let shown: vscode.WebviewPanel | null = null;

    const title = (): string => (live.place === null ? t('Graph') : t('Graph: {0}', nameOf(live.place.path)));
    const adopt = (webviewPanel: vscode.WebviewPanel): void => {
      shown?.dispose();
      shown = webviewPanel;
      webviewPanel.webview.options = webviewOptions(context.extensionUri);
      const conversation = converse(services, webviewPanel);
      webviewPanel.onDidDispose(() => {
        conversation.dispose();
        if (shown === webviewPanel) shown = null;
      });
      webviewPanel.title = title();
      const icon = (theme: string): vscode.Uri =>
        vscode.Uri.joinPath(context.extensionUri, 'media', `graph-${theme}.svg`);
      webviewPanel.iconPath = { light: icon('light'), dark: icon('dark') };
      webviewPanel.webview.html = pageFor(webviewPanel.webview, context.extensionUri);
    };
    const show = async (asked: unknown): Promise<void> => {
      const { uri, model } = modelAsked(asked);
      if (!(await chooseDocument(services, uri))) return;
      if (model !== null) live.choose(model, live.snapshot.graph?.granularity ?? services.settings.granularity, []);
      if (shown === null) {
        const where = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
        adopt(vscode.window.createWebviewPanel(panelViewType, title(), where, { retainContextWhenHidden: false }));
      } else {
        shown.reveal(undefined, true);
      }
      // Asking for the graph is asking for the run. In an untrusted workspace it is not: the panel says what to do.
      if (live.place !== null && vscode.workspace.isTrusted) await services.permission.grant(live.place.root);
    };

    store.add(vscode.commands.registerCommand(commands.showGraph, show));
    store.add(
      vscode.window.registerWebviewPanelSerializer(panelViewType, {
        deserializeWebviewPanel: async (old) => adopt(old),
      }),
    );
    store.add(
      live.onDidChange(() => {
        if (shown !== null && shown.title !== title()) shown.title = title();
      }),
    );
    store.add({ dispose: () => void shown?.dispose() });
    return store;
  },
};

/** Makes the document that was meant live. False when it cannot be, which the user is then told. */
async function chooseDocument({ live }: Services, uri: string | null): Promise<boolean> {
  const document =
    uri === null
      ? vscode.window.activeTextEditor?.document
      : await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const candidate = document && candidateOf(document);
  if (candidate !== undefined && isModelFile(candidate)) {
    live.follow(candidate.place);
    return true;
  }
  if (document !== undefined && candidate?.place === null && document.getText().includes('retrograd')) {
    const name = document.fileName;
    void vscode.window.showWarningMessage(
      document.isUntitled
        ? t('Retrograd runs files of a folder, and “{0}” is in none. Save it first.', name)
        : t('Retrograd runs files of a folder that is open, and “{0}” is in none of them.', name),
    );
    return false;
  }
  return true;
}
