import { call, symbol } from '../../expression/expression.ts';
import { triangle } from '../../tensor/kernels/triangular.ts';
import { defineOp } from '../define.ts';
import { matricesOnly } from './square.ts';

const part = (name: 'tril' | 'triu', doc: string) =>
  defineOp({
    name,
    doc,
    inputs: ['x'],
    shape: ([x]) => {
      matricesOnly(name, x!);
      return x!;
    },
    forward: ([x], { diagonal }, shape, dtype) => triangle(x!.data, shape, dtype, name === 'tril', Number(diagonal)),
    // The same part of the upstream gradient.
    vjp: { x: call(name === 'tril' ? 'trilBack' : 'triuBack', symbol('ȳ')) },
    samples: [
      { shapes: [[3, 3]], attributes: { diagonal: 0 } },
      { shapes: [[2, 3, 4]], attributes: { diagonal: 1 } },
      { shapes: [[4, 2]], attributes: { diagonal: -1 } },
    ],
  });

export const tril = part('tril', 'Matrices with zeros above the diagonal `diagonal` places above the main one.');
export const triu = part('triu', 'Matrices with zeros below the diagonal `diagonal` places above the main one.');
