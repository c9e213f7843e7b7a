import assert from 'node:assert/strict';
import type { ModulePath } from '../../../engine/base/brand.ts';
import { instrument } from '../../../engine/source/index.ts';
import { openTraining } from '../node/training-run.ts';
import { plainly } from '../node/plain-training.ts';
import { type Trial, trials } from './repeatable-programs.ts';

const text = ({ before = '', model }: Trial): string => `
import { model, nn, noGrad, optim, input, param, randn, stack, tanh, tensor, type Tensor } from 'retrograd';
const x = input([[0.5, -1, 2], [1, 0.25, -0.5], [-2, 1, 0.5]]);
const w = param(randn([2, 3], { seed: 1 }));
const v = param(randn([2, 3], { seed: 2 }));
let count = 0;
const state = { n: 0 };
const queue = Array.from({ length: 400 }, (_, i) => (i < 70 || i > 330 ? 1 : 2));
${before}
export const fit = model(${model}, { optimizer: optim.sgd({ lr: 0.001 }) });
`;

/** What would have to be so for a step to be left out, as the text tells it. */
function saysRepeatable(program: string): boolean {
  const { value, problems } = instrument('main.ts' as ModulePath, program, 0);
  assert.deepEqual(problems, []);
  return value.isOpen && value.scopes.every(({ kind, isRepeatable }) => kind !== 'function' || isRepeatable);
}

const isLeftToTheText = ({ may }: Trial): boolean => may === 'yes' || may === 'called';

describe('what a step does', () => {
  for (const [name, trial] of Object.entries(trials))
    it(isLeftToTheText(trial) ? `may be the same each time: ${name}` : `may differ: ${name} (${trial.may})`, () => {
      // The callback that fills the queue is the test's own.
      assert.equal(saysRepeatable(text(trial)), isLeftToTheText(trial));
    });

  // Past what is looked at in detail, past the steps that it takes to be sure, and past the seventieth.
  const steps = 96;
  for (const [name, trial] of Object.entries(trials).filter(([, each]) => isLeftToTheText(each)))
    it(`comes out as in plain Node, to the last bit: ${name}`, async function () {
      this.timeout(60_000);
      const expected = await plainly(text(trial), 'fit', steps);
      const run = await openTraining(text(trial));
      const losses = Array.from({ length: steps }, () => run.next());
      run.dispose();
      assert.deepEqual(losses, expected);
    });
});
