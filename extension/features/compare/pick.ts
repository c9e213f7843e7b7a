import * as vscode from 'vscode';
import { DisposableStore } from '../../../engine/base/disposable.ts';
import { displayLanguage, t } from '../../../engine/base/l10n.ts';
import type { Snapshot, Snapshots } from './snapshots.ts';

interface Item extends vscode.QuickPickItem {
  readonly snapshot: Snapshot;
}

/** Lists the snapshots, each with a button that deletes it. Undefined when none was chosen. */
export function pickSnapshot(snapshots: Snapshots): Promise<Snapshot | undefined> {
  const store = new DisposableStore();
  const list = store.add(vscode.window.createQuickPick<Item>());
  list.title = t('Compare with a snapshot');
  list.matchOnDescription = true;
  const refresh = (): void => {
    list.items = snapshots.all.map(itemOf);
  };
  refresh();
  return new Promise((resolve) => {
    store.add(
      list.onDidAccept(() => {
        resolve(list.selectedItems[0]?.snapshot);
        list.hide();
      }),
    );
    store.add(list.onDidTriggerItemButton(({ item }) => void snapshots.remove(item.snapshot).then(refresh)));
    store.add(
      list.onDidHide(() => {
        resolve(undefined);
        store.dispose();
      }),
    );
    list.show();
  });
}

const itemOf = (snapshot: Snapshot): Item => ({
  label: snapshot.name,
  description: snapshot.file,
  detail: new Date(snapshot.kept).toLocaleString(displayLanguage().tag),
  buttons: [{ iconPath: new vscode.ThemeIcon('trash'), tooltip: t('Delete') }],
  snapshot,
});
