import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../../engine/base/disposable.ts';
import { countText } from '../../../engine/base/count-text.ts';
import { t } from '../../../engine/base/l10n.ts';
import { formatNumber } from '../../../engine/explain/numbers.ts';
import type { TrainingState } from '../../../engine/protocol/training.ts';
import { commands, trainingStatusId } from '../../contributions.ts';
import type { Services } from '../../services.ts';

/** How a training stands, whatever is looked at; a click pauses it or lets it go on. */
export function trainingStatus({ training }: Services): Disposable {
  const store = new DisposableStore();
  const item = store.add(vscode.window.createStatusBarItem(trainingStatusId, vscode.StatusBarAlignment.Right, 49));
  item.name = t('Retrograd training');
  item.command = commands.pauseTraining;
  const update = (): void => {
    const state = training.any;
    if (state === null) return item.hide();
    item.text = textOf(state);
    item.tooltip = tooltipOf(state);
    item.show();
  };
  store.add(training.onDidChange(update));
  return store;
}

const icons: Readonly<Record<TrainingState['phase'], string>> = {
  starting: '$(sync~spin)',
  running: '$(debug-pause)',
  paused: '$(debug-start)',
  finished: '$(check)',
  failed: '$(error)',
};

function textOf({ phase, step, steps, loss }: TrainingState): string {
  const made = t('step {0} of {1}', countText(String(step)), countText(String(steps)));
  const last = loss.values.at(-1);
  const lossText = last === undefined ? '' : ` · ${last === null ? t('not finite') : formatNumber(last)}`;
  return `${icons[phase]} ${made}${lossText}`;
}

/** Names of the user's program are text in it, and the only commands are ours. */
function tooltipOf({ file, model, phase, edited, problem }: TrainingState): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.isTrusted = { enabledCommands: [commands.pauseTraining, commands.stopTraining, commands.showGraph] };
  text.appendText(t('Training of {0} in {1}', model, file));
  if (edited) text.appendText(`\n${t('The text was edited: this is the training of the text before.')}`);
  if (problem !== null) text.appendText(`\n${problem.message}`);
  const isRunning = phase === 'running' || phase === 'starting';
  const first = isRunning ? t('Pause') : t('Go on training');
  const links = [
    ...(edited || phase === 'failed' ? [] : [`[${first}](command:${commands.pauseTraining})`]),
    `[${t('End the training')}](command:${commands.stopTraining})`,
    `[${t('Show graph')}](command:${commands.showGraph})`,
  ];
  text.appendMarkdown(`\n\n${links.join(' · ')}`);
  return text;
}
