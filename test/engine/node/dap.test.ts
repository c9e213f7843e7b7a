import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { type Socket, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { MessageReader, writeMessage } from '../../../engine/node/dap/framing.ts';
import { servePort } from '../../../engine/node/dap/serve.ts';

const cli = join(import.meta.dirname, '..', '..', '..', 'dist', 'cli.js');

interface Message {
  readonly type: string;
  readonly command?: string;
  readonly event?: string;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: { readonly result?: string };
}

/** The barest client: writes requests, and waits for answers and events by name. */
class PlainClient {
  readonly #come: Message[] = [];
  #sequence = 0;
  #waiting: () => void = () => {};

  constructor(
    input: Readable,
    readonly output: Writable,
  ) {
    const reader = new MessageReader();
    input.on('data', (bytes: Buffer) => {
      this.#come.push(...(reader.read(bytes) as Message[]));
      this.#waiting();
    });
  }

  request(command: string, given: object = {}): void {
    writeMessage(this.output, { seq: ++this.#sequence, type: 'request', command, arguments: given });
  }

  async until(name: string): Promise<Message> {
    for (;;) {
      const found = this.#come.findIndex(({ command, event }) => command === name || event === name);
      if (found >= 0) return this.#come.splice(0, found + 1).at(-1)!;
      await new Promise<void>((resolve) => (this.#waiting = resolve));
    }
  }

  async launch(program: string, given: object = {}): Promise<void> {
    this.request('initialize', { adapterID: 'retrograd' });
    this.request('launch', { program, ...given });
    await this.until('initialized');
    this.request('configurationDone');
    await this.until('stopped');
  }
}

describe('retrograd dap', function () {
  this.timeout(60_000);
  let folder: string;
  let started: ChildProcess[] = [];
  const model = (name: string, body: string): string => {
    const path = join(folder, name);
    writeFileSync(path, `import { model, param } from 'retrograd';\nconst w = param(2);\n${body}\n`);
    return path;
  };
  const start = (): { process: ChildProcess; client: PlainClient } => {
    const process = spawn(globalThis.process.execPath, [cli, 'dap'], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    started.push(process);
    return { process, client: new PlainClient(process.stdout, process.stdin) };
  };

  before(() => (folder = realpathSync(mkdtempSync(join(tmpdir(), 'retrograd-dap-')))));
  afterEach(() => {
    for (const process of started) process.kill('SIGKILL');
    started = [];
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const [how, leave] of [
    ['closes the pipe', ({ client }) => client.output.end()],
    ['disconnects', ({ client }) => client.request('disconnect')],
  ] as readonly (readonly [string, (one: ReturnType<typeof start>) => void])[]) {
    it(`ends when its client ${how} in the middle of a run that has no end`, async () => {
      const endless = model('endless.ts', 'export const m = model(() => {\n  for (;;) w.mul(2);\n});');
      const one = start();
      one.client.request('initialize');
      await one.client.until('initialize');
      one.client.request('launch', { program: endless });
      // Until the run is under way; a moment more or less is nothing to the test.
      await new Promise((resolve) => setTimeout(resolve, 700));
      const ended = once(one.process, 'exit');
      leave(one);
      const [code] = (await ended) as [number | null];
      assert.equal(code, 0);
    });
  }

  it('serves two clients of one port, each with a session of its own', async () => {
    const program = model('square.ts', 'export const m = model(() => w.square());');
    const server = await servePort(0);
    const sockets: Socket[] = [connect(server.port, '127.0.0.1'), connect(server.port, '127.0.0.1')];
    try {
      await Promise.all(sockets.map((socket) => once(socket, 'connect')));
      const [one, other] = sockets.map((socket) => new PlainClient(socket, socket)) as [PlainClient, PlainClient];
      await Promise.all([one.launch(program), other.launch(program, { pass: 'forward' })]);
      one.request('continue', { threadId: 1 });
      await one.until('stopped');
      one.request('evaluate', { expression: 'w.grad' });
      other.request('evaluate', { expression: 'w.grad' });
      // ∂(w²)/∂w = 2·2 where the backward pass is done; nothing where only the forward pass is stepped.
      assert.equal((await one.until('evaluate')).body?.result, '4');
      assert.equal((await other.until('evaluate')).body?.result, 'none (yet)');
      one.request('disconnect');
      await once(sockets[0]!, 'close');
      other.request('evaluate', { expression: 'w' });
      assert.equal((await other.until('evaluate')).body?.result, '2');
    } finally {
      for (const socket of sockets) socket.destroy();
      server.close();
    }
  });
});
