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
});
