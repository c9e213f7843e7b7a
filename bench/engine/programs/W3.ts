import { add, mul } from 'retrograd';
import type { Program } from './program.ts';

export const program: Program =
  ({ a, b }) =>
  () => {
    let x = a!;
    for (let i = 0; i < 5000; i++) x = add(mul(x, a!), b!);
    return x;
  };
