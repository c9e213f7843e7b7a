import { type Sample, type Samples, of, whole } from './sample.ts';

/** Of all elements, along one dimension, from the end, along several. */
const along = (call: string): Sample[] =>
  of('2x3x4', [`x.${call}()`, `x.${call}(1)`, `x.${call}(-1, true)`, `x.${call}([0, 2])`, `x.${call}([-1, 0], true)`]);

export const reductions: Samples = {
  sum: along('sum'),
  mean: along('mean'),
  prod: of('2x3', ['x.prod()', 'x.prod(1)', 'x.prod(-2, true)']),
  max: along('max'),
  min: along('min'),
  variance: of('2x3x4', [
    'x.variance()',
    'x.variance(1, { unbiased: false })',
    'x.variance([0, -1], { keepdim: true })',
  ]),
  std: of('2x3x4', ['x.std()', 'x.std(1, { unbiased: false })', 'x.std([0, -1], { keepdim: true })']),
  logsumexp: of('2x3x4', ['x.logsumexp(1)', 'x.logsumexp([0, -1], true)', 'x.logsumexp()']),
  norm: of('2x3', [
    'x.norm()',
    'x.norm({ p: 1, dim: 1 })',
    'x.norm({ p: 3, dim: [0, 1] })',
    'x.norm({ p: 2.5, dim: -1, keepdim: true })',
    'x.norm({ p: Infinity, dim: 0 })',
  ]),
  cumsum: of('2x3', ['x.cumsum(1)', 'x.cumsum(-2)']),
  cumprod: of('2x3', ['x.cumprod(1)', 'x.cumprod(-2)']),
  logcumsumexp: of('2x3', ['x.logcumsumexp(1)', 'x.logcumsumexp(-2)']),
  cummax: of('2x4', ['x.cummax(1).values', 'x.cummax(0).values', 'x.cummax(1).indices']),
  cummin: of('2x4', ['x.cummin(-1).values', 'x.cummin(0).indices']),
  diff: of('3x4', ['x.diff()', 'x.diff({ n: 2, dim: 0 })']),
  argmax: of('2x3', ['x.argmax()', 'x.argmax(1)', 'x.argmax(0, true)']),
  argmin: of('2x3', ['x.argmin()', 'x.argmin(1)', 'x.argmin(0, true)']),
  all: of('2x3', ['x.greater(-5).all()', 'x.greater(0).all(1)']),
  any: of('2x3', ['x.greater(5).any()', 'x.greater(0).any(1)']),
  sort: of('2x4', ['x.sort().values', 'x.sort(0, { descending: true }).values', 'x.sort().indices']),
  argsort: of('2x4', ['x.argsort(1)', 'x.argsort(0, { descending: true })']),
  multinomial: of('2x4', [
    'x.abs().multinomial(2, { seed: 3 })',
    'x.abs().multinomial(6, { replacement: true, seed: 3 })',
  ]),
  bincount: [
    ...of('4', `bincount(${whole('[2, 0, 2, 5]')}, { weights: x, minlength: 3 })`),
    ...of('.', `bincount(${whole('[1, 1, 0]')})`),
  ],
  topk: of('2x4', ['x.topk(2).values', 'x.topk(1, { dim: 0, largest: false }).values', 'x.topk(2).indices']),
};
