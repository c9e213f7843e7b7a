import { type Samples, broadcasting, of } from './sample.ts';

export const linearAlgebra: Samples = {
  matmul: [
    ...broadcasting('2x3 3x4', 'x.matmul(y)', ['2x1x2x3 4x3x2 => 2x4x2x3 2x4x3x2', '2x3 4x3x2 => 4x2x3 4x3x2']),
    ...['3 3', '3 3x2', '2x3 3', '3 2x3x2', '2x2x3 3', '2x2x3 2x3x2'].flatMap((shapes) => of(shapes, 'x.matmul(y)')),
  ],
  matMul: of('2x3 4x3', ['x.matMul(y, false, true)', 'matMul(y, x, false, true)', 'matMul(x.T, y, true, true)']),
  cdist: [
    ...broadcasting('2x3 4x3', 'cdist(x, y)', ['2x3 5x4x3 => 5x2x3 5x4x3']),
    ...of('2x2x3 2x1x3', ['cdist(x, y, { p: 1 })', 'x.cdist(y, { p: 3 })']),
  ],
  dot: of('3 3', 'x.dot(y)'),
  outer: of('2 3', 'x.outer(y)'),
  bmm: of('2x2x3 2x3x2', 'x.bmm(y)'),
  linear: [
    ...of('2x3 4x3 4', 'linear(x, y, z)'),
    ...of('2x2x3 4x3', 'linear(x, y)'),
    ...of('3 4x3 4', 'linear(x, y, z)'),
  ],
  einsum: [
    ...of('2x3 3x4', ["einsum('ij,jk->ik', x, y)", "einsum('ij,jk', x, y)", "einsum('i j, j k -> k', x, y)"]),
    ...of('2x2x3 2x4x3', "einsum('...qd,...kd->...qk', x, y)"),
    ...of('2x3 3x2 2', "einsum('ij,jk,k->i', x, y, z)"),
    ...of('2x3 2x3', ["einsum('ij,ij->', x, y)", "einsum('ij,ij->ji', x, y)"]),
    ...of('3x3', ["einsum('ii->i', x)", "einsum('ii', x)", "einsum('ij->ji', x)"]),
  ],
  trace: [...of('3x3', 'x.trace()'), ...of('2x3', 'x.trace()')],
  diag: [...of('3', 'x.diag()'), ...of('2x3', 'x.diag()')],
  tril: [...of('3x3', ['x.tril()', 'x.tril(-1)']), ...of('2x2x3', 'x.tril(1)')],
  triu: [...of('3x3', ['x.triu()', 'x.triu(1)']), ...of('2x2x3', 'x.triu(-1)')],
  inverse: [...of('2x2', 'x.inverse()'), ...of('2x3x3', 'x.add(eye(3).mul(3)).inverse()')],
  det: [...of('3x3', 'x.det()'), ...of('2x2x2', 'x.det()')],
  solveTriangular: of(
    '3x3 3x2',
    ['solveTriangular(x, y)', 'solveTriangular(x, y, { upper: false, unitriangular: true })'],
    [0.5, 1.5],
  ),
};

export const convolution: Samples = {
  conv1d: [
    ...of('2x4x6 6x2x3 6', 'conv1d(x, y, z, { stride: 2, padding: 1, groups: 2 })'),
    ...of('1x2x6 3x2x2', [
      'conv1d(x, y)',
      'conv1d(x, y, null, { dilation: 2 })',
      "conv1d(x, y, null, { padding: 'same' })",
    ]),
    ...of('2x6 3x2x2 3', 'conv1d(x, y, z)'),
  ],
  conv2d: [
    ...of('2x2x4x4 3x2x2x3 3', 'conv2d(x, y, z, { stride: [2, 1], padding: [0, 1] })'),
    ...of('1x4x4x4 4x2x2x2', [
      'conv2d(x, y, null, { groups: 2, dilation: 2 })',
      'conv2d(x, y, null, { groups: 2, padding: 2 })',
    ]),
    ...of('1x2x3x3 4x1x2x2', 'conv2d(x, y, null, { groups: 2, stride: 2, padding: 1 })'),
    ...of('2x4x3 3x2x2x3 3', ["conv2d(x, y, z, { padding: 'same' })", "conv2d(x, y, z, { padding: 'valid' })"]),
  ],
  convTranspose2d: [
    ...of('1x2x3x3 2x3x2x2 3', 'convTranspose2d(x, y, z, { stride: 2, outputPadding: 1 })'),
    ...of('1x4x3x3 4x1x2x2', 'convTranspose2d(x, y, null, { padding: 1, groups: 2 })'),
    ...of('1x2x2x3 2x1x2x2', 'convTranspose2d(x, y, null, { stride: [2, 1], padding: [0, 1], dilation: [1, 2] })'),
  ],
  maxPool2d: [
    ...of('1x2x4x4', ['x.maxPool2d(2)', 'x.maxPool2d(3, { stride: 1, padding: 1 })']),
    ...of('1x1x4x5', 'x.maxPool2d([2, 3], { stride: [1, 2], padding: [0, 1] })'),
    ...of('1x6x5', 'x.maxPool2d(2, { dilation: [2, 1], ceilMode: true })'),
  ],
  avgPool2d: [
    ...of('1x2x4x4', ['x.avgPool2d(2)', 'x.avgPool2d(3, { stride: 2, padding: 1, countIncludePad: false })']),
    ...of('1x1x4x5', 'x.avgPool2d([2, 3], { stride: [1, 2], padding: [0, 1] })'),
    ...of('1x6x5', 'x.avgPool2d(3, { stride: 2, padding: 1, ceilMode: true })'),
  ],
  maxPool1d: of('2x2x6', ['x.maxPool1d(2)', 'x.maxPool1d(3, { stride: 2, padding: 1, dilation: 2, ceilMode: true })']),
  avgPool1d: of('2x2x6', ['x.avgPool1d(2)', 'x.avgPool1d(3, { stride: 2, padding: 1, countIncludePad: false })']),
  adaptiveAvgPool2d: of('2x2x4x5', ['x.adaptiveAvgPool2d(1)', 'x.adaptiveAvgPool2d([3, 2])']),
  upsampleNearest2d: of('1x2x2x3', 'x.upsampleNearest2d(2)'),
  pad: of('2x3', ['x.pad([1, 2])', 'x.pad([-1, 1, 0, 2], 0.5)', 'x.pad([-1, -1])']),
};
