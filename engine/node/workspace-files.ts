import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join, posix, relative, isAbsolute, sep } from 'node:path';
import type { ModulePath } from '../base/brand.ts';
import { t } from '../base/l10n.ts';

/** Why a module cannot be had. The message names what was asked for, never a path of the host. */
export interface Refusal {
  readonly code: 'refused-import' | 'unknown-import';
  readonly message: string;
}

/** The library: the sandbox brings it, whatever the workspace has. */
export const libraryModule = 'retrograd' as ModulePath;

const maxFileBytes = 16 * 2 ** 20;

/**
 * The files that a program may import: those of one workspace folder, with unsaved buffers in the place of what is on disk.
 * A path that leaves the folder is refused, by `..` as well as through a symbolic link.
 */
export class WorkspaceFiles {
  readonly #root: string;
  readonly #overlays: ReadonlyMap<ModulePath, string>;

  /** `root` is an absolute path of the host. Throws when there is no such folder. */
  constructor(root: string, overlays: ReadonlyMap<ModulePath, string>) {
    this.#root = realpathSync(root);
    this.#overlays = overlays;
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
    try {
      return readFileSync(join(this.#root, name), 'utf8');
    } catch {
      return { code: 'unknown-import', message: t("'{0}' cannot be read.", path) };
    }
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
          specifier,
        ),
      };
    }
    const path = inside(posix.join(posix.dirname(from), specifier));
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
    const onDisk = this.#onDisk(path);
    if (typeof onDisk === 'object') return onDisk;
    return onDisk === 'present' || this.#overlays.has(path) ? 'present' : 'absent';
  }

  #onDisk(path: ModulePath): 'present' | 'absent' | Refusal {
    let real: string;
    try {
      real = realpathSync(join(this.#root, path));
    } catch {
      // Not there. Its folder may still be a link that leads out; an overlay below it must not be let in.
      const folder = posix.dirname(path);
      return folder === '.' ? 'absent' : notOutside(this.#onDisk(folder as ModulePath));
    }
    const way = relative(this.#root, real);
    if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return outside(path);
    const stats = statSync(real, { throwIfNoEntry: false });
    return stats?.isFile() && stats.size <= maxFileBytes ? 'present' : 'absent';
  }
}

const notOutside = (found: 'present' | 'absent' | Refusal): 'absent' | Refusal =>
  typeof found === 'object' ? found : 'absent';

const outside = (what: string): Refusal => ({
  code: 'refused-import',
  message: t("Cannot import '{0}': it leads out of the workspace folder.", what),
});

const unknown = (what: string): Refusal => ({
  code: 'unknown-import',
  message: t("Cannot find '{0}' in the workspace folder.", what),
});

/** The path in its shortest form, or null when it is none below the root. Backslashes and colons would mean something on Windows alone. */
function inside(path: string): ModulePath | null {
  if (/[\\:\0]/.test(path) || posix.isAbsolute(path)) return null;
  const shortest = posix.normalize(path);
  return shortest === '..' || shortest.startsWith('../') ? null : (shortest as ModulePath);
}

const typescriptOf: Readonly<Record<string, string>> = { '.js': '.ts', '.mjs': '.mts', '.cjs': '.cts' };

function candidates(path: string, isFolder: boolean): ModulePath[] {
  const folder = path.replace(/\/$/, '');
  const index = ['ts', 'mts', 'js', 'mjs'].map((extension) => posix.join(folder, `index.${extension}`));
  if (isFolder) return index as ModulePath[];
  const extension = posix.extname(path);
  const typescript = typescriptOf[extension];
  const alternatives = typescript === undefined ? [] : [path.slice(0, -extension.length) + typescript];
  const extended = ['.ts', '.mts', '.js', '.mjs'].map((added) => path + added);
  return [...alternatives, path, ...extended, ...index] as ModulePath[];
}
