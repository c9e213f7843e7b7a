import * as vscode from 'vscode';
import { DisposableStore } from '../../engine/base/disposable.ts';
import { t } from '../../engine/base/l10n.ts';
import { commands } from '../contributions.ts';
import { candidateOf } from '../documents.ts';
import type { Feature } from '../feature.ts';
import { isModelFile } from '../live/choice.ts';

/** Run, stop, and taking the permission back. */
export const running: Feature = {
  name: 'running',
  start: ({ live, permission }) => {
    const store = new DisposableStore();
    const run = async (): Promise<void> => {
      const active = vscode.window.activeTextEditor && candidateOf(vscode.window.activeTextEditor.document);
      if (active !== undefined && isModelFile(active)) live.follow(active.place);
      if (!vscode.workspace.isTrusted) {
        await vscode.commands.executeCommand('workbench.trust.manage');
      } else if (live.place === null) {
        void vscode.window.showInformationMessage(t("Open a TypeScript file that imports 'retrograd' first."));
      } else if (permission.allows(live.place.root)) {
        live.refresh();
      } else {
        await permission.grant(live.place.root);
      }
    };
    const forget = async (): Promise<void> => {
      live.stop();
      await permission.forget();
      void vscode.window.showInformationMessage(t('Retrograd runs no model of this workspace until you ask again.'));
    };
    store.add(vscode.commands.registerCommand(commands.run, run));
    store.add(vscode.commands.registerCommand(commands.stop, () => live.stop()));
    store.add(vscode.commands.registerCommand(commands.forgetPermission, forget));
    return store;
  },
};
