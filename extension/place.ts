import { isAbsolute, relative, resolve, sep, dirname, extname } from 'node:path';
import type { ModulePath } from '../engine/base/brand.ts';
import { programExtensions } from './contributions.ts';

/** A file as the sandbox sees it: its workspace folder on this machine, and its path inside. */
export interface Place {
  readonly root: string;
  readonly path: ModulePath;
}

/** What is needed of `vscode.Uri`. */
export interface Address {
  readonly scheme: string;
  readonly fsPath: string;
}

/**
 * Where a document lives, or null when it is not a file on this machine's disk (untitled, git, a virtual file system).
 * The root is the innermost workspace folder that contains it, or the file's own folder when none does.
 */
export function placeOf(address: Address, folders: readonly string[]): Place | null {
  if (address.scheme !== 'file') return null;
  const inside = folders.filter((folder) => contains(folder, address.fsPath));
  const root = inside.reduce(
    (innermost, folder) => (folder.length > innermost.length ? folder : innermost),
    inside[0] ?? dirname(address.fsPath),
  );
  return { root, path: relative(root, address.fsPath).split(sep).join('/') as ModulePath };
}

/** The way back: where on this machine a module of a root is. */
export const fileOf = ({ root, path }: Place): string => resolve(root, ...path.split('/'));

export const samePlace = (a: Place | null, b: Place | null): boolean => a?.root === b?.root && a?.path === b?.path;

/** Whether a model could be, or import, a file of this name. */
export const canBelongToProgram = (fsPath: string): boolean =>
  programExtensions.some((extension) => extension === extname(fsPath));

function contains(folder: string, file: string): boolean {
  const inside = relative(folder, file);
  return inside !== '' && inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}
