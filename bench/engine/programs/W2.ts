import type { Program } from './program.ts';

export const program: Program = (leaves) => () => {
  let h = leaves['x']!;
  for (let i = 0; i < 50; i++) h = h.matmul(leaves[`w${i}`]!).add(leaves[`b${i}`]!).tanh();
  return h.mean();
};
