import type { ToHost, ToPanel } from '../engine/protocol/panel.ts';
import type { Outcome, Progress, Task, TaskKind } from '../engine/protocol/tasks.ts';

/** What is done as a task goes on. A task that was stopped, or replaced by a newer one of its kind, says nothing more. */
export interface Following<Kind extends TaskKind> {
  /** @param request by which the host knows what it told. */
  readonly done: (told: Outcome<Kind>, request: number) => void;
  readonly failed: (message: string) => void;
  readonly progress?: (progress: Progress<Kind>) => void;
}

type Heard = Extract<ToPanel, { type: 'taskProgress' | 'taskDone' | 'taskFailed' }>;

/** The tasks that the host works on for this page, the newest of each kind. */
export class TasksUnderWay {
  #requests = 0;
  readonly #following = new Map<TaskKind, { readonly request: number; readonly hear: (message: Heard) => void }>();

  constructor(readonly send: (message: ToHost) => void) {}

  /** @returns what stops it. */
  begin<Kind extends TaskKind>(
    sequence: number,
    task: Extract<Task, { kind: Kind }>,
    { done, failed, progress }: Following<Kind>,
  ): () => void {
    const request = ++this.#requests;
    const { kind } = task;
    const hear = (message: Heard): void => {
      if (message.type === 'taskProgress') return progress?.(message.progress);
      this.#following.delete(kind);
      if (message.type === 'taskFailed') failed(message.message);
      else done(message.result.told, request);
    };
    this.#following.set(kind, { request, hear });
    this.send({ type: 'beginTask', request, sequence, task });
    return () => {
      if (this.#following.get(kind)?.request !== request) return;
      this.#following.delete(kind);
      this.send({ type: 'stopTask', request });
    };
  }

  hear(message: Heard): void {
    for (const { request, hear } of this.#following.values()) if (request === message.request) hear(message);
  }
}
