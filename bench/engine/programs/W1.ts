import { add, crossEntropy, matmul, relu } from 'retrograd';
import type { Program } from './program.ts';

export const program: Program =
  ({ x, target, w1, b1, w2, b2, w3, b3 }) =>
  () => {
    const h1 = relu(add(matmul(x!, w1!), b1!));
    const h2 = relu(add(matmul(h1, w2!), b2!));
    return crossEntropy(add(matmul(h2, w3!), b3!), target!);
  };
