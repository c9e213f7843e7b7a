import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ToHost, ToPanel } from '../../../engine/protocol/panel.ts';
import { root } from '../../examples/command-line.ts';

const text = (w: number): string =>
  `import { model, param } from 'retrograd';\nconst w = param(${w});\nexport const m = model(() => w.square());\n`;

describe('local page', () => {
  let folder: string;
  let child: ChildProcessWithoutNullStreams;
  let url: URL;
  let printed = '';

  before(async function () {
    this.timeout(20_000);
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'retrograd-serve-')));
    writeFileSync(join(folder, 'model.ts'), text(2));
    child = spawn(process.execPath, [join(root, 'dist', 'cli.js'), 'start', 'model.ts'], { cwd: folder });
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    while (!/http:\S+/.test(printed)) await new Promise((resolve) => setTimeout(resolve, 20));
    url = new URL(/http:\S+/.exec(printed)![0]);
  });
  after(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  const status = (
    path: string,
    headers: Record<string, string> = {},
    method = 'GET',
    host = url.hostname,
  ): Promise<number> =>
    new Promise((resolve, reject) => {
      request({ host, port: url.port, path, method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode!);
      })
        .on('error', reject)
        .end();
    });

  it('prints values, gradients and a chain rule first', () => {
    assert.match(printed, /w +parameter +scalar +2\.0000 +4\.0000/);
    assert.match(printed, /∂L\/∂w = 2·w/);
  });

  it('is for whoever has the token, from this machine, under its own name', async () => {
    const path = url.pathname + url.search;
    assert.equal(await status(path), 200);
    assert.equal(await status('/'), 403);
    assert.equal(await status('/?token=wrong'), 403);
    assert.equal(await status('/events?token='), 403);
    // Neither of these may end the server.
    assert.equal(await status('//'), 403);
    assert.equal(await status(`/?token=${encodeURIComponent('é')}${'a'.repeat(31)}`), 403);
    assert.equal(await status(path, { host: 'evil.example' }), 403);
    assert.equal(await status(`/message${url.search}`, { origin: 'http://evil.example' }, 'POST'), 403);
    assert.equal(await status(`/message${url.search}`, {}, 'POST'), 400);
    assert.equal(await status(`/../package.json${url.search}`), 404);
    assert.equal(await status(`/%2e%2e/cli.js${url.search}`), 404);
  });

  it('listens on no other interface', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal);
    for (const { address } of others)
      await assert.rejects(status('/', {}, 'GET', address), /ECONNREFUSED|EHOSTUNREACH|ETIMEDOUT/);
  });

  /** What a page is told, in order. */
  async function listenAs(page: string): Promise<{ next(): Promise<ToPanel>; cancel(): Promise<void> }> {
    const response = await fetch(new URL(`/events${url.search}&page=${page}`, url));
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let buffer = '';
    return {
      cancel: () => reader.cancel(),
      next: async () => {
        for (;;) {
          const end = buffer.indexOf('\n\n');
          if (end >= 0) {
            const message = JSON.parse(buffer.slice('data: '.length, end)) as ToPanel;
            buffer = buffer.slice(end + 2);
            return message;
          }
          const { value, done } = await reader.read();
          if (done) throw new Error('The events ended.');
          buffer += value;
        }
      },
    };
  }

  const say = (page: string, message: ToHost): Promise<Response> =>
    fetch(new URL(`/message${url.search}&page=${page}`, url), { method: 'POST', body: JSON.stringify(message) });

  it('answers each page alone: two of them number their requests alike', async () => {
    const [one, other] = [await listenAs('one'), await listenAs('other')];
    const first = await one.next();
    assert.ok(first.type === 'snapshot' && first.snapshot.graph);
    assert.equal((await other.next()).type, 'snapshot');
    const { sequence, graph } = first.snapshot;
    const [w, loss] = [graph.nodes[0]!, graph.nodes.at(-1)!];
    const ask = (node: typeof w): ToHost => ({
      type: 'ask',
      request: 1,
      sequence,
      question: { kind: 'card', node: node.id },
    });
    await say('one', ask(w));
    await say('other', ask(loss));
    for (const [page, node] of [
      [one, w],
      [other, loss],
    ] as const) {
      const told = await page.next();
      assert.ok(told.type === 'reply' && told.answer.kind === 'card');
      assert.equal(told.answer.told?.node.id, node.id);
      await page.cancel();
    }
    assert.equal(await status(`/events${url.search}`), 400);
    assert.equal(await status(`/events${url.search}&page=${'x'.repeat(65)}`), 400);
  });

  it('goes on with a page whose stream is opened anew before the old one has ended', async () => {
    const old = await listenAs('again');
    const first = await old.next();
    assert.ok(first.type === 'snapshot' && first.snapshot.graph);
    const { sequence, graph } = first.snapshot;
    const fresh = await listenAs('again');
    assert.equal((await fresh.next()).type, 'snapshot');
    await old.cancel();
    // Until the server knows that the old one is gone: what it did then, it did before it answers this.
    await new Promise((done) => setTimeout(done, 100));
    await say('again', { type: 'ask', request: 7, sequence, question: { kind: 'card', node: graph.nodes[0]!.id } });
    const told = await fresh.next();
    assert.ok(told.type === 'reply' && told.request === 7);
    await fresh.cancel();
  });

  it('runs again when the file is saved, also by putting a new one in its place', async () => {
    const page = await listenAs('third');
    const loss = async (): Promise<string> => {
      for (;;) {
        const message = await page.next();
        if (message.type === 'snapshot' && message.snapshot.graph)
          return message.snapshot.graph.nodes.at(-1)!.value.text;
      }
    };
    const until = async (wanted: string): Promise<void> => {
      while ((await loss()) !== wanted);
    };
    await until('4.0000');
    writeFileSync(join(folder, 'model.ts'), text(3));
    await until('9.0000');
    writeFileSync(join(folder, 'model.ts.tmp'), text(4));
    renameSync(join(folder, 'model.ts.tmp'), join(folder, 'model.ts'));
    await until('16.0000');
    await page.cancel();
  });

  it('ends with Ctrl-C', async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGINT');
    assert.equal(await ended, 0);
  });
});
