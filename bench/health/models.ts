/** What is examined: about 2,000 nodes each, sick so that there is something to find and to word. */

/** 155 layers of sigmoids, each with weights of its own: as many ways from the loss as there are parameters. */
export const sigmoids = `import { input, model, param, randn, zeros } from 'retrograd';
const layers = Array.from({ length: 155 }, (_, i) => ({
  W: param(randn([16, 16], { seed: i + 1 }).mul(0.25)),
  b: param(zeros([16])),
}));
const head = param(randn([16, 1], { seed: 999 }).mul(0.25));
export const net = model(() => {
  let h = input(randn([8, 16], { seed: 5 }));
  for (const { W, b } of layers) h = h.matmul(W).add(b).sigmoid().mul(1.1).add(0.01);
  return h.matmul(head).sub(1).square().mean();
});
`;

/** A recurrent net: one matrix that 400 steps use. */
export const recurrent = `import { input, model, param, randn } from 'retrograd';
const U = param(randn([16, 16], { seed: 1 }).mul(0.1));
const V = param(randn([16, 16], { seed: 2 }).mul(0.1));
const x = input(randn([8, 16], { seed: 3 }));
export const net = model(() => {
  let h = x;
  for (let i = 0; i < 332; i++) h = h.matmul(U).add(x.matmul(V)).tanh().mul(0.99);
  return h.square().mean();
});
`;
