import * as vscode from 'vscode';
import type { ModulePath } from '../../engine/base/brand.ts';
import type { FolderReader } from '../../engine/workers/files/folder-reader.ts';
import { maxFileBytes, outside } from '../../engine/workers/files/module-files.ts';
import type { Told } from '../../engine/workers/files/told-files.ts';
import { uriOf } from '../documents.ts';

/**
 * Reads folders that only the editor can: virtual ones, and all in a browser. Nobody says where a link leads there, so none is
 * followed, neither a file nor a folder on the way to it.
 */
export const throughEditor: FolderReader = {
  read: (root, paths) => {
    const links = new Map<string, Promise<boolean>>();
    return Promise.all(paths.map((path) => read(root, path, links)));
  },
};

async function read(root: string, path: ModulePath, links: Map<string, Promise<boolean>>): Promise<Told> {
  const { fs } = vscode.workspace;
  const uri = uriOf({ root, path });
  // An overlay below a folder that is linked must not be let in either: this comes first, whether or not there is such a file.
  for (const folder of foldersTo(path)) {
    const isLink = links.get(folder) ?? isLinked(uriOf({ root, path: folder as ModulePath }));
    links.set(folder, isLink);
    if (await isLink) return outside(path);
  }
  try {
    const { type, size } = await fs.stat(uri);
    if ((type & vscode.FileType.SymbolicLink) !== 0) return outside(path);
    if (type !== vscode.FileType.File || size > maxFileBytes) return null;
    return new TextDecoder().decode(await fs.readFile(uri));
  } catch {
    return null;
  }
}

async function isLinked(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.SymbolicLink) !== 0;
  } catch {
    return false;
  }
}

const foldersTo = (path: string): string[] =>
  path
    .split('/')
    .slice(0, -1)
    .map((_, i, parts) => parts.slice(0, i + 1).join('/'));
