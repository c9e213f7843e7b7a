import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../engine/base/disposable.ts';
import { Emitter, type Event } from '../engine/base/emitter.ts';
import { configName } from '../engine/explain/health/config.ts';
import { Presenter } from '../engine/explain/presenter.ts';
import { settingIds } from './contributions.ts';
import { openTexts, placeOfUri } from './documents.ts';
import { CheckRequests } from './live/check-requests.ts';
import { Comparing } from './live/comparing.ts';
import { Debugging } from './live/debugging.ts';
import { Live } from './live/live.ts';
import { Pages } from './live/pages.ts';
import { Permission } from './live/permission.ts';
import { ProjectHealth } from './live/project-health.ts';
import { Traced } from './live/traced.ts';
import { Training } from './live/training.ts';
import type { Place } from './place.ts';
import type { Platform } from './platform/platform.ts';
import { StoredTexts } from './platform/stored-texts.ts';
import { Settings } from './settings.ts';

/** What features work with. Made once per window. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly platform: Platform;
  readonly texts: StoredTexts;
  readonly live: Live;
  readonly traced: Traced;
  readonly debugging: Debugging;
  readonly training: Training;
  readonly checkRequests: CheckRequests;
  readonly comparing: Comparing;
  readonly pages: Pages;
  readonly permission: Permission;
  readonly settings: Settings;
  readonly health: ProjectHealth;
  readonly onDidChangeSettings: Event<void>;
  readonly log: vscode.LogOutputChannel;
}

export function createServices(context: vscode.ExtensionContext, platform: Platform): Services & Disposable {
  const store = new DisposableStore();
  const log = store.add(vscode.window.createOutputChannel('Retrograd', { log: true }));
  const settings = new Settings((id) => vscode.workspace.getConfiguration().get(id));
  const presenter = new Presenter();
  const texts = store.add(new StoredTexts(platform));
  const health = store.add(
    new ProjectHealth({
      read: (place) => texts.of(place),
      settings: () => (settings.enabled('health') ? settings.health : null),
      examineWith: (examination) => presenter.examineWith(examination),
    }),
  );
  const permission = new Permission(context.workspaceState);
  const live = store.add(
    new Live({
      runner: platform.startRunner({ spare: true }),
      presenter,
      trusted: () => vscode.workspace.isTrusted,
      allowed: (root) => permission.allows(root),
      openTexts,
      budget: () => settings.budget,
      delay: () => settings.delay,
      weights: (place) => training.weightsFor(place),
      report: (error) => log.error(error instanceof Error ? error : String(error)),
    }),
  );
  const training: Training = store.add(
    new Training(live, platform.startTrainer, (root) => vscode.workspace.isTrusted && permission.allows(root)),
  );
  const settingsChanged = store.add(new Emitter<void>());
  store.add(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!Object.values(settingIds).some((id) => event.affectsConfiguration(id))) return;
      health.refresh();
      settingsChanged.fire();
      live.refresh();
    }),
  );
  // Before all features: what is said of a run is said by the configuration of its file.
  store.add(live.onDidChange(() => health.follow(live.place)));
  store.add(live.onDidFinish(() => health.follow(live.place)));
  const consider = (place: Place): void => {
    if (health.changed(place)) live.refresh();
  };
  const configChanged = (uri: vscode.Uri): void => {
    const place = placeOfUri(uri);
    if (place === null) return;
    consider(place);
    // Where it takes its time to be read it is considered again.
    void texts.refresh(place);
  };
  store.add(texts.onDidChange(consider));
  const configs = store.add(vscode.workspace.createFileSystemWatcher(`**/${configName}`));
  for (const event of [configs.onDidCreate, configs.onDidChange, configs.onDidDelete]) store.add(event(configChanged));
  store.add(vscode.workspace.onDidChangeTextDocument(({ document }) => configChanged(document.uri)));
  store.add(permission.onDidChange(() => live.refresh()));
  store.add(vscode.workspace.onDidGrantWorkspaceTrust(() => live.refresh()));
  return {
    context,
    platform,
    texts,
    live,
    traced: new Traced(live),
    debugging: new Debugging(live, () => settings.granularity),
    training,
    checkRequests: store.add(new CheckRequests()),
    comparing: store.add(new Comparing(live, () => health.examination)),
    pages: store.add(new Pages()),
    permission,
    settings,
    health,
    onDidChangeSettings: settingsChanged.event,
    log,
    dispose: () => store.dispose(),
  };
}
