import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { handlers } from '../../../engine/debug/handlers/index.ts';
import type { LeafOverride, RunResult } from '../../../engine/protocol/worker.ts';
import { TextRunner, file } from '../explain/run-text.ts';
import { TestClient, TestHost } from './in-process.ts';

const loop = [
  "import { model, param } from 'retrograd';",
  'const w = param(0.5);',
  'export const m = model(() => {',
  '  let x = w;',
  '  for (let i = 0; i < 3000; i++) {',
  '    x = x.mul(w).add(0.1);',
  '  }',
  '  return x;',
  '});',
].join('\n');

/** Requests that a capability promises. */
const promised: Readonly<Record<string, readonly string[]>> = {
  supportsConfigurationDoneRequest: ['configurationDone'],
  supportsStepBack: ['stepBack', 'reverseContinue'],
  supportsStepInTargetsRequest: ['stepInTargets'],
  supportsGotoTargetsRequest: ['gotoTargets', 'goto'],
  supportsTerminateRequest: ['terminate'],
  supportsFunctionBreakpoints: ['setFunctionBreakpoints'],
  supportsDataBreakpoints: ['dataBreakpointInfo', 'setDataBreakpoints'],
  supportsBreakpointLocationsRequest: ['breakpointLocations'],
  supportsExceptionInfoRequest: ['exceptionInfo'],
  supportsCompletionsRequest: ['completions'],
  supportsSetVariable: ['setVariable'],
  supportsSetExpression: ['setExpression'],
  supportsReadMemoryRequest: ['readMemory'],
  supportsLoadedSourcesRequest: ['loadedSources'],
};

