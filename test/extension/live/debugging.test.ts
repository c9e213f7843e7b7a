import assert from 'node:assert/strict';
import type { ModulePath } from '../../../engine/base/brand.ts';
import { Presenter } from '../../../engine/explain/presenter.ts';
import type { LeafOverride, RunResult } from '../../../engine/protocol/worker.ts';
import { Debugging } from '../../../extension/live/debugging.ts';
import { TestClient, TestHost } from '../../engine/debug/in-process.ts';
import { TextRunner } from '../../engine/explain/run-text.ts';
import { setUp, settled, soon } from './fakes.ts';

const texts = {
  // 3 · 2 = 6.
  'a.ts': "import { model, param } from 'retrograd';\nconst w = param(3);\nexport const a = model(() => w.mul(2));\n",
  // 5 · 10 = 50; the other model 5 + 1 = 6.
  'b.ts':
    "import { model, param } from 'retrograd';\nconst w = param(5);\nexport const b = model(() => w.mul(10));\nexport const c = model(() => w.add(1));\n",
  // 3² = 9; with 4: 16, and after a step of 0.25 · 8 it is 2² = 4.
  'd.ts':
    "import { model, optim, param } from 'retrograd';\nconst w = param(3);\nexport const d = model(() => w.square(), { optimizer: optim.sgd({ lr: 0.25 }) });\n",
} as const;
type File = keyof typeof texts;

