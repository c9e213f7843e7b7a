import type { ModulePath } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import { extensionOf, folderOf, joined, normalized } from '../../base/paths.ts';

/** Why a module cannot be had. The message names what was asked for, never a path of the host. */
export interface Refusal {
  readonly code: 'refused-import' | 'unknown-import';
  readonly message: string;
}

/** The library: the sandbox brings it, whatever the workspace has. */
const libraryModule = 'retrograd' as ModulePath;

export const maxFileBytes = 16 * 2 ** 20;
/** No system has longer ones; a path is looked for folder by folder. */
const longestPath = 4096;

/** The files of one folder, as they are stored. */
export interface Folder {
  /** Whether there is a file, however it is reached. Refused when that way leads out of the folder. */
  locate(path: ModulePath): 'present' | 'absent' | Refusal;
  /** Of a file that is present; null when it cannot be read all the same. */
  text(path: ModulePath): string | null;
}

/**
 * The files that a program may import: those of one workspace folder, with unsaved buffers in the place of what is stored.
 * A path that leaves the folder is refused, by `..` as well as through a symbolic link.
 */
export class ModuleFiles {
  readonly #folder: Folder;
  readonly #overlays: ReadonlyMap<ModulePath, string>;

  constructor(folder: Folder, overlays: ReadonlyMap<ModulePath, string>) {
    this.#folder = folder;
    this.#overlays = overlays;
  }

  /** The same folder with other buffers. */
  with(overlays: ReadonlyMap<ModulePath, string>): ModuleFiles {
    return new ModuleFiles(this.#folder, overlays);
  }

  /** The text of a file, or why there is none. */
  read(path: ModulePath): string | Refusal {
    const name = inside(path);
    if (name === null) return outside(path);
    const found = this.#locate(name);
    if (typeof found === 'object') return found;
    const overlay = this.#overlays.get(name);
    if (overlay !== undefined) return overlay;
    if (found === 'absent') return unknown(path);
    return this.#folder.text(name) ?? { code: 'unknown-import', message: t("'{0}' cannot be read.", path) };
  }

  /**
   * What `specifier` means in the file `from`, found as TypeScript finds it: `./x.js` is `x.ts` where there is one (a compiled
   * `x.js` beside it may be older), `./x` is `x.ts` or `x/index.ts`.
   */
  resolve(from: ModulePath, specifier: string): ModulePath | Refusal {
    if (specifier === libraryModule) return libraryModule;
    if (!/^\.\.?(\/|$)/.test(specifier)) {
      return {
        code: 'refused-import',
        message: t(
          "Cannot import '{0}': a model may import 'retrograd' and files of its own workspace (./…) only.",
          specifier.slice(0, longestPath),
        ),
      };
    }
    if (specifier.length > longestPath) return unknown(`${specifier.slice(0, 100)}…`);
    // Asked of the name as it came: what is shortened away is gone, and the engine ends a name at a NUL.
    const path = meansMore.test(specifier) ? null : inside(joined(folderOf(from), specifier));
    if (path === null) return outside(specifier);
    for (const candidate of candidates(path, specifier.endsWith('/'))) {
      const found = this.#locate(candidate);
      if (typeof found === 'object') return outside(specifier);
      if (found === 'present') return candidate;
    }
    return unknown(specifier);
  }

  /** Overlays are held to the same walls: an open editor on a linked file does not make it part of the folder. */
  #locate(path: ModulePath): 'present' | 'absent' | Refusal {
    const stored = this.#folder.locate(path);
    if (typeof stored === 'object') return stored;
    return stored === 'present' || this.#overlays.has(path) ? 'present' : 'absent';
  }
}

export const outside = (what: string): Refusal => ({
  code: 'refused-import',
  message: t("Cannot import '{0}': it leads out of the workspace folder.", what),
});

const unknown = (what: string): Refusal => ({
  code: 'unknown-import',
  message: t("Cannot find '{0}' in the workspace folder.", what),
});

/** Backslashes and colons would mean something on Windows alone. */
const meansMore = /[\\:\0]/;

/** The path in its shortest form, or null when it is none below the root. */
function inside(path: string): ModulePath | null {
  if (meansMore.test(path) || path.startsWith('/')) return null;
  const shortest = normalized(path);
  return shortest === '..' || shortest.startsWith('../') ? null : (shortest as ModulePath);
}

const typescriptOf: Readonly<Record<string, string>> = { '.js': '.ts', '.mjs': '.mts', '.cjs': '.cts' };

function candidates(path: string, isFolder: boolean): ModulePath[] {
  const folder = path.replace(/\/$/, '');
  const index = ['ts', 'mts', 'js', 'mjs'].map((extension) => joined(folder, `index.${extension}`));
  if (isFolder) return index as ModulePath[];
  const extension = extensionOf(path);
  const typescript = typescriptOf[extension];
  const alternatives = typescript === undefined ? [] : [path.slice(0, -extension.length) + typescript];
  const extended = ['.ts', '.mts', '.js', '.mjs'].map((added) => path + added);
  return [...alternatives, path, ...extended, ...index] as ModulePath[];
}
