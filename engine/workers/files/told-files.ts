import type { ModulePath } from '../../base/brand.ts';
import { Program } from '../../sandbox/host/program.ts';
import { type Folder, ModuleFiles, type Refusal } from './module-files.ts';

/** A file of the folder: its text, null where there is none, or why it may not be had. */
export type Told = string | Refusal | null;

/** Asks the host for files of the folder: one answer for each. */
export type Ask = (paths: readonly ModulePath[]) => Promise<readonly Told[]>;

/** A folder that only the host can read, and only by and by: what it has not told of yet is noted, and absent until then. */
class ToldFolder implements Folder {
  readonly #told = new Map<ModulePath, Told>();
  readonly wanted = new Set<ModulePath>();

  /** What was looked for since this was last emptied. */
  readonly used = new Set<ModulePath>();

  locate(path: ModulePath): 'present' | 'absent' | Refusal {
    this.used.add(path);
    const told = this.#told.get(path);
    if (told === undefined) this.wanted.add(path);
    return typeof told === 'string' ? 'present' : (told ?? 'absent');
  }

  text(path: ModulePath): string | null {
    const told = this.#told.get(path);
    return typeof told === 'string' ? told : null;
  }

  async fetch(ask: Ask): Promise<void> {
    const paths = [...this.wanted];
    this.wanted.clear();
    const told = await ask(paths);
    paths.forEach((path, i) => this.#told.set(path, told[i] ?? null));
  }
}

/**
 * The files of programs in a folder that is on no disk of this machine. Where a file imports others is known once it is
 * parsed: so the program is read again and again, until it asks for nothing new. What is read stays as it is for a run.
 */
export class FilesByAsking {
  /** What the last program wanted: asked for at once the next time, which is nearly always the same program, edited. */
  #usual: readonly ModulePath[] = [];

  async of(entry: ModulePath, overlays: ReadonlyMap<ModulePath, string>, ask: Ask): Promise<ModuleFiles> {
    const folder = new ToldFolder();
    const files = new ModuleFiles(folder, overlays);
    folder.wanted.add(entry);
    for (const path of this.#usual) folder.wanted.add(path);
    while (folder.wanted.size > 0) {
      await folder.fetch(ask);
      folder.used.clear();
      // Modules that did not change are not parsed again.
      void new Program(entry, files);
    }
    this.#usual = [...folder.used];
    return files;
  }
}
