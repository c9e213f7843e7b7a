import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../engine/base/disposable.ts';
import { t } from '../../../engine/base/l10n.ts';
import type { Services } from '../../services.ts';
import type { InlineAdapter } from './inline-adapter.ts';

/** Lets panel and hints follow a session, and tells when its text was edited away under it. */
export function followSession(
  services: Services,
  session: vscode.DebugSession,
  { adapter, host }: InlineAdapter,
): Disposable {
  const { debugging, log } = services;
  const store = new DisposableStore();
  const request = (command: string, given?: object): void => {
    session.customRequest(command, given).then(undefined, (error: unknown) => log.warn(String(error)));
  };
  store.add(
    debugging.add(adapter, {
      request,
      stop: () => void vscode.debug.stopDebugging(session),
      program: () => host.launched,
    }),
  );

  let told = false;
  store.add(
    adapter.onDidChange(() => {
      if (adapter.session?.isStale === false) told = false;
    }),
  );
  store.add(
    vscode.workspace.onDidChangeTextDocument(() => {
      adapter.session?.checkText();
      if (told || adapter.session?.isStale !== true) return;
      told = true;
      void offerRestart().then((wanted) => wanted && adapter.session && request('restartHere'));
    }),
  );
  return store;
}

async function offerRestart(): Promise<boolean> {
  const restart = t('Restart at This Step');
  const message = t('The text was edited. The debugger still steps through the run of the text as it was.');
  return (await vscode.window.showWarningMessage(message, restart)) === restart;
}
