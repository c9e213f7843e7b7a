import * as vscode from 'vscode';
import { DisposableStore } from '../../../engine/base/disposable.ts';
import { t } from '../../../engine/base/l10n.ts';
import { commands, contextKeys } from '../../contributions.ts';
import type { Feature } from '../../feature.ts';
import { modelAsked } from '../../model-asked.ts';
import type { Services } from '../../services.ts';
import { trainingStatus } from './status.ts';

/** Begins a training from the editor, and shows it in the status bar while there is one. */
export const training: Feature = {
  name: 'training',
  start: (services) => {
    const { training: trained } = services;
    const store = new DisposableStore();
    const toggle = (): void =>
      trained.move({ kind: trained.any?.phase === 'running' || trained.any?.phase === 'starting' ? 'pause' : 'run' });
    store.add(vscode.commands.registerCommand(commands.train, (asked: unknown) => train(services, asked)));
    store.add(vscode.commands.registerCommand(commands.pauseTraining, toggle));
    store.add(vscode.commands.registerCommand(commands.stopTraining, () => trained.move({ kind: 'stop' })));
    store.add(trainingStatus(services));
    let known = false;
    store.add(
      trained.onDidChange(() => {
        const is = trained.any !== null;
        if (is === known) return;
        known = is;
        void vscode.commands.executeCommand('setContext', contextKeys.training, is);
      }),
    );
    return store;
  },
};

/** Opens the graph, which is asking for the run of its models, and trains the one that was meant. */
async function train({ live, training: trained }: Services, asked: unknown): Promise<void> {
  await vscode.commands.executeCommand(commands.showGraph, asked);
  // Not trusted, or no file of models: the panel says what to do.
  if (live.program === null) return;
  const passes = live.presenter.trace?.passes ?? [];
  if (passes.length > 0 && passes.every(({ step }) => step === null))
    return void vscode.window.showInformationMessage(
      t(
        'No model of this file has an optimizer. Give it one: model(fn, { optimizer: optim.sgd({ lr: 0.1 }), steps: 500 })',
      ),
    );
  trained.move({ kind: 'start', model: modelAsked(asked).model });
}
