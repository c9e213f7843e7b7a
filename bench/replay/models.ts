/** A chain of scalar ops in a loop, three nodes a turn, two parameters that every turn uses: 3·n nodes and a few. */
export const chain = (turns: number): string => `import { model, param } from 'retrograd';
const w = param(0.999);
const b = param(0.001);
export const deep = model(() => {
  let x = w;
  for (let i = 0; i < ${turns}; i++) {
    const z = x.mul(w).add(b);
    x = z.tanh();
  }
  return x;
});
`;
