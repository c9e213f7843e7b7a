/** A classifier of the size that people begin with, over a table of made-up rows. */
export const mlp = `import { crossEntropy, model, nn, optim, randint, randn } from 'retrograd';
const x = randn([1000, 64], { seed: 1 });
const y = randint(0, 10, [1000], { seed: 2 });
const net = new nn.Sequential(
  new nn.Linear(64, 128, { seed: 3 }),
  new nn.ReLU(),
  new nn.Linear(128, 64, { seed: 4 }),
  new nn.ReLU(),
  new nn.Linear(64, 10, { seed: 5 }),
);
export const fit = model((rows) => crossEntropy(net.forward(x.indexSelect(0, rows)), y.indexSelect(0, rows)), {
  optimizer: optim.adam({ lr: 0.001 }),
  batch: { size: 64, of: 1000, seed: 6 },
});
`;

/** The same of the size of the pictures of digits: what counts is the arithmetic. */
export const digits = `import { crossEntropy, model, nn, optim, randint, randn } from 'retrograd';
const x = randn([1024, 784], { seed: 1 });
const y = randint(0, 10, [1024], { seed: 2 });
const net = new nn.Sequential(
  new nn.Linear(784, 128, { seed: 3 }),
  new nn.ReLU(),
  new nn.Linear(128, 64, { seed: 4 }),
  new nn.ReLU(),
  new nn.Linear(64, 10, { seed: 5 }),
);
export const fit = model((rows) => crossEntropy(net.forward(x.indexSelect(0, rows)), y.indexSelect(0, rows)), {
  optimizer: optim.adam({ lr: 0.001 }),
  batch: { size: 64, of: 1024, seed: 6 },
});
`;
