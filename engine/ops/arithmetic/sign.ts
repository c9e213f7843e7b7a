import { number } from '../../expression/expression.ts';
import { notDifferentiable } from '../define.ts';
import { defineUnary } from '../define-elementwise.ts';

export const sign = defineUnary({
  name: 'sign',
  doc: '−1, 0 or 1: the sign of each element.',
  result: 'promote',
  forward: Math.sign,
  derivative: number(0),
  convention: 'the derivative is taken as 0 everywhere, at 0 too',
});

export const step = defineUnary({
  name: 'step',
  doc: '1 where an element is positive or NaN, else 0: where relu lets a gradient through.',
  result: 'promote',
  forward: (x) => Number(!(x <= 0)),
  derivative: notDifferentiable,
});
