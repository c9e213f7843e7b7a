import { type ChildProcess, spawn } from 'node:child_process';
import { type Interface, createInterface } from 'node:readline';
import type { SandboxTimes } from './sandbox.ts';
import type { Checked, Leaves, WorkloadName } from './workloads.ts';

export interface Fails {
  readonly fails: string;
}

export type Times = { readonly times: readonly number[] } | SandboxTimes;

interface Reply {
  readonly start: { readonly version: string };
  readonly prepare: Checked;
  readonly measure: Times;
}

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** An engine in a process of its own, asked one question at a time. See `peers/serve.mjs`. */
export class Conversation {
  readonly #start: Command;
  #process: ChildProcess | null = null;
  #lines: Interface | null = null;

  constructor(start: Command) {
    this.#start = start;
  }

  /** The version, or why there is none. */
  start(limit: number): Promise<Reply['start'] | Fails> {
    return this.#ask({ ask: 'start' }, limit);
  }

  prepare(workload: WorkloadName, leaves: Leaves, limit: number): Promise<Checked | Fails> {
    return this.#ask({ ask: 'prepare', workload, leaves }, limit);
  }

  reference(workload: WorkloadName, leaves: Leaves, limit: number): Promise<Checked | Fails> {
    return this.#ask({ ask: 'reference', workload, leaves }, limit);
  }

  measure(milliseconds: number, limit: number): Promise<Times | Fails> {
    return this.#ask({ ask: 'measure', milliseconds }, limit);
  }

  end(): void {
    this.#process?.kill('SIGKILL');
    this.#process = null;
  }

  #open(): { process: ChildProcess; lines: Interface } {
    if (this.#process && this.#lines) return { process: this.#process, lines: this.#lines };
    const { command, args, env } = this.#start;
    const process = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...globalThis.process.env, ...env },
    });
    const lines = createInterface({ input: process.stdout });
    this.#process = process;
    this.#lines = lines;
    return { process, lines };
  }

  /** An engine that does not answer in time, or ends, is started anew for the next question. */
  #ask<Answer>(question: object, limit: number): Promise<Answer | Fails> {
    const { process, lines } = this.#open();
    return new Promise((resolve) => {
      const settle = (reply: Answer | Fails): void => {
        clearTimeout(timer);
        lines.removeAllListeners('line');
        process.removeAllListeners('exit').removeAllListeners('error');
        resolve(reply);
      };
      const over = (fails: string): void => {
        this.end();
        settle({ fails });
      };
      const timer = setTimeout(() => over(`no answer in ${Math.round(limit / 1000)} s`), limit);
      lines.once('line', (line) => settle((JSON.parse(line) as { reply: Answer | Fails }).reply));
      process.once('exit', () => over('it ended'));
      process.once('error', (error) => over(error.message));
      process.stdin!.write(`${JSON.stringify(question)}\n`);
    });
  }
}
