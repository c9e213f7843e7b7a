import * as vscode from 'vscode';
import type { Shelf } from './snapshots.ts';

/** A folder of the editor's own storage: out of the workspace, gone with it. */
export function shelfIn(storage: vscode.Uri): Shelf {
  const { fs } = vscode.workspace;
  const folder = vscode.Uri.joinPath(storage, 'snapshots');
  const uriOf = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
  return {
    write: async (name, text) => {
      await fs.createDirectory(folder);
      await fs.writeFile(uriOf(name), new TextEncoder().encode(text));
    },
    read: async (name) => new TextDecoder().decode(await fs.readFile(uriOf(name))),
    remove: async (name) => {
      try {
        await fs.delete(uriOf(name));
      } catch {
        // Gone already is what was wanted.
      }
    },
  };
}