describe('the debug adapter', function () {
  this.timeout(60_000);
  let runner: TextRunner;
  let good: RunResult;
  before(async () => {
    runner = new TextRunner();
    good = await runner.run(loop);
  });
  after(() => runner.dispose());

  it('answers every request that its capabilities promise', async () => {
    const client = new TestClient(new TestHost(good));
    const body = (await client.ask('initialize')).body as DebugProtocol.Capabilities;
    for (const [capability, requests] of Object.entries(promised)) {
      assert.equal(body[capability as keyof DebugProtocol.Capabilities], true, capability);
      for (const request of requests) assert.ok(handlers.has(request), request);
    }
  });

  const refusals: readonly (readonly [what: string, command: string, given: unknown, message: RegExp])[] = [
    ['a launch of nothing', 'launch', {}, /'program' is missing/],
    ['a launch of something else', 'launch', { program: 'notes.md' }, /is no model/],
    ['an unknown model', 'launch', { program: 'm.ts', model: 'n' }, /There is no model 'n'; there is m/],
    ['an unknown pass', 'launch', { program: 'm.ts', pass: 'sideways' }, /'pass' is one of forward, backward, both/],
    ['a step before the first', 'launch', { program: 'm.ts', step: 0 }, /counts the steps of training from 1/],
    ['arguments that are none', 'launch', 'model.ts', /'program' is missing/],
    ['an attach', 'attach', {}, /nothing to attach to/],
    ['a request before a launch', 'next', { threadId: 1 }, /No model has been launched/],
    ['a request that nobody knows', 'fly', {}, /'fly' is no request/],
    ['a request by the name of an object’s own', 'constructor', {}, /is no request/],
  ];
  for (const [what, command, given, message] of refusals) {
    it(`refuses ${what}, in words`, async () => {
      const client = new TestClient(new TestHost(good));
      const response = await client.ask(command, given);
      assert.equal(response.success, false);
      assert.match(response.message ?? '', message);
      assert.match((response.body as { error: DebugProtocol.Message }).error.format, message);
    });
  }

  it('says why a model cannot be launched, with its place', async () => {
    const client = new TestClient(
      new TestHost(await runner.run("import { model } from 'retrograd';\nmodel(() => {\n")),
    );
    const response = await client.ask('launch', { program: 'm.ts' });
    assert.match(response.message ?? '', /^model\.ts:\d+:\d+: /);
  });

  it('lets go of a run when its client leaves in the middle of it, and says no more', async () => {
    const host = new TestHost(null);
    const client = new TestClient(host);
    await client.ask('initialize');
    client.adapter.receive({ type: 'request', seq: 99, command: 'launch', arguments: { program: 'm.ts' } });
    assert.equal((await client.ask('disconnect')).success, true);
    assert.equal(host.stops, 1);
    for (let turn = 0; turn < 10; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
    const answered = client.sent.flatMap((message) => ('request_seq' in message ? [message.request_seq] : []));
    assert.ok(!answered.includes(99));
    assert.deepEqual(client.take('initialized'), []);
  });

  it('tells a later step of training apart from what the file does by itself', async () => {
    const result = await runner.run(
      "import { param } from 'retrograd';\nconst w = param(1);\nfor (let i = 1; i <= 3; i++) w.mul(i).square().backward();\n",
    );
    const { passes } = result.trace!;
    for (const [step, shown] of [
      [1, null],
      [2, passes[1]],
      [3, passes[2]],
    ] as const) {
      const client = new TestClient(new TestHost(result));
      await client.launch({ step });
      const { apart, graph } = client.adapter.session!.playback.launched;
      assert.equal(graph.pass, passes[step - 1]);
      assert.deepEqual(apart && apart.passes, shown && [shown]);
    }
  });

  it('tells a client that shows progress of a run under way, and stops it for that', async () => {
    const host = new TestHost(null);
    const client = new TestClient(host);
    await client.ask('initialize', { supportsProgressReporting: true });
    const launching = client.ask('launch', { program: 'm.ts' });
    const [start] = client.take('progressStart');
    const { progressId, requestId, cancellable } = start!.body as DebugProtocol.ProgressStartEvent['body'];
    assert.deepEqual([requestId, cancellable], [2, true]);
    await client.ask('cancel', { requestId: 1 });
    await client.ask('cancel', { progressId: 'other' });
    assert.equal(host.stops, 0, 'what is over, and what never was, stops nothing');
    await client.ask('cancel', { progressId });
    assert.match((await launching).message ?? '', /The run was stopped/);
    assert.deepEqual(
      client.take('progressEnd').map(({ body }) => body as unknown),
      [{ progressId }],
    );
    assert.deepEqual(client.take('progressStart'), []);
  });

  it('ends where it is told to while a model is still running', async () => {
    const client = new TestClient(new TestHost(null));
    const launching = client.ask('launch', { program: 'm.ts' });
    assert.equal((await client.ask('terminate')).success, true);
    assert.equal((await launching).success, false);
    assert.equal(client.take('terminated').length, 1);
  });

  it('stops a run that is cancelled, and can be launched again', async () => {
    const host = new TestHost(null);
    const client = new TestClient(host);
    const launching = client.ask('launch', { program: 'm.ts' });
    await client.ask('cancel', { requestId: 1 });
    assert.match((await launching).message ?? '', /The run was stopped/);
    const again = client.ask('launch', { program: 'm.ts' });
    host.finish(good);
    assert.equal((await again).success, true);
  });

  it('keeps two sessions apart', async () => {
    const rerun = (overrides: readonly LeafOverride[]): Promise<RunResult> => runner.run(loop, overrides);
    const [one, other] = [new TestClient(new TestHost(good, file, rerun)), new TestClient(new TestHost(good))];
    await one.launch();
    await other.launch();
    await one.ask('next');
    await one.stopped();
    await one.ask('setExpression', { expression: 'w', value: '2' });
    await other.ask('seek', { position: 100 });
    await other.stopped();
    const told = async (client: TestClient): Promise<unknown> =>
      ((await client.ask('evaluate', { expression: 'position + 1000 * w' })).body as { result: string }).result;
    assert.deepEqual([await told(one), await told(other)], ['2001', '600']);
  });

  it('can be paused while it looks for a breakpoint, and refuses to be moved meanwhile', async () => {
    const host = new TestHost(good);
    const client = new TestClient(host);
    await client.launch({ pass: 'both' });
    await client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'mul', condition: 'norm(grad) < 0' }] });
    const going = client.ask('continue');
    const refused = client.ask('next');
    const paused = client.ask('pause');
    assert.equal((await going).success, true);
    assert.match((await refused).message ?? '', /running/);
    assert.equal((await paused).success, true);
    assert.equal((await client.stopped()).reason, 'pause');
    const { position } = client.adapter.session!.playback;
    assert.ok(position > 0 && position < client.adapter.session!.playback.stepper.timeline.length);
    assert.ok(host.breaths > 0);
  });

  it('tells once that a text was edited under it, and restarts at the same step', async () => {
    const host = new TestHost(good);
    const client = new TestClient(host);
    await client.launch();
    await client.ask('seek', { position: 50 });
    await client.stopped();
    const before = (await client.ask('stackTrace', { threadId: 1, levels: 1 })).body as {
      stackFrames: { name: string }[];
    };
    host.text = `${loop}\n// edited`;
    client.adapter.session!.checkText();
    await client.ask('next');
    await client.stopped();
    assert.equal(
      client.take('output').filter(({ body }) => /has changed since/.test((body as { output: string }).output)).length,
      1,
    );
    assert.equal(client.adapter.session!.isStale, true);
    await client.ask('stepBack');
    await client.stopped();
    host.text = loop;
    await client.ask('restartHere');
    assert.equal((await client.stopped()).reason, 'restart');
    assert.equal(client.adapter.session!.isStale, false);
    const after = (await client.ask('stackTrace', { threadId: 1, levels: 1 })).body as {
      stackFrames: { name: string }[];
    };
    assert.equal(after.stackFrames[0]!.name, before.stackFrames[0]!.name);
  });

  it('gives a call stack and a list of values as long as the run, page by page', async () => {
    const client = new TestClient(new TestHost(good));
    await client.launch();
    const { length } = client.adapter.session!.playback.stepper.timeline;
    await client.ask('seek', { position: length - 1 });
    await client.stopped();
    const stack = (await client.ask('stackTrace', { threadId: 1, startFrame: 0, levels: 20 }))
      .body as DebugProtocol.StackTraceResponse['body'];
    assert.equal(stack.stackFrames.length, 20);
    // 3,000 turns of two ops, and the frames of the loop and the model.
    assert.ok(stack.totalFrames! > 6000);
    const { scopes } = (await client.ask('scopes', { frameId: 1 })).body as DebugProtocol.ScopesResponse['body'];
    const { variablesReference } = scopes.find(({ name }) => name === 'Values')!;
    const { variables } = (await client.ask('variables', { variablesReference }))
      .body as DebugProtocol.VariablesResponse['body'];
    assert.equal(variables[0]!.name, '0 … 99');
    const page = (await client.ask('variables', { variablesReference: variables[1]!.variablesReference }))
      .body as DebugProtocol.VariablesResponse['body'];
    assert.equal(page.variables.length, 100);
  });

  it('refuses numbers of variables and frames of an earlier stop', async () => {
    const client = new TestClient(new TestHost(good));
    await client.launch();
    const { scopes } = (await client.ask('scopes', { frameId: 1 })).body as DebugProtocol.ScopesResponse['body'];
    await client.ask('next');
    await client.stopped();
    const response = await client.ask('variables', { variablesReference: scopes[0]!.variablesReference });
    assert.match(response.message ?? '', /of an earlier step/);
  });

  it('counts lines and columns from what its client counts from', async () => {
    const client = new TestClient(new TestHost(good));
    await client.ask('initialize', { linesStartAt1: false, columnsStartAt1: false });
    await client.ask('launch', { program: 'm.ts' });
    const { breakpoints } = (
      await client.ask('setBreakpoints', { source: { path: '/models/model.ts' }, breakpoints: [{ line: 5 }] })
    ).body as DebugProtocol.SetBreakpointsResponse['body'];
    assert.deepEqual(
      breakpoints.map(({ line, verified }) => [line, verified]),
      [[5, true]],
    );
    await client.ask('configurationDone');
    await client.stopped();
    const { stackFrames } = (await client.ask('stackTrace', { threadId: 1 }))
      .body as DebugProtocol.StackTraceResponse['body'];
    assert.deepEqual([stackFrames[0]!.line, stackFrames[0]!.column], [5, 8]);
  });

  for (const [clientID, start] of [
    ['neovim', 3],
    ['vscode', 2],
  ] as const)
    it(`counts the place of a completion as ${clientID} does`, async () => {
      const client = new TestClient(new TestHost(good));
      await client.ask('initialize', { clientID, columnsStartAt1: true });
      await client.ask('launch', { program: 'm.ts' });
      const { targets } = (await client.ask('completions', { text: 'w.gr', column: 5 }))
        .body as DebugProtocol.CompletionsResponse['body'];
      assert.deepEqual(targets, [{ label: 'grad', type: 'property', start, length: 2 }]);
    });

  it('answers any message without breaking, and goes on', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            command: fc.oneof(fc.constantFrom(...handlers.keys(), 'initialize', 'launch', 'cancel'), fc.string()),
            given: fc.oneof(
              fc.jsonValue(),
              fc.dictionary(
                fc.constantFrom(
                  'frameId',
                  'variablesReference',
                  'expression',
                  'threadId',
                  'levels',
                  'startFrame',
                  'source',
                  'breakpoints',
                  'position',
                  'targetId',
                  'name',
                  'value',
                  'memoryReference',
                  'count',
                  'offset',
                  'line',
                  'text',
                  'column',
                  'granularity',
                  'filters',
                  'filterOptions',
                ),
                fc.oneof(fc.integer(), fc.string(), fc.jsonValue(), fc.constant({ path: '/models/model.ts' })),
              ),
            ),
          }),
          { maxLength: 12 },
        ),
        async (requests) => {
          const client = new TestClient(new TestHost(good));
          await client.launch();
          for (const { command, given } of requests) {
            const response = await client.ask(command, given);
            if (!response.success) {
              const { error } = response.body as { error: DebugProtocol.Message };
              assert.notEqual(error.id, 2, `${command} ${JSON.stringify(given)}: ${error.format}`);
            }
          }
          client.adapter.receive(null);
          client.adapter.receive({ type: 'request' });
          assert.equal((await client.ask('threads')).success, true);
        },
      ),
      { seed: 20260803, numRuns: 60 },
    ));
});
