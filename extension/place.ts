import type { ModulePath } from '../engine/base/brand.ts';
import { extensionOf, folderOf, normalized } from '../engine/base/paths.ts';
import { isElsewhere } from '../engine/workers/files/folder-reader.ts';
import { programExtensions } from './contributions.ts';

/**
 * A file as the sandbox sees it: its workspace folder, and its path inside. The folder is an absolute path, or the URI of one
 * that is on no disk of this machine.
 */
export interface Place {
  readonly root: string;
  readonly path: ModulePath;
}

/** What is needed of `vscode.Uri`. */
export interface Address {
  readonly scheme: string;
  readonly fsPath: string;
  toString(): string;
}

/** The path of a file on disk, the URI of any other: as roots, debuggers and people name it. */
export const locationOf = (address: Address): string =>
  address.scheme === 'file' ? address.fsPath : address.toString();

/**
 * Where a document lives, or null when it is neither a file of a workspace folder nor on disk (untitled, of git's history).
 * The root is the innermost workspace folder that contains it, or the file's own folder when none does.
 * @param folders their locations
 */
export function placeOf(address: Address, folders: readonly string[]): Place | null {
  const location = slashed(locationOf(address));
  const inside = folders.filter((folder) => location.startsWith(`${bare(folder)}/`));
  if (inside.length === 0 && address.scheme !== 'file') return null;
  const root = inside.reduce(
    (innermost, folder) => (folder.length > innermost.length ? folder : innermost),
    inside[0] ?? ownFolder(address.fsPath),
  );
  const way = location.slice(bare(root).length + 1);
  return { root, path: (isElsewhere(root) ? decodeURIComponent(way) : way) as ModulePath };
}

/** The way back: the location of a module of a root. */
export function fileOf({ root, path }: Place): string {
  const parts = path.split('/');
  if (isElsewhere(root)) return [bare(root), ...parts.map(encodeURIComponent)].join('/');
  const separator = root.includes('\\') ? '\\' : '/';
  return [root.endsWith(separator) ? root.slice(0, -1) : root, ...parts].join(separator);
}

export const samePlace = (a: Place | null, b: Place | null): boolean => a?.root === b?.root && a?.path === b?.path;

/** Whether a model could be, or import, a file of this name. */
export const canBelongToProgram = (path: string): boolean =>
  programExtensions.some((extension) => extension === extensionOf(path));

const slashed = (location: string): string =>
  isElsewhere(location) ? location : normalized(location.replaceAll('\\', '/'));

/** Without a slash at its end. */
const bare = (folder: string): string => slashed(folder).replace(/\/$/, '');

function ownFolder(file: string): string {
  return file.includes('\\') ? folderOf(file.replaceAll('\\', '/')).replaceAll('/', '\\') : folderOf(normalized(file));
}
