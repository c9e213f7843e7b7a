import type { ModulePath, NodeId } from '../../engine/base/brand.ts';
import type { Disposable } from '../../engine/base/disposable.ts';
import { Emitter } from '../../engine/base/emitter.ts';
import type { Presenter } from '../../engine/explain/presenter.ts';
import type { Granularity } from '../../engine/explain/view.ts';
import type { PanelSnapshot, PanelStatus } from '../../engine/protocol/panel.ts';
import type { TrainedParameter } from '../../engine/protocol/training.ts';
import type { Budget, Runner, RunRequest, RunResult } from '../../engine/protocol/worker.ts';
import { samePlace, type Place } from '../place.ts';
import { Scheduler } from './scheduler.ts';

/** What the live state asks of the editor around it. */
/** The presenter by what it does, so that tests can watch what it is told. */
export type LivePresenter = Pick<Presenter, keyof Presenter>;

export interface Surroundings {
  readonly runner: Runner;
  readonly presenter: LivePresenter;
  trusted(): boolean;
  allowed(root: string): boolean;
  /** The texts of all open documents under a root that a program could be made of. `dirty` ones differ from the disk. */
  openTexts(root: string): ReadonlyMap<ModulePath, { readonly text: string; readonly dirty: boolean }>;
  budget(): Budget;
  delay(): number;
  /** What a training left of the weights of a file, to go on from; null where it has none. */
  weights(place: Place): readonly TrainedParameter[] | null;
  report(error: unknown): void;
}

/** One finished run and the texts it was given, so that its offsets can be followed into what was typed since. */
export interface FinishedRun {
  readonly root: string;
  readonly result: RunResult;
  readonly texts: ReadonlyMap<ModulePath, string>;
}

/** Milliseconds that a run may take before it is announced: at every keystroke, that would be one flicker and one snapshot more. */
const quick = 150;

/**
 * The one owner of what is live: which file, the last run of it, and the state that everything on screen is made from.
 * Nothing runs but through here, and here only in a trusted workspace under a root that was allowed.
 */
export class Live implements Disposable {
  readonly presenter: LivePresenter;
  readonly #around: Surroundings;
  readonly #scheduler: Scheduler;
  readonly #changed = new Emitter<void>();
  /** Fires after every change of file, status, trace, problems or choice. */
  readonly onDidChange = this.#changed.event;
  readonly #finished = new Emitter<FinishedRun>();
  readonly onDidFinish = this.#finished.event;
  #place: Place | null = null;
  #snapshot: PanelSnapshot | null = null;
  #lastRun: FinishedRun | null = null;
  #texts: ReadonlyMap<ModulePath, string> = new Map();
  #announcement: ReturnType<typeof setTimeout> | undefined;

