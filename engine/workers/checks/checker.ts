import type { Disposable } from '../../base/disposable.ts';
import { displayLanguage, t } from '../../base/l10n.ts';
import type { CheckProgress, CheckView } from '../../explain/check/view.ts';
import type { Trace } from '../../trace/format.ts';
import type { CheckAsked, CheckWorkerStart, FromChecker, ToChecker } from './messages.ts';
import type { StartThread, Thread } from '../threads/thread.ts';
import { partsOf } from './trace-parts.ts';
import { nextTurn } from '../threads/turns.ts';

/** A check of one pass of a trace. */
export interface CheckRequest extends CheckAsked {
  readonly trace: Trace;
  /** Which of the trace's passes. */
  readonly pass: number;
}

interface Job {
  readonly id: number;
  readonly progress: (progress: CheckProgress) => void;
  readonly settle: (view: CheckView | null) => void;
  readonly fail: (error: Error) => void;
}

/** Checks gradients in a thread of its own, one check at a time. The thread is there from the first check on. */
export class Checker implements Disposable {
  readonly #start: StartThread<CheckWorkerStart, ToChecker, FromChecker>;
  #thread: Thread<ToChecker> | null = null;
  #job: Job | null = null;
  #count = 0;

  constructor(start: StartThread<CheckWorkerStart, ToChecker, FromChecker>) {
    this.#start = start;
  }

  /**
   * Null when it was stopped, or a newer check took its place.
   * @throws when the thread fails, which is a mistake of ours.
   */
  check(request: CheckRequest, progress: (progress: CheckProgress) => void = () => {}): Promise<CheckView | null> {
    this.stop();
    return new Promise((settle, fail) => {
      this.#thread ??= this.#started();
      this.#thread.hold(true);
      this.#job = { id: ++this.#count, progress, settle, fail };
      const { id } = this.#job;
      this.#hand(this.#job, request).catch((error: unknown) => this.#crashed(id, error));
    });
  }

  /** Part by part, and everybody else in between. */
  async #hand({ id }: Job, { trace, pass, ...asked }: CheckRequest): Promise<void> {
    const wanted = trace.passes[pass];
    if (!wanted) throw new Error(t('There is no such pass.'));
    for (const part of partsOf(trace, wanted)) {
      this.#send({ id, type: 'part', part });
      await nextTurn();
      if (this.#job?.id !== id) return;
    }
    this.#send({ id, type: 'check', asked });
  }

  #send(message: ToChecker): void {
    this.#thread?.post(message);
  }

  #crashed(id: number, error: unknown): void {
    const job = this.#job;
    if (job?.id !== id) return;
    this.#end();
    job.fail(error instanceof Error ? error : new Error(String(error)));
  }

  /** Ends the check under way, if any, with its thread: an op cannot be interrupted otherwise. */
  stop(): void {
    const job = this.#job;
    if (job === null) return;
    this.#end();
    this.#thread?.terminate();
    this.#thread = null;
    job.settle(null);
  }

  dispose(): void {
    this.stop();
    this.#thread?.terminate();
    this.#thread = null;
  }

  #started(): Thread<ToChecker> {
    const thread: Thread<ToChecker> = this.#start(
      { translations: displayLanguage().translations },
      { heard: (message) => this.#received(message), ended: (why) => this.#failed(thread, why) },
    );
    return thread;
  }

  #received(message: FromChecker): void {
    const job = this.#job;
    if (message.id !== job?.id) return;
    if (message.type === 'progress') return job.progress(message.progress);
    this.#end();
    if (message.type === 'checked') job.settle(message.view);
    else job.fail(new Error(t('The check failed: {0}', message.message)));
  }

  #failed(thread: Thread<ToChecker>, message: string): void {
    if (thread !== this.#thread) return;
    this.#thread = null;
    const job = this.#job;
    this.#end();
    job?.fail(new Error(t('The check failed: {0}', message)));
  }

  /** A thread that nobody waits for must not keep the process alive. */
  #end(): void {
    this.#job = null;
    this.#thread?.hold(false);
  }
}
