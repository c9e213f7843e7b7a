import type { ModulePath } from '../../../engine/base/brand.ts';
import type { PanelStatus } from '../../../engine/protocol/panel.ts';
import { defaultBudget, type Runner, type RunRequest, type RunResult } from '../../../engine/protocol/worker.ts';
import type { TrainedParameter } from '../../../engine/protocol/training.ts';
import type { Trace } from '../../../engine/trace/format.ts';
import { Live, type LivePresenter } from '../../../extension/live/live.ts';
import type { Place } from '../../../extension/place.ts';
import { emptyTrace } from '../../engine/trace/empty-trace.ts';

export const place = (path: string, root = '/work'): Place => ({ root, path: path as ModulePath });

export const traceOf = (...files: string[]): Trace => emptyTrace(Object.fromEntries(files.map((path) => [path, ''])));

export const good = (...files: string[]): RunResult => ({
  trace: traceOf(...files),
  problems: [],
  files: [],
  timings: [],
});
export const failed: RunResult = { trace: null, problems: [], files: [], timings: [] };

/** Answers when told to, and takes requests the way the contract of `Runner` says. */
export class FakeRunner implements Runner {
  readonly requests: RunRequest[] = [];
  stops = 0;
  disposed = false;
  #answer: ((result: RunResult | null) => void) | null = null;
  #refuse: ((error: Error) => void) | null = null;

  run(request: RunRequest): Promise<RunResult | null> {
    if (this.#answer !== null) throw new Error('asked for a run while one was under way');
    this.requests.push(request);
    return new Promise((resolve, reject) => {
      this.#answer = resolve;
      this.#refuse = reject;
    });
  }

  async answer(result: RunResult | null): Promise<void> {
    const answer = this.#answer;
    this.#answer = this.#refuse = null;
    answer?.(result);
    await settled();
  }

  async break(): Promise<void> {
    const refuse = this.#refuse;
    this.#answer = this.#refuse = null;
    refuse?.(new Error('the worker could not be started'));
    await settled();
  }

  stop(): void {
    this.stops++;
    void this.answer(null);
  }

  dispose(): void {
    this.disposed = true;
  }
}

/** Remembers the status it was told of and the last trace; shows no graph. */
class FakePresenter implements LivePresenter {
  trace: Trace | null = null;
  readonly view = null;
  #status: PanelStatus = { kind: 'empty' };
  #file: string | null = null;
  #sequence = 0;

  begin(file: ModulePath): void {
    this.setStatus({ kind: 'running' }, file);
  }
  finish(result: RunResult): void {
    this.trace = result.trace ?? this.trace;
    this.#status = { kind: result.trace !== null ? 'live' : this.trace !== null ? 'stale' : 'failed' };
    this.#sequence++;
  }
  setStatus(status: PanelStatus, file: ModulePath | null): void {
    if (file !== this.#file) this.trace = null;
    this.#file = file;
    this.#status = status;
    this.#sequence++;
  }
  chooseElement(): void {}
  showInstead(): void {}
  examineWith(): void {}
  lossesFrom(): void {}
  findingsIn = () => [];
  choose(): void {
    this.#sequence++;
  }
  snapshot() {
    return {
      sequence: this.#sequence,
      status: this.#status,
      file: this.#file,
      graph: null,
      problems: [],
      findings: null,
      findingsElsewhere: [],
    };
  }
  card = () => null;
  answer = () => null;
  inlays = () => [];
  summaries = () => [];
  nodeAt = () => null;
  hover = () => null;
  sourceOf = () => null;
  findNode = () => null;
}

/** A live state in a trusted workspace that was allowed to run `/work`; a test changes what it is about. */
export function setUp(presenter: LivePresenter = new FakePresenter()) {
  const runner = new FakeRunner();
  const world = {
    trusted: true,
    allowed: new Set(['/work']),
    texts: new Map<ModulePath, { text: string; dirty: boolean }>(),
    reported: [] as unknown[],
    weights: null as readonly TrainedParameter[] | null,
  };
  const live = new Live({
    runner,
    presenter,
    trusted: () => world.trusted,
    allowed: (root) => world.allowed.has(root),
    openTexts: () => world.texts,
    budget: () => defaultBudget,
    delay: () => 5,
    weights: () => world.weights,
    report: (error) => world.reported.push(error),
  });
  return { live, runner, world };
}

/** Lets everything that is waiting for a promise go on. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
/** Lets the coalescing delay of `setUp` pass. */
export const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 30));
