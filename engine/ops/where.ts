import { minus, number, symbol } from '../expression/expression.ts';
import { notDifferentiable } from './define.ts';
import { defineElementwise } from './elementwise.ts';

export const where = defineElementwise({
  name: 'where',
  doc: 'Elements of `a` where `condition` is not 0, else of `b`.',
  inputs: ['condition', 'a', 'b'],
  forward: (condition, a, b) => (condition !== 0 ? a! : b!),
  derivatives: {
    condition: notDifferentiable,
    a: symbol('condition'),
    b: minus(number(1), symbol('condition')),
  },
  samples: [{ shapes: [[2, 3], [2, 3], [3]] }, { shapes: [[3], [], [2, 1]] }],
});
