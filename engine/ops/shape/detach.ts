import { notDifferentiable } from '../define.ts';
import { defineUnary } from '../define-elementwise.ts';

export const detach = defineUnary({
  name: 'detach',
  doc: 'The same values, cut off from the gradient.',
  result: 'promote',
  forward: (x) => x,
  derivative: notDifferentiable,
});