  constructor(around: Surroundings) {
    this.#around = around;
    this.presenter = around.presenter;
    this.#scheduler = new Scheduler({
      runner: around.runner,
      delay: () => around.delay(),
      read: () => this.#request(),
      started: (request) => this.#start(request),
      finished: (request, result) => this.#finish(request, result),
      broke: (error) => {
        around.report(error);
        this.#settle();
      },
    });
  }

  get place(): Place | null {
    return this.#place;
  }

  get running(): boolean {
    return this.#scheduler.busy;
  }

  /** What the panel shows now. Kept until something changes: features ask for it at every keystroke. */
  get snapshot(): PanelSnapshot {
    return (this.#snapshot ??= this.presenter.snapshot());
  }

  get status(): PanelStatus['kind'] {
    return this.snapshot.status.kind;
  }

  /** Whether the trace may be shown: it is of the live file, and nobody has withdrawn the permission. */
  get showsTrace(): boolean {
    return this.status === 'live' || this.status === 'stale' || this.status === 'running';
  }

  /** The newest run that came to an end, whether or not it made a trace. Null after a change of file. */
  get lastRun(): FinishedRun | null {
    return this.#lastRun;
  }

  /** Makes a file the live one. Null: there is none. */
  follow(place: Place | null): void {
    if (samePlace(place, this.#place)) return;
    this.#halt();
    this.#place = place;
    this.#lastRun = null;
    this.refresh();
  }

  /** Something changed that decides whether and how the live file runs: its text, trust, permission, a setting. */
  refresh(): void {
    const barrier = this.#barrier();
    if (barrier === null) {
      this.#scheduler.request();
    } else {
      this.#halt();
      this.presenter.setStatus(barrier, this.#place?.path ?? null);
      this.#change();
    }
  }

  /** A text of this workspace changed, in an editor or on disk. */
  edited(place: Place): void {
    if (this.#place !== null && this.#barrier() === null && this.#mayMatter(place)) this.#scheduler.request();
  }

  /** Whether the last run read this file. */
  reads(place: Place): boolean {
    const trace = this.presenter.trace;
    return this.#place?.root === place.root && trace !== null && trace.files.some((file) => file.path === place.path);
  }

  /** Ends the run under way. What was last good stays on screen, as stale. */
  stop(): void {
    if (!this.running) return;
    this.#halt();
    this.#settle();
  }

  /** Which model is shown and how finely. Null: the first one. */
  choose(model: string | null, granularity: Granularity, opened: readonly NodeId[]): void {
    this.presenter.choose(model, granularity, opened);
    this.#change();
  }

  /** Shows the trace of a step of a training in place of the live run's; null: that again. */
  showInstead(step: LivePresenter['trace']): void {
    this.presenter.showInstead(step);
    this.#change();
  }

  /** Which element is followed, `W1[2,0]`; null for none. */
  chooseElement(query: string | null): void {
    this.presenter.chooseElement(query);
    this.#change();
  }

  dispose(): void {
    this.#hush();
    this.#scheduler.dispose();
    this.#changed.dispose();
    this.#finished.dispose();
    this.#around.runner.dispose();
  }

  #halt(): void {
    this.#hush();
    this.#scheduler.stop();
  }

  #barrier(): PanelStatus | null {
    if (this.#place === null) return { kind: 'empty' };
    if (!this.#around.trusted()) return { kind: 'untrusted' };
    if (!this.#around.allowed(this.#place.root)) return { kind: 'unasked' };
    return null;
  }

  /** After a failed run any file may be the one that was missing; after a good one the trace knows what was read. */
  #mayMatter(place: Place): boolean {
    if (this.#place?.root !== place.root) return false;
    const failed =
      this.#lastRun === null || this.#lastRun.result.trace === null || this.#lastRun.result.problems.length > 0;
    return failed || samePlace(place, this.#place) || this.reads(place);
  }

  /** The live file as it is now, to be run beside the live run; null while nothing may run. */
  get program(): RunRequest | null {
    if (this.#place === null || this.#barrier() !== null) return null;
    const { root, path } = this.#place;
    const open = [...this.#around.openTexts(root)];
    const overlays = new Map(open.filter(([, { dirty }]) => dirty).map(([file, { text }]) => [file, text]));
    const weights = this.#around.weights(this.#place);
    return { root, entry: path, overlays, budget: this.#around.budget(), ...(weights && { weights }) };
  }

  #request(): RunRequest | null {
    const { program } = this;
    if (program)
      this.#texts = new Map([...this.#around.openTexts(program.root)].map(([file, { text }]) => [file, text]));
    return program;
  }

  #start({ entry }: RunRequest): void {
    this.#hush();
    const begin = (): void => {
      this.#announcement = undefined;
      this.presenter.begin(entry);
      this.#change();
    };
    if (this.#lastRun !== null && this.showsTrace) this.#announcement = setTimeout(begin, quick);
    else begin();
  }

  /** Drops the announcement of a run, and says whether there was one left to make. */
  #hush(): boolean {
    const waiting = this.#announcement !== undefined;
    clearTimeout(this.#announcement);
    this.#announcement = undefined;
    return waiting;
  }

  #finish(request: RunRequest, result: RunResult): void {
    if (this.#hush()) this.presenter.begin(request.entry);
    this.presenter.finish(result);
    this.#lastRun = { root: request.root, result, texts: this.#texts };
    this.#finished.fire(this.#lastRun);
    this.#change();
  }

  /** A run came to no end: what was good before it stays, as stale. */
  #settle(): void {
    this.#hush();
    if (this.#place === null) return;
    this.presenter.setStatus({ kind: this.presenter.trace === null ? 'failed' : 'stale' }, this.#place.path);
    this.#change();
  }

  #change(): void {
    this.#snapshot = null;
    this.#changed.fire();
  }
}
