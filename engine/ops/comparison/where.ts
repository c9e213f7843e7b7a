import { call, number, symbol } from '../../expression/expression.ts';
import { notDifferentiable } from '../define.ts';
import { defineElementwise } from '../define-elementwise.ts';

export const where = defineElementwise({
  name: 'where',
  doc: 'Elements of `a` where `condition` is not 0, else of `b`.',
  inputs: ['condition', 'a', 'b'],
  choosers: ['condition'],
  result: 'promote',
  forward: (condition, a, b) => (condition !== 0 ? a : b),
  derivatives: {
    condition: notDifferentiable,
    a: call('where', symbol('condition'), number(1), number(0)),
    b: call('where', symbol('condition'), number(0), number(1)),
  },
  samples: [{ shapes: [[2, 3], [2, 3], [3]] }, { shapes: [[3], [], [2, 1]] }],
});
