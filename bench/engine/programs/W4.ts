import { type Tensor, add, layerNorm, matmul, mul, relu, reshape, softmax, transpose } from 'retrograd';
import type { Program } from './program.ts';

const [positions, width, heads] = [64, 64, 4];
const headWidth = width / heads;
const split = (y: Tensor): Tensor => transpose(reshape(y, [positions, heads, headWidth]), 0, 1);

export const program: Program =
  ({ x, q, k, v, o, up, upBias, down, downBias, g1, c1, g2, c2 }) =>
  () => {
    const n = layerNorm(x!, [width], g1, c1);
    const scores = matmul(split(matmul(n, q!)), split(matmul(n, k!)).mT);
    const attention = softmax(mul(scores, 1 / Math.sqrt(headWidth)));
    const mixed = reshape(transpose(matmul(attention, split(matmul(n, v!))), 0, 1), [positions, width]);
    const y = add(x!, matmul(mixed, o!));
    const hidden = relu(add(matmul(layerNorm(y, [width], g2, c2), up!), upBias!));
    return add(y, add(matmul(hidden, down!), downBias!)).mean();
  };
