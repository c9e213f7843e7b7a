import * as vscode from 'vscode';
import { t } from '../../engine/base/l10n.ts';
import { uriAt } from '../documents.ts';
import { commands } from '../contributions.ts';
import type { Feature } from '../feature.ts';
import type { Services } from '../services.ts';
import { libraryFiles, libraryManifest } from '../library-package.ts';

/** Puts the bundled library and its types into a workspace, so that the editor knows `retrograd`. Needs no network. */
export const addLibrary: Feature = {
  name: 'add library',
  start: (services) => vscode.commands.registerCommand(commands.addLibrary, () => add(services)),
};

async function add(services: Services): Promise<void> {
  const folder = await targetFolder(services);
  if (folder === undefined) return;
  const target = vscode.Uri.joinPath(folder, 'node_modules', 'retrograd');
  if (!(await mayWrite(target))) return;
  try {
    await vscode.workspace.fs.createDirectory(target);
    for (const { from, to } of libraryFiles) {
      // Not `copy`: in a browser extensions come from where nothing but reading is possible.
      const content = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(services.context.extensionUri, from));
      await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(target, to), content);
    }
    const { version } = services.context.extension.packageJSON as { readonly version: string };
    await vscode.workspace.fs.writeFile(
      vscode.Uri.joinPath(target, 'package.json'),
      new TextEncoder().encode(libraryManifest(version)),
    );
  } catch (error) {
    services.log.error(error instanceof Error ? error : String(error));
    void vscode.window.showErrorMessage(
      t('The library could not be added: {0}', error instanceof Error ? error.message : String(error)),
    );
    return;
  }
  services.log.info(`The library is in ${target.fsPath}`);
  void vscode.window.showInformationMessage(t("Retrograd's library and its types are now in {0}.", target.fsPath));
}

/** The live file's root; else the only workspace folder, or the one that is picked. */
async function targetFolder({ live }: Services): Promise<vscode.Uri | undefined> {
  if (live.place !== null) return uriAt(live.place.root);
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0)
    void vscode.window.showInformationMessage(t('Open the folder that the library is to be added to first.'));
  if (folders.length > 1) return (await vscode.window.showWorkspaceFolderPick())?.uri;
  return folders[0]?.uri;
}

/** Asks before anything is replaced, and leaves links alone: what they point to is somebody's source. */
async function mayWrite(target: vscode.Uri): Promise<boolean> {
  const found = await statOf(target);
  if (found === null) return true;
  if ((found.type & vscode.FileType.SymbolicLink) !== 0) {
    void vscode.window.showWarningMessage(
      t('{0} is a link to a package elsewhere, so it was left as it is.', target.fsPath),
    );
    return false;
  }
  const replace = t('Replace');
  const detail = t('The files of the same names in it are replaced by the ones that came with the extension.');
  return (
    (await vscode.window.showWarningMessage(
      t('{0} is there already.', target.fsPath),
      { modal: true, detail },
      replace,
    )) === replace
  );
}

async function statOf(uri: vscode.Uri): Promise<vscode.FileStat | null> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch {
    return null;
  }
}
