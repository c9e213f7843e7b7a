import { readFileSync } from 'node:fs';
import type { DebugClient } from '@vscode/debugadapter-testsupport';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { Events, startClient } from './client.ts';

const eventNames = ['initialized', 'stopped', 'terminated', 'exited', 'output', 'breakpoint', 'invalidated', 'memory'];

/** Requests that are followed by a stop, or by the end. */
const moves = new Set([
  'configurationDone',
  'next',
  'stepIn',
  'stepOut',
  'stepBack',
  'continue',
  'reverseContinue',
  'goto',
  'restart',
  'terminate',
]);

/** Requests whose answer says nothing of the program. */
const unsaid = new Set(['initialize', 'continue']);

/**
 * Holds a dialogue with `retrograd dap` in a folder. A line of the script is a request and its arguments as JSON, or one of the
 * words below, which ask for what a person would look at:
 * `stack [levels]` · `scopes [frame]` · `show SCOPE[/NAME…] [frame]` · `set SCOPE/NAME… = VALUE`.
 */
export async function converse(folder: string, script: readonly string[]): Promise<string> {
  const dialogue = new Dialogue(folder, await startClient(folder));
  const told: string[] = [];
  try {
    for (const line of script) {
      told.push(`> ${line}`);
      told.push(...(await dialogue.say(line)));
    }
    return `${told.join('\n')}\n`;
  } catch (error) {
    throw new Error(`The dialogue broke off:\n${told.join('\n')}`, { cause: error });
  } finally {
    // An adapter answers only one disconnect.
    if (!dialogue.isOver) await dialogue.client.stop();
  }
}

class Dialogue {
  readonly #events: Events;
  isOver = false;

  constructor(
    readonly folder: string,
    readonly client: DebugClient,
  ) {
    this.#events = new Events(client, eventNames);
  }

  async say(line: string): Promise<string[]> {
    const [word, rest] = split(line);
    if (word === 'disconnect') this.isOver = true;
    switch (word) {
      case 'stack':
        return this.#stack(rest);
      case 'scopes':
        return (await this.#scopes(rest)).map(({ name }) => name);
      case 'show':
        return this.#show(rest);
      case 'set':
        return this.#set(rest);
    }
    const answers = await this.#request(word, rest === '' ? undefined : this.#withPaths(JSON.parse(rest) as object));
    const failed = answers[0]?.startsWith('refused');
    const until = word === 'launch' ? ['initialized'] : moves.has(word) ? ['stopped', 'terminated'] : null;
    if (word === 'restoreRun' || word === 'setExpression') await this.client.threadsRequest();
    const events = until && !failed ? await this.#events.until(...until) : this.#events.take();
    return [...answers, ...events.flatMap((event) => this.#told(event))];
  }

  async #request(command: string, given: object | undefined): Promise<string[]> {
    try {
      const { body } = (await answered(this.client, command, given)) as { body?: unknown };
      return body === undefined || Object.keys(body as object).length === 0 || unsaid.has(command)
        ? []
        : lines(body).map((line) => this.#withoutFolder(line));
    } catch (error) {
      return [`refused: ${this.#withoutFolder((error as Error).message)}`];
    }
  }

  #told({ event, body }: DebugProtocol.Event): string[] {
    if (event === 'stopped') {
      const { reason, description, text, hitBreakpointIds } = body as DebugProtocol.StoppedEvent['body'];
      return [
        ['stopped', reason, description, text, hitBreakpointIds && `breakpoints ${hitBreakpointIds.join()}`]
          .filter((part) => part !== undefined)
          .join(' · '),
      ];
    }
    if (event === 'output') {
      const { category, output } = body as DebugProtocol.OutputEvent['body'];
      return output
        .trimEnd()
        .split('\n')
        .map((line) => `${category ?? 'console'}| ${this.#withoutFolder(line)}`);
    }
    if (event === 'exited') return [`exited ${(body as DebugProtocol.ExitedEvent['body']).exitCode}`];
    return [body === undefined ? event : `${event} ${this.#withoutFolder(JSON.stringify(body))}`];
  }

  async #stack(levels: string): Promise<string[]> {
    const { body } = await this.client.stackTraceRequest({ threadId: 1, startFrame: 0, levels: Number(levels) });
    return body.stackFrames.map((frame) => {
      if (frame.presentationHint === 'label') return `   — ${frame.name} —`;
      const { id, name, source, line, column, endLine, endColumn } = frame;
      const place = source
        ? `  ${source.name}:${line}:${column}  ${this.#text(source.path!, line, column, endLine!, endColumn!)}`
        : '';
      return `#${id} ${name}${place}`;
    });
  }

  #text(path: string, line: number, column: number, endLine: number, endColumn: number): string {
    const all = readFileSync(path, 'utf8').split('\n');
    if (line === endLine) return all[line - 1]!.slice(column - 1, endColumn - 1);
    return `${all[line - 1]!.slice(column - 1)} …`;
  }

