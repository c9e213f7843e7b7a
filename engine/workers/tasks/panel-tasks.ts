import type { Disposable } from '../../base/disposable.ts';
import { t } from '../../base/l10n.ts';
import type { PassView } from '../../explain/pass-view.ts';
import type { Presenter } from '../../explain/presenter.ts';
import { whatIf } from '../../explain/what-if/build.ts';
import { previewOf } from '../../explain/what-if/preview.ts';
import type { LeafChange } from '../../explain/what-if/view.ts';
import type { ToHost, ToPanel } from '../../protocol/panel.ts';
import type { Task, TaskKind, TaskResult } from '../../protocol/tasks.ts';
import type { LiteralPlace, RunRequest, RunResult, Runner } from '../../protocol/worker.ts';
import type { Checker } from '../checks/checker.ts';

export interface TaskSurroundings {
  readonly presenter: Pick<Presenter, 'view' | 'trace'>;
  /** What the panel shows now. */
  readonly shown: () => { readonly sequence: number };
  /** The program as it is now; null while nothing may run. */
  readonly program: () => RunRequest | null;
  readonly send: (message: ToPanel) => void;
  /** A sandbox for single runs. */
  readonly startRunner: () => Runner;
  readonly startChecker: () => Checker;
}

/** A number of the text, and what is to stand in its place. */
export interface WriteBack {
  readonly root: string;
  /** The text that the place counts in. */
  readonly text: string;
  readonly place: LiteralPlace;
  readonly to: number;
}

/** Milliseconds that this thread may be held up for a preview. */
const quick = 30;

type Begin = Extract<ToHost, { type: 'beginTask' }>;

/** Works on what a panel asked for beside the live run: each kind of task one at a time. */
export class PanelTasks implements Disposable {
  readonly #around: TaskSurroundings;
  readonly #checker: Checker;
  /** There from the first what-if on, so that it never holds up the live run. */
  #runner: Runner | null = null;
  /** The newest request of each kind. */
  readonly #newest = new Map<TaskKind, number>();
  /** The pass whose previews would hold up this thread. */
  #slow: PassView['pass'] | null = null;
  #written: { readonly request: number; readonly changes: readonly WriteBack[] } | null = null;

  constructor(around: TaskSurroundings) {
    this.#around = around;
    this.#checker = around.startChecker();
  }

  begin({ request, sequence, task }: Begin): void {
    this.#newest.set(task.kind, request);
    void this.#work(request, sequence, task);
  }

  stop(request: number): void {
    if (this.#newest.get('check') === request) this.#checker.stop();
    for (const [kind, newest] of this.#newest) if (newest === request) this.#newest.delete(kind);
  }

  /** Where the numbers of a what-if go that was told: those that the text has as numbers. */
  toWrite(request: number): readonly WriteBack[] {
    return this.#written?.request === request ? this.#written.changes : [];
  }

  dispose(): void {
    this.#newest.clear();
    this.#checker.dispose();
    this.#runner?.dispose();
  }

  async #work(request: number, sequence: number, task: Task): Promise<void> {
    const { shown, send, presenter } = this.#around;
    const isWanted = (): boolean => this.#newest.get(task.kind) === request;
    try {
      if (sequence !== shown().sequence)
        throw new Error(t('A newer run has taken the place of the one that was asked about.'));
      if (!presenter.view) throw new Error(t('There is no graph to work on.'));
      const result = await this.#result(request, presenter.view, task);
      if (result && isWanted()) send({ type: 'taskDone', request, result });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (isWanted()) send({ type: 'taskFailed', request, message });
    }
  }

  async #result(request: number, view: PassView, task: Task): Promise<TaskResult | null> {
    if (task.kind === 'whatIf') {
      const program = this.#program();
      const ran = this.#runWith(view, task.changes, program);
      this.#preview(request, view, task.changes);
      const result = await ran;
      if (!result) return null;
      const told = whatIf(view, result, program.training?.step);
      this.#written = { request, changes: writeBacks(result, task.changes, program.root) };
      return { kind: 'whatIf', told };
    }
    const { trace, pass, granularity, opened } = view;
    const told = await this.#checker.check(
      { trace, pass: trace.passes.indexOf(pass), granularity, opened, node: task.node },
      (progress) => this.#around.send({ type: 'taskProgress', request, progress }),
    );
    return told && { kind: 'check', told };
  }

  /** While the program runs: what it will probably come to. Where that took too long once, the same pass is not tried again. */
  #preview(request: number, view: PassView, changes: readonly LeafChange[]): void {
    if (this.#slow === view.pass) return;
    const started = performance.now();
    const progress = previewOf(view, changes);
    if (performance.now() - started > quick) this.#slow = view.pass;
    if (progress) this.#around.send({ type: 'taskProgress', request, progress });
  }

  #program(): RunRequest {
    const program = this.#around.program();
    if (!program) throw new Error(t('Nothing may run.'));
    if (program.overrides !== undefined && program.overrides.length > 0)
      throw new Error(t('The debugger’s what-if is shown: change the number there, or restore the run’s values.'));
    return program;
  }

  #runWith({ graph }: PassView, changes: readonly LeafChange[], program: RunRequest): Promise<RunResult | null> {
    const overrides = changes.map(({ node, element, to }) => {
      const leaf = graph.has(node) ? graph.node(node) : null;
      const from = leaf?.kind === 'op' ? undefined : leaf?.value.data?.[element];
      if (from === undefined) throw new Error(t('There is no such number to change.'));
      return { node, element, from, to };
    });
    this.#runner ??= this.#around.startRunner();
    return this.#runner.run({ ...program, overrides });
  }
}

function writeBacks({ overridden = [], files }: RunResult, asked: readonly LeafChange[], root: string): WriteBack[] {
  return overridden.flatMap(({ literal: place, to }, i) => {
    if ('why' in place) return [];
    const text = files.find(({ path }) => path === place.file)?.text ?? '';
    const wanted = asked[i]!.to;
    // 0.35 and not what float32 makes of it, but 3 where 3.7 is a whole number there.
    return [{ root, text, place, to: Math.fround(wanted) === to ? wanted : to }];
  });
}
