import type { Disposable } from '../base/disposable.ts';
import { t } from '../base/l10n.ts';
import type { Presenter } from '../explain/presenter.ts';
import type { ToHost, ToPanel } from '../protocol/panel.ts';
import type { Task, TaskKind, TaskResult } from '../protocol/tasks.ts';
import { Checker } from './checker.ts';

export interface TaskSurroundings {
  readonly presenter: Pick<Presenter, 'view' | 'trace'>;
  /** What the panel shows now. */
  readonly shown: () => { readonly sequence: number };
  readonly send: (message: ToPanel) => void;
  /** The built worker that checks; beside this bundle where it is left out. */
  readonly checkWorker?: string;
}

type Begin = Extract<ToHost, { type: 'beginTask' }>;

/** Works on what a panel asked for beside the live run: each kind of task one at a time. */
export class PanelTasks implements Disposable {
  readonly #around: TaskSurroundings;
  readonly #checker: Checker;
  /** The newest request of each kind. */
  readonly #newest = new Map<TaskKind, number>();

  constructor(around: TaskSurroundings) {
    this.#around = around;
    this.#checker = new Checker(around.checkWorker);
  }

  begin({ request, sequence, task }: Begin): void {
    this.#newest.set(task.kind, request);
    void this.#work(request, sequence, task);
  }

  stop(request: number): void {
    for (const [kind, newest] of this.#newest) {
      if (newest !== request) continue;
      this.#newest.delete(kind);
      this.#checker.stop();
    }
  }

  dispose(): void {
    this.#newest.clear();
    this.#checker.dispose();
  }

  async #work(request: number, sequence: number, task: Task): Promise<void> {
    const { shown, send } = this.#around;
    const wanted = (): boolean => this.#newest.get(task.kind) === request;
    try {
      if (sequence !== shown().sequence)
        throw new Error(t('A newer run has taken the place of the one that was asked about.'));
      const result = await this.#result(request, task);
      if (result && wanted()) send({ type: 'taskDone', request, result });
    } catch (error) {
      if (wanted())
        send({ type: 'taskFailed', request, message: error instanceof Error ? error.message : String(error) });
    }
  }

  async #result(request: number, task: Task): Promise<TaskResult | null> {
    const { presenter, send } = this.#around;
    const { view } = presenter;
    if (!view) throw new Error(t('There is no graph to work on.'));
    const told = await this.#checker.check(
      {
        trace: view.trace,
        pass: view.trace.passes.indexOf(view.pass),
        granularity: view.granularity,
        opened: view.opened,
        node: task.node,
      },
      (progress) => send({ type: 'taskProgress', request, progress }),
    );
    return told && { kind: 'check', told };
  }
}
