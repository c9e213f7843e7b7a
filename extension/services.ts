import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../engine/base/disposable.ts';
import { Emitter, type Event } from '../engine/base/emitter.ts';
import { Presenter } from '../engine/explain/presenter.ts';
import { startRunner } from '../engine/node/runner.ts';
import { settingIds } from './contributions.ts';
import { openTexts } from './documents.ts';
import { CheckRequests } from './live/check-requests.ts';
import { Debugging } from './live/debugging.ts';
import { Live } from './live/live.ts';
import { Permission } from './live/permission.ts';
import { Traced } from './live/traced.ts';
import { Settings } from './settings.ts';

/** What features work with. Made once per window. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly live: Live;
  readonly traced: Traced;
  readonly debugging: Debugging;
  readonly checkRequests: CheckRequests;
  readonly permission: Permission;
  readonly settings: Settings;
  readonly onDidChangeSettings: Event<void>;
  readonly log: vscode.LogOutputChannel;
}

export function createServices(context: vscode.ExtensionContext): Services & Disposable {
  const store = new DisposableStore();
  const log = store.add(vscode.window.createOutputChannel('Retrograd', { log: true }));
  const settings = new Settings((id) => vscode.workspace.getConfiguration().get(id));
  const presenter = new Presenter();
  const examine = (): void => presenter.examineWith(settings.enabled('health') ? settings.health : null);
  examine();
  const permission = new Permission(context.workspaceState);
  const live = store.add(
    new Live({
      runner: startRunner({ workerFile: context.asAbsolutePath('dist/worker.js') }),
      presenter,
      trusted: () => vscode.workspace.isTrusted,
      allowed: (root) => permission.allows(root),
      openTexts,
      budget: () => settings.budget,
      delay: () => settings.delay,
      weights: () => null,
      report: (error) => log.error(error instanceof Error ? error : String(error)),
    }),
  );
  const settingsChanged = store.add(new Emitter<void>());
  store.add(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!Object.values(settingIds).some((id) => event.affectsConfiguration(id))) return;
      examine();
      settingsChanged.fire();
      live.refresh();
    }),
  );
  store.add(permission.onDidChange(() => live.refresh()));
  store.add(vscode.workspace.onDidGrantWorkspaceTrust(() => live.refresh()));
  return {
    context,
    live,
    traced: new Traced(live),
    debugging: new Debugging(live),
    checkRequests: store.add(new CheckRequests()),
    permission,
    settings,
    onDidChangeSettings: settingsChanged.event,
    log,
    dispose: () => store.dispose(),
  };
}
