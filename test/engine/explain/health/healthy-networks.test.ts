import assert from 'node:assert/strict';
import { findingsOf } from '../../../../engine/explain/health/findings.ts';
import { PassView } from '../../../../engine/explain/pass-view.ts';
import { TextRunner } from '../run-text.ts';

/** Hidden layers, and rows of the batch. */
const shapes: readonly (readonly [depth: number, width: number, batch: number])[] = [
  [1, 4, 4],
  [2, 8, 32],
  [3, 32, 16],
  [5, 16, 64],
  [8, 64, 32],
  [10, 16, 64],
  [10, 128, 16],
];

/** What is proper: He (2) before activations that are zero for half of their inputs, Xavier (1) before the others. */
const numerators = { relu: 2, leakyRelu: 2, gelu: 2, silu: 2, elu: 1.5, tanh: 1, softplus: 1, sigmoid: 1 };

const mlp = (
  activation: string,
  numerator: number,
  depth: number,
  width: number,
  batch: number,
  seed: number,
): string => `
import { input, model, mseLoss, optim, param, randn, zeros } from 'retrograd';
const sizes = [5, ${`${width}, `.repeat(depth)}1];
const layers = sizes.slice(1).map((to, i) => ({
  W: param(randn([sizes[i]!, to], { seed: ${seed} + i }).mul(Math.sqrt(${numerator} / sizes[i]!))),
  b: param(zeros([to])),
}));
export const net = model(() => {
  let h = input(randn([${batch}, 5], { seed: ${seed + 90} }));
  layers.forEach(({ W, b }, i) => {
    h = h.matmul(W).add(b);
    if (i < layers.length - 1) h = h.${activation}();
  });
  return mseLoss(h, input(randn([${batch}, 1], { seed: ${seed + 91} })));
}, { optimizer: optim.adam({ lr: 1e-3 }) });
`;

/** As layers come, with PyTorch's own initialisation, which is smaller: deep ones do fade with it. */
const library = (activation: string, depth: number, seed: number): string => `
import { crossEntropy, input, model, nn, optim, randint, randn } from 'retrograd';
const hidden = Array.from({ length: ${depth} }, (_, i) => [new nn.Linear(i === 0 ? 10 : 24, 24, { seed: ${seed} + i }), new nn.${activation}()]);
const net = new nn.Sequential(...hidden.flat(), new nn.Linear(24, 4, { seed: ${seed + 50} }));
export const m = model(() => crossEntropy(net.forward(input(randn([16, 10], { seed: ${seed + 51} }))), randint(0, 4, [16], { seed: ${seed + 52} })), {
  optimizer: optim.sgd({ lr: 0.1 }),
});
`;

describe('health finds nothing in networks that begin as they should', function () {
  this.timeout(120_000);
  const runner = new TextRunner();
  after(() => runner.dispose());

  const isHealthy = async (text: string): Promise<void> => {
    const trace = await runner.trace(text);
    const found = trace.passes.flatMap((pass) => findingsOf(new PassView(trace, pass, 'named')));
    assert.deepEqual(
      found.map(({ message }) => message),
      [],
      text,
    );
  };

  for (const [activation, numerator] of Object.entries(numerators)) {
    it(`of ${activation}`, async () => {
      // A sigmoid takes at least 0.6 decades a layer: four of them are what it can bear.
      for (const [depth, width, batch] of shapes.filter(([deep]) => activation !== 'sigmoid' || deep < 4))
        for (const seed of [0, 1000, 2000]) await isHealthy(mlp(activation, numerator, depth, width, batch, seed));
    });
  }

  it('of layers of the library', async () => {
    for (const activation of ['ReLU', 'Tanh', 'GELU', 'Sigmoid'])
      for (const depth of [1, 2, 3])
        for (const seed of [1, 100, 200]) await isHealthy(library(activation, depth, seed));
  });
});
