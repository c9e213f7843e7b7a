import { add, conv2d, crossEntropy, matmul, maxPool2d, relu, reshape } from 'retrograd';
import type { Program } from './program.ts';

export const program: Program =
  ({ x, target, k1, c1, k2, c2, w1, b1, w2, b2, w3, b3 }) =>
  () => {
    const p1 = maxPool2d(relu(conv2d(x!, k1!, c1, { padding: 2 })), 2);
    const p2 = maxPool2d(relu(conv2d(p1, k2!, c2)), 2);
    const h1 = relu(add(matmul(reshape(p2, [16, 400]), w1!), b1!));
    const h2 = relu(add(matmul(h1, w2!), b2!));
    return crossEntropy(add(matmul(h2, w3!), b3!), target!);
  };
