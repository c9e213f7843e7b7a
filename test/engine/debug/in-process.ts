import type { DebugProtocol } from '@vscode/debugprotocol';
import { type Thresholds, defaultThresholds } from '../../../engine/analysis/thresholds.ts';
import type { ModulePath } from '../../../engine/base/brand.ts';
import { Adapter } from '../../../engine/debug/adapter.ts';
import type { DebugHost, ProgramRun } from '../../../engine/debug/host.ts';
import type { LeafOverride, RunResult } from '../../../engine/protocol/worker.ts';

/** A host whose runs end when the test says so, over texts that the test holds. */
export class TestHost implements DebugHost {
  stops = 0;
  breaths = 0;
  text: string | null;
  #waiting: ((result: RunResult | null) => void)[] = [];

  /**
   * @param result what every run gives at once; null: runs wait until `finish`.
   * @param rerun runs the program with other numbers in its leaves.
   */
  constructor(
    readonly result: RunResult | null,
    readonly file = 'model.ts' as ModulePath,
    readonly rerun: ((overrides: readonly LeafOverride[]) => Promise<RunResult>) | null = null,
  ) {
    this.text = result?.files[0]?.text ?? null;
  }

  locate(program: string): { root: string; entry: ModulePath } | string {
    return program.endsWith('.ts') ? { root: '/models', entry: this.file } : `${program} is no model.`;
  }

  run({ whatIf }: Pick<ProgramRun, 'whatIf'>): Promise<RunResult | null> {
    if (whatIf && this.rerun) return this.rerun(whatIf.overrides);
    if (this.result) return Promise.resolve(this.result);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  finish(result: RunResult | null): void {
    for (const resolve of this.#waiting.splice(0)) resolve(result);
  }

  thresholdsOf(): Thresholds {
    return defaultThresholds;
  }

  stop(): void {
    this.stops++;
    this.finish(null);
  }

  pathOf(root: string, path: ModulePath): string {
    return `${root}/${path}`;
  }

  moduleOf(root: string, path: string): ModulePath | null {
    return path.startsWith(`${root}/`) ? (path.slice(root.length + 1) as ModulePath) : null;
  }

  textOf(): string | null {
    return this.text;
  }

  async breathe(): Promise<void> {
    this.breaths++;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

/** A client in this process. Everything that the adapter sends is kept, in order. */
export class TestClient {
  readonly sent: DebugProtocol.ProtocolMessage[] = [];
  readonly adapter: Adapter;
  #sequence = 0;

  constructor(readonly host: DebugHost) {
    this.adapter = new Adapter(host, (message) => void this.sent.push(message));
  }

  /** Resolves with the response, which may be a refusal. */
  async ask(command: string, given?: unknown): Promise<DebugProtocol.Response> {
    const seq = ++this.#sequence;
    this.adapter.receive({ type: 'request', seq, command, arguments: given });
    for (const deadline = Date.now() + 15_000; Date.now() < deadline;) {
      const found = this.sent.find(
        (message): message is DebugProtocol.Response =>
          message.type === 'response' && (message as DebugProtocol.Response).request_seq === seq,
      );
      if (found) return found;
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    throw new Error(`${command} was not answered.`);
  }

  /** The events of a name that have come since the last call. */
  take(name: string): DebugProtocol.Event[] {
    const found = this.sent.filter(
      (message): message is DebugProtocol.Event =>
        message.type === 'event' && (message as DebugProtocol.Event).event === name,
    );
    for (const event of found) this.sent.splice(this.sent.indexOf(event), 1);
    return found;
  }

  async stopped(): Promise<DebugProtocol.StoppedEvent['body']> {
    for (let i = 0; i < 5000; i++) {
      const [event] = this.take('stopped');
      if (event) return event.body as DebugProtocol.StoppedEvent['body'];
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    throw new Error('Nothing stopped.');
  }

  async launch(given: object = {}): Promise<void> {
    await this.ask('initialize');
    const response = await this.ask('launch', { program: '/models/model.ts', ...given });
    if (!response.success) throw new Error(response.message);
    await this.ask('configurationDone');
    await this.stopped();
  }
}
