import { defaultThresholds } from '../../engine/analysis/thresholds.ts';
import type { ModulePath } from '../../engine/base/brand.ts';
import { Adapter } from '../../engine/debug/adapter.ts';
import type { DebugHost } from '../../engine/debug/host.ts';
import type { Trace } from '../../engine/trace/format.ts';

interface Answer {
  readonly seq: number;
  readonly type: string;
  readonly command?: string;
  readonly event?: string;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: unknown;
}

/** A client in this process: what is measured is the adapter with all that it does, and no pipe. */
export class Client {
  readonly adapter: Adapter;
  #sequence = 0;
  #answers = new Map<number, (answer: Answer) => void>();
  #events = new Map<string, () => void>();

  constructor(trace: Trace) {
    this.adapter = new Adapter(hostOf(trace), (message) => this.#take(message));
  }

  /** Resolves with the answer's body. */
  async ask(command: string, given: object = {}): Promise<unknown> {
    const seq = ++this.#sequence;
    const answered = new Promise<Answer>((resolve) => this.#answers.set(seq, resolve));
    this.adapter.receive({ type: 'request', seq, command, arguments: given });
    const { success, message, body } = await answered;
    if (success !== true) throw new Error(`${command}: ${message ?? ''}`);
    return body;
  }

  /** Resolves when the session has stopped after a request. */
  async move(command: string, given: object = {}): Promise<void> {
    const stopped = new Promise<void>((resolve) => this.#events.set('stopped', resolve));
    await this.ask(command, { threadId: 1, ...given });
    await stopped;
  }

  async launch(given: object): Promise<void> {
    await this.ask('initialize');
    await this.ask('launch', { program: 'model.ts', ...given });
    await this.ask('setExceptionBreakpoints', { filters: [] });
    await this.move('configurationDone');
  }

  /** What an editor asks after every stop: the upper end of the call stack, the scopes, and what the first of them holds. */
  async look(): Promise<void> {
    await this.ask('threads');
    await this.ask('stackTrace', { threadId: 1, startFrame: 0, levels: 20 });
    const { scopes } = (await this.ask('scopes', { frameId: 1 })) as { scopes: { variablesReference: number }[] };
    await this.ask('variables', { variablesReference: scopes[0]!.variablesReference });
  }

  #take(message: Answer): void {
    if (message.type === 'event') return this.#events.get(message.event!)?.();
    const { request_seq: of } = message as unknown as { request_seq: number };
    this.#answers.get(of)?.(message);
    this.#answers.delete(of);
  }
}

/** Milliseconds that something takes. */
export async function timed(task: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}

const hostOf = (trace: Trace): DebugHost => ({
  locate: () => ({ root: '/', entry: trace.entry }),
  run: () => Promise.resolve({ trace, problems: [], files: trace.files, timings: [] }),
  thresholdsOf: () => defaultThresholds,
  stop: () => undefined,
  pathOf: (_root, file) => `/${file}`,
  moduleOf: (_root, path) => path.slice(1) as ModulePath,
  textOf: (_root, file) => trace.files.find(({ path }) => path === file)?.text ?? null,
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
});
