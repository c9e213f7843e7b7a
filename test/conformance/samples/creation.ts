import { type Samples, of, whole } from './sample.ts';

/** What makes tensors of no tensor. Unseeded numbers depend on what ran before, and are not the same everywhere. */
export const creation: Samples = {
  zeros: of('.', 'zeros([2, 3])'),
  ones: of('.', 'ones([2, 3])'),
  full: of('.', ['full([2, 3], 0.1)', 'full([2], -Infinity)']),
  zerosLike: of('2x3', 'zerosLike(x)'),
  onesLike: of('2x3', 'onesLike(x)'),
  eye: of('.', ['eye(3)', 'eye(2, 4)']),
  arange: of('.', ['arange(5)', 'arange(0.5, 3, 0.7)', 'arange(5, 1, -2)']),
  linspace: of('.', ['linspace(0, 1, 7)', "linspace(-0.1, 0.3, 4, { dtype: 'float64' })"]),
  rand: of('.', 'rand([2, 3], { seed: 5 })'),
  randn: of('.', "randn([2, 3], { seed: 5, dtype: 'float64' })"),
  randint: of('.', 'randint(-3, 9, [2, 6], { seed: 5 })'),
  randperm: of('.', 'randperm(7, { seed: 5 })'),
  oneHot: of('.', `oneHot(${whole('[2, 0, 1]')}, 4)`),
};
