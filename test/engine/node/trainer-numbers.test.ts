import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { plainly } from './plain-training.ts';
import { Trainings } from './trainings.ts';

const root = new URL('../../../', import.meta.url);

const example = (name: string): string => readFileSync(new URL(`examples/${name}.ts`, root), 'utf8');

const batches = `import { bceWithLogits, dropout, model, nn, optim, randn } from 'retrograd';
const x = randn([50, 4], { seed: 3 });
const y = x.sum(1).greater(0);
const net = new nn.Sequential(new nn.Linear(4, 8, { seed: 1 }), new nn.BatchNorm1d(8), new nn.ReLU(), new nn.Linear(8, 1, { seed: 2 }));
export const fit = model(
  (rows) => bceWithLogits(dropout(net.forward(x.indexSelect(0, rows)), 0.2).squeeze(1), y.indexSelect(0, rows).mul(1)),
  { optimizer: optim.clipped(optim.adam({ lr: optim.cosineAnnealing(0.05, { steps: 60 }) }), { maxNorm: 0.5 }), batch: { size: 16, of: 50, seed: 9 } },
);
`;

describe('a training in the sandbox', function () {
  this.timeout(120_000);
  const trainings = new Trainings();
  after(() => trainings.dispose());

  const programs: readonly (readonly [name: string, text: string, model: string, steps: number])[] = [
    ['xor', example('xor'), 'xor', 60],
    ['mini-batch', example('mini-batch'), 'layer', 40],
    ['a program that has trained already', `${example('xor')}\nxor.train(5);\n`, 'xor', 20],
    ['batches, dropout, statistics of a module, clipping and a schedule', batches, 'fit', 60],
  ];
  for (const [name, text, model, steps] of programs) {
    it(`has the losses of plain Node to the last bit: ${name}`, async () => {
      const expected = await plainly(text, model, steps);
      assert.equal(new Set(expected).size > steps / 2, true, 'It learns nothing.');
      const losses = await trainings.losses(text, model, steps);
      assert.deepEqual(losses, expected);
    });
  }
});
