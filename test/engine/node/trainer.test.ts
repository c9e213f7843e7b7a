import assert from 'node:assert/strict';
import { Trainings } from './trainings.ts';

/** Two parameters of which each has its own way down: losses 13, then what Adam makes of it. */
const quadratic = `import { model, optim, param } from 'retrograd';
const w = param([3, -2]);
export const m = model(() => w.square().sum(), { optimizer: optim.sgd({ lr: 0.25 }), steps: 4 });
`;

describe('a training', function () {
  this.timeout(60_000);
  const trainings = new Trainings();
  after(() => trainings.dispose());

  it('waits until it is told to run, and runs as many steps as the model says', async () => {
    const { trainer, reports } = trainings.start(quadratic);
    const ready = await reports.until(({ phase }) => phase !== 'starting');
    assert.deepEqual([ready.phase, ready.step, ready.steps, ready.model], ['paused', 0, 4, 'm']);
    trainer.run();
    const done = await reports.until(({ phase }) => phase === 'finished');
    // w ← w − ¼·2w = w/2 at every step: the loss, 3² + 2² = 13 at first, is a quarter of the one before.
    assert.deepEqual(done.loss, { steps: [1, 2, 3, 4], values: [13, 3.25, 0.8125, 0.203125] });
    // |∂L/∂w| = 2·|w|, and half of w is what is added to w.
    const [w] = done.parameters;
    assert.deepEqual([w!.name, w!.size, w!.updateRatio.values], ['w', 2, [0.5, 0.5, 0.5, 0.5]]);
    assert.deepEqual(
      w!.gradientNorm.values.map((norm) => norm!.toFixed(6)),
      [13, 3.25, 0.8125, 0.203125].map((loss) => (2 * Math.sqrt(loss)).toFixed(6)),
    );
    assert.deepEqual(await trainer.weights(), [{ name: 'w', ordinal: 0, shape: [2], values: [3 / 16, -2 / 16] }]);
  });

  it('shows any step that was made, with the numbers that it had', async () => {
    const { trainer, reports } = trainings.start(forgetful);
    await reports.until(({ phase }) => phase === 'paused');
    trainer.run();
    const done = await reports.until(({ phase }) => phase === 'finished' || phase === 'failed');
    assert.equal(done.problem, null);
    const lossAt = (step: number): number | null => done.loss.values[done.loss.steps.indexOf(step)]!;
    for (const step of [1, 2, 16, 17, 39, 40, 25]) {
      const result = await trainer.trace(step);
      assert.deepEqual(result!.problems, []);
      const { passes, nodes } = result!.trace!;
      assert.deepEqual([passes.length, passes[0]!.name], [1, 'm']);
      assert.equal(nodes[passes[0]!.loss]!.value.data![0], lossAt(step), `step ${step}`);
    }
  });
});

/** What a step gives depends on all before it in every way that there is: Adam's means, drawn numbers, batches, a module's own statistics, tensors and numbers that the program keeps. */
const forgetful = `import { dropout, model, nn, optim, randn, tensor } from 'retrograd';
const x = randn([40, 3], { seed: 1 });
const hidden = new nn.Linear(3, 5);
const norm = new nn.BatchNorm1d(5);
const out = new nn.Linear(5, 1);
let kept = tensor([0.5]);
let calls = 0;
export const m = model(
  (rows) => {
    calls++;
    norm.train(calls % 3 !== 0);
    const picked = x.indexSelect(0, rows);
    const h = dropout(norm.forward(hidden.forward(picked)).tanh(), 0.3);
    const y = out.forward(h).add(kept).square().mean();
    kept = h.detach().mean().reshape([1]).add(kept.mul(0.5));
    return y;
  },
  { optimizer: optim.adam({ lr: 0.05 }), batch: { size: 8, of: 40 }, steps: 40 },
);
`;