describe('the debug session that the panel follows', function () {
  this.timeout(60_000);
  const results = new Map<string, RunResult>();
  let runner: TextRunner;
  before(async () => {
    runner = new TextRunner();
    for (const [file, text] of Object.entries(texts)) results.set(file, await runner.run(text));
  });
  after(() => runner.dispose());

  /** A window with its live state and its sessions. */
  class Window {
    readonly around = setUp(new Presenter());
    readonly live = this.around.live;
    readonly debugging = new Debugging(this.live, () => 'named');
    readonly asked: string[] = [];

    constructor() {
      this.around.world.allowed.add('/models');
    }

    /** Lets the live run that is asked for come to its end. */
    async run(): Promise<void> {
      await soon();
      const { requests } = this.around.runner;
      await this.around.runner.answer(results.get(requests.at(-1)!.entry)!);
    }

    async start(file: File, given: object = {}) {
      const rerun = (overrides: readonly LeafOverride[]): Promise<RunResult> => runner.run(texts[file], overrides);
      const client = new TestClient(new TestHost(results.get(file)!, file as ModulePath, rerun));
      const request = (command: string): void => void this.asked.push(`${file} ${command}`);
      const stop = (): void => void this.asked.push(`${file} stop`);
      const following = this.debugging.add(client.adapter, { request, stop, program: () => null });
      await client.launch(given);
      return { client, adapter: client.adapter, end: () => following.dispose() };
    }

    /** File, model, loss and gradient of the parameter that are on screen, and where the session in front stands. */
    get shown(): string {
      const { file, graph } = this.live.snapshot;
      const w = graph?.nodes.find(({ kind }) => kind === 'parameter');
      const summary = this.live.presenter.summaries().find(({ name }) => name === graph?.model);
      const { state } = this.debugging;
      const standing = state && `${state.title}${state.isShown ? '' : ' (not shown)'}`;
      return [file, graph?.model, summary?.loss, w && `w ${w.value.text}`, standing].filter(Boolean).join(' | ');
    }
  }

  it('is the one in front, with its file and its model', async () => {
    const window = new Window();
    const one = await window.start('a.ts');
    await window.run();
    const two = await window.start('b.ts', { model: 'c' });
    const first = 'a.ts | a | L = 6.0000 | w 3.0000 | a · backward pass, step 1 of 1';
    const second = 'b.ts | c | L = 6.0000 | w 5.0000 | c · backward pass, step 1 of 1';
    assert.equal(window.shown, first, 'a second one waits until it is turned to');
    window.debugging.move('over');
    window.debugging.bringToFront(two.adapter);
    await window.run();
    assert.equal(window.shown, second);
    window.debugging.move('over');
    assert.deepEqual(window.asked, ['a.ts next', 'b.ts next']);
    two.end();
    await window.run();
    assert.equal(window.shown, first);
    one.end();
    assert.equal(window.debugging.state, null);
  });

  it('has its what-if shown while it is in front, and the run again when that is over', async () => {
    const window = new Window();
    const one = await window.start('a.ts');
    await window.run();
    const live = window.shown;
    assert.deepEqual(window.debugging.whatIf, []);
    await one.client.ask('setExpression', { expression: 'w', value: '4' });
    // 4 · 2.
    const changed = 'a.ts | a | L = 8.0000 | w 4.0000 | a · backward pass, step 1 of 1';
    assert.equal(window.shown, changed);
    assert.deepEqual(window.debugging.whatIf, ['w = 4 (was 3)']);

    const two = await window.start('b.ts');
    assert.equal(window.shown, changed);
    window.debugging.bringToFront(two.adapter);
    await window.run();
    assert.match(window.shown, /^b\.ts \| b \| L = 50\.0000 \| w 5\.0000/);
    assert.deepEqual(window.debugging.whatIf, []);
    window.debugging.bringToFront(one.adapter);
    await window.run();
    assert.equal(window.shown, changed);
    two.end();
    assert.equal(window.shown, changed, 'another session in the background ended');

    window.debugging.move('restore');
    assert.deepEqual(window.asked, ['a.ts restoreRun']);
    await one.client.ask('restoreRun');
    assert.equal(window.shown, live);
    await one.client.ask('setExpression', { expression: 'w', value: '4' });
    assert.equal(window.shown, changed);
    await one.client.ask('setExpression', { expression: 'w', value: '3' });
    assert.equal(window.shown, live, 'the number of the run is no what-if');
    await one.client.ask('setExpression', { expression: 'w', value: '4' });
    one.end();
    assert.equal(window.shown, 'a.ts | a | L = 6.0000 | w 3.0000');
  });

  it('is of a model that can be trained in its what-if too: a training is of the program, and begins with its own numbers', async () => {
    const window = new Window();
    const one = await window.start('d.ts');
    await window.run();
    const trains = () => window.live.presenter.summaries().map(({ loss, trains: can }) => [loss, can]);
    assert.deepEqual(trains(), [['L = 9.0000', true]]);
    await one.client.ask('setExpression', { expression: 'w', value: '4' });
    assert.deepEqual(trains(), [['L = 16.0000', true]]);
    assert.match(window.live.snapshot.graph!.step!.text, /16\.0000 → 4\.0000/);
    one.end();
  });

  it('keeps its what-if when the text is edited and run meanwhile, and while another file is looked at', async () => {
    const window = new Window();
    const one = await window.start('a.ts');
    await window.run();
    await one.client.ask('setExpression', { expression: 'w', value: '4' });
    const changed = window.shown;
    window.live.refresh();
    await window.run();
    assert.equal(window.shown, changed);
    window.live.follow({ root: '/models', path: 'b.ts' as ModulePath });
    await window.run();
    assert.match(window.shown, /^b\.ts \| b \| .* \(not shown\)$/);
    window.live.follow({ root: '/models', path: 'a.ts' as ModulePath });
    await window.run();
    await settled();
    assert.equal(window.shown, changed);
    one.end();
  });

  it('leaves what is shown alone when its launch is refused', async () => {
    const window = new Window();
    const one = await window.start('a.ts');
    await window.run();
    await one.client.ask('setExpression', { expression: 'w', value: '4' });
    const changed = window.shown;
    await assert.rejects(window.start('b.ts', { model: 'd' }), /There is no model 'd'/);
    assert.equal(window.shown, changed);
  });
});
