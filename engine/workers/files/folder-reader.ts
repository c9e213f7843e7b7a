import type { ModulePath } from '../../base/brand.ts';
import type { Told } from './told-files.ts';

/** Reads files of a workspace folder for a thread that cannot, and for what is said of a thread that had to be ended. */
export interface FolderReader {
  /** One answer for each path. Whoever cannot be reached is no file; a way out of the folder is refused. Never rejects. */
  read(root: string, paths: readonly ModulePath[]): Promise<readonly Told[]>;
}

/** The text of one file with unsaved buffers in force; null without one. */
export async function textOf(
  reader: FolderReader,
  { root, overlays }: { readonly root: string; readonly overlays: ReadonlyMap<ModulePath, string> },
  path: ModulePath,
): Promise<string | null> {
  const [told] = await reader.read(root, [path]);
  if (typeof told === 'object' && told !== null) return null;
  return overlays.get(path) ?? told ?? null;
}

/** Whether a root is the URI of a folder that is on no disk of this machine, and no path. */
export const isElsewhere = (root: string): boolean => /^[a-z][a-z\d+.-]+:\/\//i.test(root);