  async #scopes(frame: string): Promise<DebugProtocol.Scope[]> {
    return (await this.client.scopesRequest({ frameId: Number(frame || 1) })).body.scopes;
  }

  /** The variables below a path of names, first a scope's. */
  async #open(
    path: readonly string[],
    frame: string,
  ): Promise<{ reference: number; variables: DebugProtocol.Variable[] }> {
    let reference = (await this.#scopes(frame)).find(({ name }) => name === path[0])?.variablesReference;
    for (let i = 1; ; i++) {
      if (reference === undefined) throw new Error(`Nothing opens at ${path.slice(0, i).join('/')}.`);
      const { variables } = (await this.client.variablesRequest({ variablesReference: reference })).body;
      if (i === path.length) return { reference, variables };
      reference = variables.find(({ name }) => name === path[i])?.variablesReference;
    }
  }

  async #show(rest: string): Promise<string[]> {
    const [, path, frame] = /^(.*?)(?: @(\d+))?$/.exec(rest)!;
    const { variables } = await this.#open(path!.split('/'), frame ?? '');
    return variables.map(
      ({ name, value, type, variablesReference }) =>
        `${variablesReference > 0 ? '+' : ' '} ${name}: ${value}${type === undefined ? '' : `  (${type})`}`,
    );
  }

  async #set(rest: string): Promise<string[]> {
    const [, path, value] = /^(.*) = (.*)$/.exec(rest)!;
    const names = path!.split('/');
    const { reference } = await this.#open(names.slice(0, -1), '');
    const answers = await this.#request('setVariable', { variablesReference: reference, name: names.at(-1), value });
    // What follows the answer comes before the next one.
    await this.client.threadsRequest();
    return [...answers, ...this.#events.take().flatMap((event) => this.#told(event))];
  }

  /** File names of the script are in its folder. */
  #withPaths(given: object): object {
    const text = JSON.stringify(given).replaceAll('"./', `"${this.folder}/`);
    return JSON.parse(text) as object;
  }

  #withoutFolder(text: string): string {
    return text.replaceAll(`${this.folder}/`, './');
  }
}

/** An adapter that died answers nothing. */
function answered(client: DebugClient, command: string, given: object | undefined): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${command} was not answered.`)), 15_000);
  });
  return Promise.race([client.send(command, given), late]).finally(() => clearTimeout(timer));
}

const split = (line: string): [string, string] => {
  const at = line.indexOf(' ');
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
};

/** An answer's body, a line for each of its lists' items. */
function lines(body: unknown): string[] {
  const [[key, value] = ['', null], ...others] = Object.entries(body as object) as [string, unknown][];
  if (others.length === 0 && Array.isArray(value))
    return [`${key}:`, ...value.map((item) => `  ${JSON.stringify(item)}`)];
  return [JSON.stringify(body)];
}
