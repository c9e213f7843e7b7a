import { randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { displayLanguage } from '../../base/l10n.ts';
import type { ToPanel } from '../../protocol/panel.ts';
import { contentSecurityPolicy, panelPage } from '../../protocol/page.ts';
import { parseToHost } from '../../protocol/parse-panel.ts';
import { startChecker } from '../checker.ts';
import { startRunner } from '../runner.ts';
import { answer } from './conversation.ts';
import type { LiveFile } from './live-file.ts';
import { Page } from './page.ts';

export interface PanelServer {
  /** With the token: whoever has it may look. */
  readonly url: string;
  close(): Promise<void>;
}

const longestMessage = 64 * 1024;
/** At once. Whoever has the token could otherwise make any number of them. */
const mostPages = 50;
const self = "'self'";
const types: Readonly<Record<string, string>> = {
  'panel.js': 'text/javascript',
  'elk-worker.js': 'text/javascript',
  'panel.css': 'text/css',
  'local-theme.css': 'text/css',
};

/** Serves the panel on this machine alone, to whoever has the token. `say` is told what the editor would have been. */
export async function servePanel(live: LiveFile, say: (text: string) => void): Promise<PanelServer> {
  const token = randomBytes(24).toString('base64url');
  const pages = new Map<string, Page>();
  const send = (message: ToPanel): void => {
    for (const one of pages.values()) if (one.isOpen) one.send(message);
  };
  const sendComparison = (): void => send({ type: 'comparison', state: live.comparison });
  const sendSnapshot = (): void => {
    send({ type: 'snapshot', snapshot: live.presenter.snapshot() });
    const state = live.comparison;
    if (state !== null) send({ type: 'comparison', state });
  };
  const pageOf = (id: string): Page | null => {
    const known = pages.get(id);
    if (known || pages.size >= mostPages || !/^[\w-]{1,64}$/.test(id)) return known ?? null;
    const made = new Page({
      startRunner: () => startRunner({ spare: false }),
      startChecker,
      presenter: live.presenter,
      shown: () => live.presenter.snapshot(),
      program: () => live.training.shownProgram ?? live.program,
    });
    pages.set(id, made);
    return made;
  };
  const following = live.onDidRun(sendSnapshot);
  let shown: number | null = null;
  const training = live.onDidTrain(() => {
    const { state } = live.training;
    if (shown !== (state?.shown ?? null)) sendSnapshot();
    shown = state?.shown ?? null;
    send({ type: 'training', state });
  });

  const server = createServer((request, response) => {
    const port = (server.address() as AddressInfo).port;
    // A page of another site that resolves to this machine still sends its own name.
    if (request.headers.host !== `127.0.0.1:${port}`) return refuse(response, 403);
    const { origin } = request.headers;
    if (origin !== undefined && origin !== `http://127.0.0.1:${port}`) return refuse(response, 403);
    const target = `http://localhost${request.url ?? '/'}`;
    if (!URL.canParse(target)) return refuse(response, 400);
    const url = new URL(target);
    if (!equal(url.searchParams.get('token') ?? '', token)) return refuse(response, 403);
    const name = url.pathname.slice(1);
    if (request.method === 'GET' && name === '') return page(response, token);
    if (request.method === 'GET' && Object.hasOwn(types, name)) return file(response, name);
    if (name !== 'events' && name !== 'message') return refuse(response, 404);
    const id = url.searchParams.get('page') ?? '';
    const asking = pageOf(id);
    if (!asking) return refuse(response, 400);
    if (request.method === 'GET' && name === 'events') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.on('close', () => {
        // A browser may open a new stream before this one is known to be broken: the page lives on in that.
        if (!asking.hears(response)) return;
        if (pages.get(id) === asking) pages.delete(id);
        asking.dispose();
      });
      asking.listen(response);
      return asking.send({ type: 'snapshot', snapshot: live.presenter.snapshot() });
    }
    if (request.method === 'POST' && name === 'message') {
      return void bodyOf(request).then((body) => {
        const message = body === null ? null : parseToHost(body);
        if (message === null) return refuse(response, 400);
        answer(message, live, { tasks: asking.tasks, send: asking.send, sendSnapshot, sendComparison, say });
        response.writeHead(204).end();
      });
    }
    refuse(response, 404);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/?token=${token}`,
    close: () => {
      following.dispose();
      training.dispose();
      for (const one of pages.values()) one.dispose();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function page(response: ServerResponse, token: string): void {
  const at = (name: string): string => `/${name}?token=${token}`;
  const html = panelPage({
    script: at('panel.js'),
    style: at('panel.css'),
    elkWorker: at('elk-worker.js'),
    themeCss: at('local-theme.css'),
    cspSource: self,
    language: displayLanguage(),
    localToken: token,
  });
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy({ cspSource: self }),
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(html);
}

function file(response: ServerResponse, name: string): void {
  const folder = new URL(import.meta.url.endsWith('.ts') ? '../../../dist/webview/' : './webview/', import.meta.url);
  const at = new URL(name, folder);
  if (!existsSync(at)) return refuse(response, 404);
  response.writeHead(200, {
    'content-type': `${types[name]!}; charset=utf-8`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(readFileSync(at));
}

const refuse = (response: ServerResponse, status: number): void =>
  void response.writeHead(status, { 'content-type': 'text/plain' }).end();

/** In time that does not tell how much of it was right. */
const equal = (a: string, b: string): boolean => {
  const [given, wanted] = [Buffer.from(a), Buffer.from(b)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
};

/** JSON of the body, or null for what is too long or none. */
async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > longestMessage) return null;
      chunks.push(chunk);
    }
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    return null;
  }
}
