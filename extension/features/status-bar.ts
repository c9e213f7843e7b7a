import * as vscode from 'vscode';
import { DisposableStore } from '../../engine/base/disposable.ts';
import { t } from '../../engine/base/l10n.ts';
import { commands, statusBarId } from '../contributions.ts';
import type { Feature } from '../feature.ts';
import type { Live } from '../live/live.ts';
import { markOf } from '../live/mark.ts';

/** Says how the live file stands; stops a run that takes long. */
export const statusBar: Feature = {
  name: 'status bar',
  start: ({ live, debugging }) => {
    const store = new DisposableStore();
    const item = store.add(vscode.window.createStatusBarItem(statusBarId, vscode.StatusBarAlignment.Right, 50));
    item.name = 'Retrograd';
    const update = (): void => {
      if (live.status === 'running')
        show(item, `$(sync~spin) ∇ ${live.place?.path ?? ''}`, t('Running. Stop.'), commands.stop);
      else if (live.status === 'empty') item.hide();
      else
        show(
          item,
          `∇ ${textOf(live)}${live.status === 'live' ? markOf({ live, debugging }) : ''}`,
          tooltipOf(live.status),
          live.status === 'unasked' ? commands.run : commands.showGraph,
        );
    };
    store.add(live.onDidChange(update));
    update();
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

function textOf(live: Live): string {
  switch (live.status) {
    case 'live':
      return live.presenter.summaries()[0]?.loss ?? t('live');
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

function show(item: vscode.StatusBarItem, text: string, tooltip: string, command: string): void {
  item.text = text;
  item.tooltip = tooltip;
  item.command = command;
  item.show();
}
