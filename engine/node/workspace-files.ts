import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, posix, relative, sep } from 'node:path';
import type { ModulePath } from '../base/brand.ts';
import { type Folder, ModuleFiles, type Refusal, maxFileBytes, outside } from '../workers/files/module-files.ts';
import { readText } from './read-text.ts';

/** The files that a program may import, of a folder on this machine's disk. */
export class WorkspaceFiles extends ModuleFiles {
  /** `root` is an absolute path of the host. Throws when there is no such folder. */
  constructor(root: string, overlays: ReadonlyMap<ModulePath, string>) {
    super(new DiskFolder(realpathSync(root)), overlays);
  }
}

class DiskFolder implements Folder {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  text(path: ModulePath): string | null {
    try {
      return readText(join(this.#root, path));
    } catch {
      return null;
    }
  }

  locate(path: ModulePath): 'present' | 'absent' | Refusal {
    let real: string;
    try {
      real = realpathSync(join(this.#root, path));
    } catch {
      // Not there. Its folder may still be a link that leads out; an overlay below it must not be let in.
      const folder = posix.dirname(path);
      return folder === '.' ? 'absent' : notOutside(this.locate(folder as ModulePath));
    }
    const way = relative(this.#root, real);
    if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return outside(path);
    const stats = statSync(real, { throwIfNoEntry: false });
    return stats?.isFile() && stats.size <= maxFileBytes ? 'present' : 'absent';
  }
}

const notOutside = (found: 'present' | 'absent' | Refusal): 'absent' | Refusal =>
  typeof found === 'object' ? found : 'absent';
