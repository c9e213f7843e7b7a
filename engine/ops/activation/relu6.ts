import { call, number, symbol, times } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const relu6 = defineUnary({
  name: 'relu6',
  doc: 'Each element, moved to the nearer end where it is outside [0, 6].',
  forward: (x) => Math.min(Math.max(x, 0), 6),
  derivative: times(call('greater', symbol('x'), number(0)), call('less', symbol('x'), number(6))),
  result: 'promote',
  convention: 'at 0 and 6 the derivative is taken as 0',
  samples: [{ shapes: [[]] }, { shapes: [[2, 3]], range: [-2, 8] }],
});
