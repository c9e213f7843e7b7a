import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { ModulePath } from '../../engine/base/brand.ts';
import { startTrainer } from '../../engine/node/trainer.ts';
import type { Series, TrainingReport } from '../../engine/protocol/training.ts';
import { defaultBudget } from '../../engine/protocol/worker.ts';
import { root } from './command-line.ts';
import { near } from './numbers.ts';

/** The examples that learn something, and what loss each comes below in its steps. */
const examples: readonly [example: string, model: string, below: number][] = [
  ['xor', 'xor', 0.05],
  ['mlp-decay-dropout', 'mlp', 0.2],
  ['mini-batch', 'layer', 0.015],
  ['house-prices', 'prices', 0.09],
  ['vanishing', 'rectified', 0.45],
  ['vanishing', 'residual', 0.15],
  ['rnn', 'rnn', 1e-3],
  ['moons', 'classifier', 0.01],
  ['transformer-block', 'reverse', 0.01],
  ['lenet', 'lenet', 0.01],
];

/** In the sandbox, as the panel trains. */
function trained(example: string, model: string): Promise<TrainingReport> {
  return new Promise((resolve) => {
    const entry = `${example}.ts` as ModulePath;
    // Time enough on a machine that has other things to do.
    const budget = { ...defaultBudget, softDeadline: 20_000, hardDeadline: 30_000 };
    const request = { root: join(root, 'examples'), entry, overlays: new Map(), budget, model };
    const trainer = startTrainer(request, (report) => {
      if (report.phase === 'paused' && report.step === 0) trainer.run();
      if (report.phase !== 'finished' && report.phase !== 'failed') return;
      trainer.dispose();
      resolve(report);
    });
  });
}

const at = ({ steps, values }: Series, step: number): number => values[steps.indexOf(step)]!;

describe('examples that train, in the sandbox', function () {
  this.timeout(60_000);

  for (const [example, model, below] of examples)
    it(`${example}, ${model}: comes below ${below}, as in plain Node`, async () => {
      const { problem, step, steps, loss } = await trained(example, model);
      assert.equal(problem, null);
      assert.equal(step, steps);
      assert.ok(at(loss, steps) < below, `${at(loss, steps)}`);

      const print = console.log;
      console.log = () => undefined;
      // Afresh: other tests train the same module.
      const made = (await import(`${join(root, 'examples', example)}.ts?${model}`)) as Record<
        string,
        { train(): number[] }
      >;
      console.log = print;
      const losses = made[model]!.train();
      assert.equal(losses.length, steps);
      near(at(loss, 1), losses[0]!, 'first');
      near(at(loss, steps), losses.at(-1)!, 'last', 1e-4);
    });
});
