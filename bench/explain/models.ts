/** What is explained: programs as a user would write them, as long as they are asked to be. */

/** Named scalars, each made of the two before it: as many paths as Fibonacci numbers. Three ops a step. */
export const scalars = (steps: number): string => `import { model, param } from 'retrograd';
const w = param(0.4);
const b = param(0.1);
export const ladder = model(() => {
  let before = w.mul(b);
  let h = w.add(b);
  for (let i = 0; i < ${steps}; i++) {
    const next = h.mul(w).add(before).tanh();
    before = h;
    h = next;
  }
  return h.square();
});
`;

/** A recurrent net over a batch of 8, 16 units wide. Four ops a step, and the weights are read by all of them. */
export const recurrent = (steps: number): string => `import { input, model, param, randn, zeros } from 'retrograd';
const W = param(randn([16, 16], { seed: 1 }).mul(0.2));
const U = param(randn([4, 16], { seed: 2 }));
const c = param(zeros([16]));
export const rnn = model(() => {
  const X = input(randn([8, 4], { seed: 3 }));
  const drive = X.matmul(U).add(c);
  let h = drive;
  for (let i = 0; i < ${steps}; i++) {
    const z = h.matmul(W).add(drive);
    h = z.tanh();
  }
  return h.square().mean();
});
`;
