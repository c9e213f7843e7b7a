import { call, negative, symbol } from '../../expression/expression.ts';
import { inverse as inverted } from '../../tensor/kernels/square-matrix.ts';
import { defineOp } from '../define.ts';
import { squareOnly } from './square.ts';

const transposed = call('mT', symbol('y'));

export const inverse = defineOp({
  name: 'inverse',
  doc: 'Inverse of each square matrix; NaN where there is none.',
  inputs: ['x'],
  result: 'float',
  shape: ([x]) => {
    squareOnly('inverse', x!);
    return x!;
  },
  forward: ([x], _attributes, shape, dtype) => inverted(x!.data, shape, dtype),
  // d(A⁻¹) = −A⁻¹·dA·A⁻¹ (Giles 2008, "Collected matrix derivative results", 2.2.3).
  vjp: { x: negative(call('matmul', call('matmul', transposed, symbol('ȳ')), transposed)) },
  samples: [{ shapes: [[1, 1]] }, { shapes: [[3, 3]] }, { shapes: [[2, 2, 2]], range: [-1, 2] }],
});
