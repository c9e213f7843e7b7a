import { join } from 'node:path';
import { DebugClient } from '@vscode/debugadapter-testsupport';
import type { DebugProtocol } from '@vscode/debugprotocol';

const cli = join(import.meta.dirname, '..', '..', '..', 'dist', 'cli.js');

/** Starts `retrograd dap` in a folder, and speaks with it over its standard input and output. */
export async function startClient(folder: string): Promise<DebugClient> {
  // With a shell, the path of the program can hold its argument too.
  const options = { cwd: folder, shell: true, env: { ...process.env, LC_ALL: 'C' } };
  const client = new DebugClient(JSON.stringify(process.execPath), `${JSON.stringify(cli)} dap`, 'retrograd', options);
  client.defaultTimeout = 15_000;
  await client.start();
  return client;
}

/** The next events of a client, in the order in which they came. */
export class Events {
  readonly #come: DebugProtocol.Event[] = [];
  #waiting: (() => void) | null = null;

  constructor(client: DebugClient, names: readonly string[]) {
    for (const name of names)
      client.on(name, (event: DebugProtocol.Event) => {
        this.#come.push(event);
        this.#waiting?.();
      });
  }

  /** All up to and with the first of some names. */
  async until(...names: readonly string[]): Promise<DebugProtocol.Event[]> {
    const deadline = Date.now() + 15_000;
    for (;;) {
      const found = this.#come.findIndex(({ event }) => names.includes(event));
      if (found >= 0) return this.#come.splice(0, found + 1);
      if (Date.now() > deadline) throw new Error(`None of ${names.join(', ')} came.`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 500);
        this.#waiting = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** Those that have come since. */
  take(): DebugProtocol.Event[] {
    return this.#come.splice(0);
  }
}
