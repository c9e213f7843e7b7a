import { call, minus, over, symbol, times } from '../../expression/expression.ts';
import { cofactors, determinant } from '../../tensor/kernels/square-matrix.ts';
import { defineOp } from '../define.ts';
import { squareOnly } from './square.ts';

const [x, y, upstream] = [symbol('x'), symbol('y'), symbol('ȳ')];

export const det = defineOp({
  name: 'det',
  doc: 'Determinant of each square matrix.',
  inputs: ['x'],
  result: 'float',
  shape: ([matrices]) => {
    squareOnly('det', matrices!);
    return matrices!.slice(0, -2);
  },
  forward: ([matrices], _attributes, _shape, dtype) => determinant(matrices!.data, matrices!.shape, dtype),
  // ∂det A / ∂A = det A·A⁻ᵀ (Giles 2008, 2.2.4), which is the matrix of cofactors and exists for singular matrices too.
  vjp: { x: times(call('perMatrix', upstream), call('cofactor', x)) },
  samples: [{ shapes: [[1, 1]] }, { shapes: [[3, 3]] }, { shapes: [[2, 2, 2]] }],
});

export const cofactor = defineOp({
  name: 'cofactor',
  doc: 'The cofactors of each square matrix A: det A·A⁻ᵀ where A has an inverse.',
  inputs: ['x'],
  result: 'float',
  convention: 'a singular matrix has cofactors, but no gradient of them (NaN)',
  shape: ([matrices]) => {
    squareOnly('cofactor', matrices!);
    return matrices!;
  },
  forward: ([matrices], _attributes, shape, dtype) => cofactors(matrices!.data, shape, dtype),
  // Of C = det A·A⁻ᵀ: (⟨C̄, C⟩·C − C·C̄ᵀ·C) / det A.
  vjp: {
    x: over(
      minus(times(call('innerPerMatrix', upstream, y), y), call('matmul', call('matmul', y, call('mT', upstream)), y)),
      call('perMatrix', call('det', x)),
    ),
  },
  samples: [{ shapes: [[3, 3]] }, { shapes: [[2, 2, 2]] }],
});
