import * as vscode from 'vscode';
import { DisposableStore } from '../../../engine/base/disposable.ts';
import { t } from '../../../engine/base/l10n.ts';
import { stepName } from '../../../engine/base/step-name.ts';
import { commands } from '../../contributions.ts';
import type { Feature } from '../../feature.ts';
import { toldModel } from '../../live/told-model.ts';
import type { Services } from '../../services.ts';
import { pickSnapshot } from './pick.ts';
import { NotKept, Snapshots } from './snapshots.ts';
import { shelfIn } from './shelf.ts';

/** Keeps runs under names, and puts the shown graph beside one of them, or beside what it was before the last edit. */
export const compare: Feature = {
  name: 'compare',
  start: (services) => {
    const { context, comparing } = services;
    const snapshots = new Snapshots(context.workspaceState, shelfIn(context.storageUri ?? context.globalStorageUri));
    const store = new DisposableStore();
    const register = (command: string, act: () => Promise<void>): void => {
      store.add(vscode.commands.registerCommand(command, () => act().catch(tell)));
    };
    register(commands.keepSnapshot, () => keep(services, snapshots));
    register(commands.compareSnapshot, async () => {
      if (snapshots.all.length === 0) {
        void vscode.window.showInformationMessage(
          t('No snapshot has been kept yet: “Retrograd: Keep Snapshot…” keeps one.'),
        );
        return;
      }
      const chosen = await pickSnapshot(snapshots);
      if (!chosen) return;
      comparing.begin({ label: chosen.name, trace: await snapshots.open(chosen) });
      await vscode.commands.executeCommand(commands.showGraph);
    });
    register(commands.compareLastEdit, async () => {
      if (comparing.withLastEdit()) await vscode.commands.executeCommand(commands.showGraph);
      else void vscode.window.showInformationMessage(t('The shown model has not been edited since it first ran.'));
    });
    register(commands.compareStep, () => withStep(services));
    return store;
  },
};

async function withStep({ comparing, training }: Services): Promise<void> {
  const step = training.state?.shown ?? null;
  if (step === null) {
    const how = t('No step of a training is shown: the scrubber under the graph goes to one.');
    return void vscode.window.showInformationMessage(how);
  }
  comparing.withShown(stepName(step));
  await vscode.commands.executeCommand(commands.showGraph);
}

async function keep({ live }: Services, snapshots: Snapshots): Promise<void> {
  const { trace } = live.presenter;
  if (trace === null || !live.showsTrace) {
    void vscode.window.showInformationMessage(t('There is no graph to keep: run a model first.'));
    return;
  }
  const name = await vscode.window.showInputBox({
    title: t('Keep the shown run as a snapshot'),
    prompt: t('What it is called'),
    value: toldModel(live.presenter.summaries(), live.presenter.view, null)?.loss ?? '',
    validateInput: (text) =>
      text.trim() === '' ? t('A name, please.') : text.length > 200 ? t('A shorter name, please.') : null,
  });
  if (name === undefined) return;
  await snapshots.keep(name.trim(), trace, Date.now());
  vscode.window.setStatusBarMessage(t('Snapshot “{0}” kept.', name.trim()), 4000);
}

function tell(error: unknown): void {
  if (!(error instanceof NotKept)) throw error;
  void vscode.window.showWarningMessage(error.message);
}
