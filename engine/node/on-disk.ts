import type { ModulePath } from '../base/brand.ts';
import type { FolderReader } from '../workers/files/folder-reader.ts';
import type { Told } from '../workers/files/told-files.ts';
import { WorkspaceFiles } from './workspace-files.ts';

/** Reads folders on this machine's disk. */
export const onDisk: FolderReader = {
  read: async (root, paths) => {
    try {
      const files = new WorkspaceFiles(root, new Map());
      return paths.map((path) => told(files, path));
    } catch {
      return paths.map(() => null);
    }
  },
};

function told(files: WorkspaceFiles, path: ModulePath): Told {
  const found = files.read(path);
  return typeof found === 'object' && found.code === 'unknown-import' ? null : found;
}
