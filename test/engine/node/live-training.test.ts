import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModulePath } from '../../../engine/base/brand.ts';
import { startRunner } from '../../../engine/node/runner.ts';
import { LiveFile } from '../../../engine/node/serve/live-file.ts';
import type { TrainingState } from '../../../engine/protocol/training.ts';

/** The real sandbox, and a real training beside the live run of a file. */
describe('a training beside the live run', function () {
  this.timeout(60_000);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'retrograd-training-')));
  const file = join(folder, 'xor.ts');
  const runner = startRunner({ spare: false });
  let live: LiveFile;

  before(async () => {
    copyFileSync('examples/xor.ts', file);
    live = new LiveFile({ root: folder, entry: 'xor.ts' as ModulePath }, runner);
    await live.run();
  });
  after(() => {
    live.dispose();
    runner.dispose();
    rmSync(folder, { recursive: true });
  });

  const state = (): TrainingState => live.training.state!;
  const until = async (what: string, is: () => boolean): Promise<void> => {
    for (const end = Date.now() + 30_000; !is(); await new Promise((resolve) => setTimeout(resolve, 10)))
      if (Date.now() > end)
        throw new Error(`Waited in vain for ${what}: ${JSON.stringify(live.training.state)?.slice(0, 300)}`);
  };
  /** As the graph has it. */
  const loss = (): number => {
    const { graph } = live.presenter.snapshot();
    return graph!.nodes.find(({ id }) => id === graph!.loss)!.value.scalar!;
  };
  /** As the training has recorded it. */
  const recorded = (step: number): number => {
    const { steps, values } = state().loss;
    return values[steps.indexOf(step)]!;
  };
  let initial: number;

  it('runs in a worker of its own, and its loss falls', async () => {
    initial = loss();
    live.training.move({ kind: 'start', model: null });
    await until('sixty steps', () => state().step >= 60);
    live.training.move({ kind: 'pause' });
    await until('the pause', () => state().phase === 'paused' && state().weightsOf === state().step);
    assert.equal(state().model, 'xor');
    assert.equal(recorded(1), initial);
    assert.ok(state().loss.values.at(-1)! < initial / 2);
  });

  it('has the live run go on from its weights: its loss is that of the next step', async () => {
    await until('the live run with them', () => loss() !== initial);
    const [shown, { step }] = [loss(), state()];
    live.training.move({ kind: 'step' });
    await until('one step more', () => state().step === step + 1);
    assert.equal(shown, recorded(step + 1));
    assert.deepEqual(state().notKept, []);
  });

  it('shows any step with the numbers that were recorded then', async () => {
    for (const step of [40, 1, 17]) {
      live.training.move({ kind: 'show', step });
      await until(`step ${step}`, () => state().shown === step);
      assert.equal(loss(), recorded(step), `step ${step}`);
    }
    live.training.move({ kind: 'show', step: null });
    await until('the live graph', () => loss() < recorded(40));
  });

  it('is paused by an edit; weights whose shape stays are kept, and others are named', async () => {
    live.training.move({ kind: 'run' });
    await until('running', () => state().phase === 'running');
    // One hidden unit more: nothing but b2 keeps its shape.
    const text = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      text.replace('[2, 4]', '[2, 5]').replace('zeros([4])', 'zeros([5])').replace('[4, 1]', '[5, 1]'),
    );
    await live.run();
    await until('the pause', () => state().edited && state().phase === 'paused');
    await until('three names', () => state().notKept.length === 3);
    assert.deepEqual(
      state().notKept.map((one) => one.split(':')[0]),
      ['W1', 'b1', 'W2'],
    );
    writeFileSync(file, text.replace('lr: 0.5', 'lr: 0.25'));
    await live.run();
    await until('all to be kept', () => state().notKept.length === 0 && loss() < initial / 2);
  });

  it('goes on with the edited text from there', async () => {
    live.training.move({ kind: 'start', model: null });
    await until('a step', () => state().step >= 1);
    assert.equal(state().edited, false);
    assert.ok(recorded(1) < initial / 2);
  });

  it('is reset to where the text begins, and ended', async () => {
    live.training.move({ kind: 'reset' });
    await until('the beginning', () => state().step === 0);
    live.training.move({ kind: 'stop' });
    assert.equal(live.training.state, null);
    await until('the weights of the program', () => loss() === initial);
  });

  it('that does not fall is a finding', async () => {
    const stuck = `import { model, optim, param } from 'retrograd';
const w = param(1);
const c = param(1);
export const m = model(() => { const L = w.mul(0).add(c.mul(0)).add(2); return L; }, { optimizer: optim.sgd({ lr: 0.1 }), steps: 400 });
`;
    writeFileSync(file, stuck);
    await live.run();
    const rules = (): string[] => live.presenter.findingsIn(live.presenter.trace!).map(({ rule }) => rule);
    assert.ok(!rules().includes('loss-not-falling'));
    live.training.move({ kind: 'start', model: null });
    await until('the end', () => state().phase === 'finished');
    await until('the finding', () => rules().includes('loss-not-falling'));
  });

  it('of a model without an optimizer fails, and says what to add', async () => {
    writeFileSync(
      file,
      "import { model, param } from 'retrograd';\nconst w = param(3);\nexport const m = model(() => w.square());\n",
    );
    await live.run();
    live.training.move({ kind: 'start', model: null });
    await until('the failure', () => state().phase === 'failed');
    assert.match(state().problem!.message, /optimizer/);
  });
});
