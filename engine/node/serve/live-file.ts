import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Disposable } from '../../base/disposable.ts';
import { Emitter } from '../../base/emitter.ts';
import { stepName } from '../../base/step-name.ts';
import { besideEarlier } from '../../explain/compare/beside.ts';
import type { ComparedRun } from '../../explain/compare/build.ts';
import type { Examination } from '../../explain/health/findings.ts';
import { Presenter } from '../../explain/presenter.ts';
import type { ComparisonState } from '../../protocol/comparing.ts';
import type { StartTrainer } from '../../protocol/training.ts';
import type { RunRequest, RunResult, Runner } from '../../protocol/worker.ts';
import { examinationFor } from '../cli/config-file.ts';
import { type FileRun, type ModelFile, requestFor, runFile } from '../cli/run-file.ts';
import { startTrainer } from '../trainer.ts';
import { TrainingControl } from '../../workers/training/training-control.ts';

/** Editors save in several steps (write, rename, change the mode); one run is enough for all of them. */
const settle = 30;

/** A file that is run again whenever it, or what it imports, is saved. */
export class LiveFile implements Disposable {
  readonly presenter = new Presenter();
  readonly #ran = new Emitter<FileRun>();
  readonly onDidRun = this.#ran.event;
  readonly #trained = new Emitter<void>();
  /** The training stands elsewhere, or another one of its steps is shown. */
  readonly onDidTrain = this.#trained.event;
  readonly training: TrainingControl;
  readonly #examination: Examination;
  #earlier: ComparedRun | null = null;
  #last: RunResult | null = null;
  #running = 0;
  readonly #watchers = new Map<string, FSWatcher>();
  #timer: NodeJS.Timeout | null = null;
  #files: ReadonlySet<string>;
  #watching = false;

  constructor(
    readonly place: ModelFile,
    readonly runner: Runner,
    start: StartTrainer = startTrainer,
  ) {
    this.#examination = examinationFor(place);
    this.presenter.examineWith(this.#examination);
    this.presenter.lossesFrom((model) => this.training.lossesOf(place, model));
    this.#files = new Set([place.entry]);
    this.training = new TrainingControl({
      start,
      program: () => this.program,
      model: () => this.presenter.view?.pass.name ?? null,
      files: () => (this.#running === 0 ? (this.#last?.files ?? null) : null),
      present: (step) => this.presenter.showInstead(step),
      rerun: () => void this.run(),
      changed: () => this.#trained.fire(),
    });
  }

  /** The file as it is on disk, with the weights that a training of it left. */
  get program(): RunRequest {
    const weights = this.training.weightsFor(this.place);
    return { ...requestFor(this.place), ...(weights && { weights }) };
  }

  /** What is shown beside what it is compared with; null when nothing is compared. */
  get comparison(): ComparisonState | null {
    const { view } = this.presenter;
    return view && this.#earlier && besideEarlier(this.#earlier, view, this.#examination);
  }

  /** Compares what is shown from now on with the step that is shown now. */
  compareStep(): void {
    const [{ trace }, step] = [this.presenter, this.training.state?.shown ?? null];
    if (trace !== null && step !== null) this.#earlier = { label: stepName(step), trace };
  }

  endComparison(): void {
    this.#earlier = null;
  }

  async run(): Promise<void> {
    this.#running++;
    const run = await runFile(this.place, this.runner, this.presenter, this.program).finally(() => this.#running--);
    if (run === null) return;
    this.#last = run.result;
    this.training.ran(this.place, run.result);
    this.show(run);
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
    this.training.dispose();
    this.#ran.dispose();
    this.#trained.dispose();
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
