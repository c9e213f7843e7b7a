import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { RequestError } from '../../../engine/debug/arguments.ts';
import { hitCountOf } from '../../../engine/debug/breakpoints/hit-count.ts';
import type { RunResult } from '../../../engine/protocol/worker.ts';
import { TextRunner } from '../explain/run-text.ts';
import { randomModel } from '../replay/stepper/random-model.ts';
import { TestClient, TestHost } from './in-process.ts';

/** Breakpoints of all kinds, on anything that a random model may have. */
const breakpoints = fc.record({
  lines: fc.array(
    fc.record({
      line: fc.integer({ min: 1, max: 25 }),
      condition: fc.constantFrom('', 'phase == "forward"', 'norm(grad) > 0.5'),
      hitCondition: fc.constantFrom('', '2', '% 2'),
    }),
    { maxLength: 3 },
  ),
  functions: fc.array(fc.record({ name: fc.constantFrom('tanh', 'mul', 'layer', 'part', 'softmax', 'nothing') }), {
    maxLength: 2,
  }),
  data: fc.array(
    fc.record({
      dataId: fc.constantFrom('gradient:w', 'gradient:v', 'gradient:t0'),
      condition: fc.constantFrom('', 'norm < 1', 'changes'),
    }),
    { maxLength: 2 },
  ),
});

describe('breakpoints', function () {
  this.timeout(120_000);
  let runner: TextRunner;
  before(() => (runner = new TextRunner()));
  after(() => runner.dispose());

  async function launched(
    result: RunResult,
    set: { lines: object[]; functions: object[]; data: object[] },
  ): Promise<TestClient> {
    const client = new TestClient(new TestHost(result));
    await client.launch({ pass: 'both' });
    await client.ask('setBreakpoints', { source: { path: '/models/model.ts' }, breakpoints: set.lines });
    await client.ask('setFunctionBreakpoints', { breakpoints: set.functions });
    await client.ask('setDataBreakpoints', { breakpoints: set.data });
    return client;
  }

  /** Every stop from here to the end, or to the start. */
  async function stopsOf(client: TestClient, command: 'continue' | 'reverseContinue'): Promise<string[]> {
    const { stepper } = client.adapter.session!.playback;
    const end = command === 'continue' ? stepper.timeline.length : 0;
    const stops: string[] = [];
    while (stepper.position !== end) {
      await client.ask(command);
      const { reason, hitBreakpointIds } = await client.stopped();
      if (hitBreakpointIds) stops.push(`${stepper.position} ${reason} ${hitBreakpointIds.join()}`);
    }
    return stops;
  }

  it('are the same ones forward and back, hit counts and conditions included', () =>
    fc.assert(
      fc.asyncProperty(randomModel, breakpoints, async (text, set) => {
        const result = await runner.run(text);
        const client = await launched(result, set);
        const { length } = client.adapter.session!.playback.stepper.timeline;
        const forward = await stopsOf(client, 'continue');
        // A stop at the very ends is one that the way back, or the way there, begins at.
        const back = (await stopsOf(client, 'reverseContinue')).reverse();
        const inner = (stops: string[]): string[] =>
          stops.filter((stop) => !stop.startsWith('0 ') && !stop.startsWith(`${length} `));
        assert.deepEqual(inner(back), inner(forward));
        client.adapter.dispose();
      }),
      { seed: 20260805, numRuns: 40 },
    ));

  it('on a line are put where something was traced, and say so', () =>
    fc.assert(
      fc.asyncProperty(randomModel, fc.integer({ min: 1, max: 30 }), async (text, line) => {
        const client = await launched(await runner.run(text), { lines: [], functions: [], data: [] });
        const { breakpoints: placed } = (
          await client.ask('setBreakpoints', { source: { path: '/models/model.ts' }, breakpoints: [{ line }] })
        ).body as DebugProtocol.SetBreakpointsResponse['body'];
        const { breakpoints: places } = (
          await client.ask('breakpointLocations', { source: { path: '/models/model.ts' }, line: 1, endLine: 100 })
        ).body as DebugProtocol.BreakpointLocationsResponse['body'];
        const lines = places.map((place) => place.line);
        const [one] = placed;
        assert.equal(one!.verified, true);
        assert.ok(lines.includes(one!.line!), `${one!.line} of ${lines.join()}`);
        // The next line there is; the last one where none is left.
        const next = lines.filter((traced) => traced >= line);
        assert.equal(one!.line, next.length > 0 ? Math.min(...next) : Math.max(...lines));
        assert.equal(one!.message === undefined, one!.line === line);
        client.adapter.dispose();
      }),
      { seed: 20260806, numRuns: 25 },
    ));

  it('say what they have to say on the way forward, and stop nobody', async () => {
    const text =
      "import { model, param } from 'retrograd';\nconst w = param(2);\nexport const m = model(() => {\n  const v = w.add(0);\n  const y = v.square();\n  return y.mul(3);\n});\n";
    const client = await launched(await runner.run(text), {
      lines: [{ line: 5, logMessage: 'w is {w}, ∂L/∂y {dL/dy}, {{braces}}, {nobody}' }],
      functions: [],
      data: [],
    });
    assert.deepEqual(await stopsOf(client, 'continue'), []);
    const told = client.take('output').map(({ body }) => (body as { output: string }).output.trim());
    // Forward, when nothing has a gradient; backward, when 3 has arrived at y.
    assert.deepEqual(told, [
      "w is 2, ∂L/∂y none (yet), {braces}, {There is no 'nobody' here.}",
      "w is 2, ∂L/∂y 3, {braces}, {There is no 'nobody' here.}",
    ]);
    await stopsOf(client, 'reverseContinue');
    assert.deepEqual(client.take('output'), []);
  });

  it('whose condition cannot be worked out say so once, and stop nobody', async () => {
    const text =
      "import { model, param } from 'retrograd';\nconst w = param([2, 3]);\nexport const m = model(() => w.square().sum());\n";
    const client = await launched(await runner.run(text), {
      lines: [{ line: 3, condition: 'w > 1' }],
      functions: [],
      data: [],
    });
    assert.deepEqual(await stopsOf(client, 'continue'), []);
    assert.deepEqual(await stopsOf(client, 'reverseContinue'), []);
    assert.equal(client.take('output').length, 1);
  });

  for (const [text, hits] of [
    ['3', [3]],
    ['== 2', [2]],
    ['>= 4', [4, 5, 6]],
    ['> 4', [5, 6]],
    ['< 3', [1, 2]],
    ['<=2', [1, 2]],
    ['% 3', [3, 6]],
  ] as const) {
    it(`count hits: ${text}`, () => {
      assert.deepEqual([1, 2, 3, 4, 5, 6].filter(hitCountOf(text)), hits);
    });
  }

  for (const text of ['', 'x', '-1', '1.5', '% 0', '3 3', '=> 3'])
    it(`refuse to count ${JSON.stringify(text)}`, () => assert.throws(() => hitCountOf(text), RequestError));
});
