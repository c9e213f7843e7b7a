import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Disposable } from '../../base/disposable.ts';
import { Emitter } from '../../base/emitter.ts';
import { Presenter } from '../../explain/presenter.ts';
import type { Runner } from '../../protocol/worker.ts';
import { type FileRun, type ModelFile, runFile } from '../cli/run-file.ts';

/** Editors save in several steps (write, rename, change the mode); one run is enough for all of them. */
const settle = 30;

/** A file that is run again whenever it, or what it imports, is saved. */
export class LiveFile implements Disposable {
  readonly presenter = new Presenter();
  readonly #ran = new Emitter<FileRun>();
  readonly onDidRun = this.#ran.event;
  readonly #watchers = new Map<string, FSWatcher>();
  #timer: NodeJS.Timeout | null = null;
  #files: ReadonlySet<string>;
  #watching = false;

  constructor(
    readonly place: ModelFile,
    readonly runner: Runner,
  ) {
    this.#files = new Set([place.entry]);
  }

  async run(): Promise<void> {
    const run = await runFile(this.place, this.runner, this.presenter);
    if (run) this.show(run);
  }

  /** Tells everyone who follows this file of a run, whoever asked for it. */
  show(run: FileRun): void {
    this.#files = new Set([this.place.entry, ...run.result.files.map(({ path }) => path)]);
    if (this.#watching) this.#watchFolders();
    this.#ran.fire(run);
  }

  watch(): void {
    this.#watching = true;
    this.#watchFolders();
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#ran.dispose();
  }

  /** Folders are watched, not files: many editors save by putting a new file in the place of the old one. */
  #watchFolders(): void {
    const { root } = this.place;
    for (const folder of new Set([...this.#files].map((file) => dirname(join(root, file))))) {
      if (this.#watchers.has(folder)) continue;
      const watcher = watch(folder, (_event, name) => {
        if (name !== null && [...this.#files].some((file) => join(root, file) === join(folder, basename(name))))
          this.#later();
      });
      watcher.on('error', () => {
        watcher.close();
        this.#watchers.delete(folder);
      });
      this.#watchers.set(folder, watcher);
    }
  }

  #later(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.run(), settle);
  }
}
