import assert from 'node:assert/strict';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { handlers } from '../../../engine/debug/handlers/index.ts';
import { MessageReader, writeMessage } from '../../../engine/node/dap/framing.ts';
import { serveClient } from '../../../engine/node/dap/serve.ts';

const program = join(import.meta.dirname, '..', '..', '..', 'examples', 'two-layer-chain.ts');

interface Asked {
  readonly command: string;
  readonly given: unknown;
}

/** A client of the adapter as it is served over a process's streams. It waits for an answer no longer than a person would. */
class Wire {
  readonly #input = new PassThrough();
  readonly #output = new PassThrough();
  readonly #served = serveClient(this.#input, this.#output);
  readonly #reader = new MessageReader();
  readonly #answers = new Map<number, DebugProtocol.Response[]>();
  /** What the adapter could tell nobody in an answer any more. */
  readonly mistakes: string[] = [];
  readonly #waiting = new Map<number, (answer: DebugProtocol.Response) => void>();
  #sequence = 0;

  constructor() {
    this.#output.on('data', (bytes: Uint8Array) => {
      for (const message of this.#reader.read(bytes)) this.#take(message as DebugProtocol.ProtocolMessage);
    });
  }

  raw(message: unknown): void {
    writeMessage(this.#input, message);
  }

  ask({ command, given }: Asked): Promise<DebugProtocol.Response> {
    const seq = ++this.#sequence;
    return new Promise((resolve, reject) => {
      const told = `${command} ${JSON.stringify(given)?.slice(0, 300)}`;
      const timer = setTimeout(() => reject(new Error(`${told} was not answered.`)), 10_000);
      this.#waiting.set(seq, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      this.raw({ type: 'request', seq, command, ...(given !== undefined && { arguments: given }) });
    });
  }

  /** Resolves when the adapter has let go of its client. */
  async end(): Promise<void> {
    await this.ask({ command: 'disconnect', given: {} });
    await this.#served;
    for (const [seq, answers] of this.#answers) assert.equal(answers.length, 1, `request ${seq} is answered once`);
    assert.deepEqual(this.mistakes, []);
    const before = this.#answers.size;
    this.raw({ type: 'request', seq: ++this.#sequence, command: 'threads' });
    await new Promise<void>((resolve) => setImmediate(resolve));
    assert.equal(this.#answers.size, before, 'nothing is answered after the end');
  }

  #take(message: DebugProtocol.ProtocolMessage): void {
    if (message.type === 'event') {
      const told = message as DebugProtocol.OutputEvent;
      if (told.event === 'output' && told.body.category === 'stderr') this.mistakes.push(told.body.output);
    }
    if (message.type !== 'response') return;
    const answer = message as DebugProtocol.Response;
    this.#answers.set(answer.request_seq, [...(this.#answers.get(answer.request_seq) ?? []), answer]);
    this.#waiting.get(answer.request_seq)?.(answer);
  }
}

/** Either it worked, or it says in words why not; and that is the client's mistake, not one of the adapter's. */
function check(answer: DebugProtocol.Response, { command, given }: Asked): void {
  assert.equal(answer.command, command);
  if (answer.success) return;
  const { error } = answer.body as { readonly error: DebugProtocol.Message };
  const told = `${command} ${JSON.stringify(given)?.slice(0, 300)}: ${error.format}`;
  assert.ok(answer.message !== undefined && answer.message.length > 0, told);
  assert.equal(error.id, 1, told);
}

const strange = fc.oneof(
  fc.constantFrom<unknown>(null, true, '', -1, 0, 1, 0.5, 1e308, 2 ** 53, -(2 ** 53), 99_999_999, [], [null], {}, [[]]),
  fc.constantFrom(
    'w1',
    'Y.grad',
    'this step',
    'value:3',
    'gradient:3:99999',
    'contribution:-1',
    'value:x',
    ':',
    'a\0b',
  ),
  fc.integer({ min: -5, max: 40 }),
  fc.string(),
  fc.jsonValue(),
);
const names = (
  'frameId variablesReference expression threadId levels startFrame source breakpoints position targetId name value count ' +
  'memoryReference offset line endLine text column granularity filters filterOptions start filter program model pass step ' +
  'stopOnEntry linesStartAt1 restart context singleThread dataId accessType condition hitCondition logMessage arguments'
).split(' ');
const sources = fc.constantFrom({ path: program }, { path: '/nowhere.ts' }, { path: 'file:///%' }, { path: 7 }, {});
const inside = fc.dictionary(fc.constantFrom(...names), strange, { maxKeys: 4 });
const given = fc.oneof(
  strange,
  fc.constant(undefined),
  fc.dictionary(fc.constantFrom(...names), fc.oneof(strange, sources, inside, fc.array(inside, { maxLength: 3 })), {
    maxKeys: 6,
  }),
);
const commands = [
  ...handlers.keys(),
  ...['initialize', 'attach', 'launch', 'restart', 'restartHere', 'cancel', 'source', 'modules', 'loadedSources'],
];
const asked: fc.Arbitrary<Asked> = fc.record({
  command: fc
    .oneof({ weight: 8, arbitrary: fc.constantFrom(...commands) }, fc.string())
    .filter((c) => c !== 'disconnect'),
  given,
});

describe('malformed requests over the streams of a process', function () {
  this.timeout(120_000);

  it('are answered one by one, before a launch, after it, and after the end of the session', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(asked, { maxLength: 6 }),
        fc.array(asked, { minLength: 40, maxLength: 120 }),
        fc.array(asked, { maxLength: 10 }),
        async (before, between, after) => {
          const wire = new Wire();
          const each = async (requests: readonly Asked[]): Promise<void> => {
            for (const one of requests) check(await wire.ask(one), one);
          };
          // A launch that a client did not mean may have worked all the same.
          await each(before);
          await each([{ command: 'initialize', given: { adapterID: 'x' } }]);
          await wire.ask({ command: 'launch', given: { program, pass: 'both' } });
          await each([{ command: 'configurationDone', given: {} }]);
          await each(between);
          await each([{ command: 'terminate', given: {} }]);
          await each(after);
          for (const message of [null, 7, [], {}, { type: 'request' }, { type: 'event', event: 'x' }])
            wire.raw(message);
          assert.equal((await wire.ask({ command: 'threads', given: {} })).success, true);
          await wire.end();
        },
      ),
      { seed: 20260813, numRuns: 8 },
    ));

  it('are answered when they all come at once', () =>
    fc.assert(
      fc.asyncProperty(fc.array(asked, { minLength: 10, maxLength: 60 }), async (requests) => {
        const wire = new Wire();
        const all = [
          { command: 'initialize', given: {} },
          { command: 'launch', given: { program } },
          ...requests,
          { command: 'configurationDone', given: {} },
          ...requests,
        ];
        const answers = await Promise.all(all.map((one) => wire.ask(one)));
        answers.forEach((answer, i) => check(answer, all[i]!));
        await wire.end();
      }),
      { seed: 20260814, numRuns: 4 },
    ));

  const deep = 40_000;
  it('may hold expressions as deep as they are long', async () => {
    const wire = new Wire();
    await wire.ask({ command: 'launch', given: { program } });
    for (const expression of [
      '('.repeat(deep),
      `${'('.repeat(deep)}1${')'.repeat(deep)}`,
      `${'-'.repeat(deep)}1`,
      `${'!'.repeat(deep)}1`,
      `2${'**1'.repeat(deep / 2)}`,
      `1${'+1'.repeat(deep)}`,
      `w1${'.grad'.repeat(deep / 4)}`,
      `w1${'[0'.repeat(deep)}`,
      `${'abs('.repeat(deep / 2)}1`,
    ])
      for (const one of [
        { command: 'evaluate', given: { expression } },
        { command: 'setFunctionBreakpoints', given: { breakpoints: [{ name: 'mul', condition: expression }] } },
        { command: 'completions', given: { text: expression, column: expression.length } },
        { command: 'dataBreakpointInfo', given: { name: expression } },
      ])
        check(await wire.ask(one), one);
    await wire.end();
  });
});
