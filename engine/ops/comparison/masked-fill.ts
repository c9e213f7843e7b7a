import { call, number, symbol } from '../../expression/expression.ts';
import { notDifferentiable } from '../define.ts';
import { defineElementwise } from '../define-elementwise.ts';

export const maskedFill = defineElementwise({
  name: 'maskedFill',
  doc: 'Each element, and `value` instead of it where `mask` is not 0.',
  inputs: ['x', 'mask'],
  choosers: ['mask'],
  result: 'promote',
  forward: {
    with: ({ value }) => {
      const filling = Number(value);
      return (x, mask) => (mask !== 0 ? filling : x);
    },
  },
  derivatives: { x: call('where', symbol('mask'), number(0), number(1)), mask: notDifferentiable },
  samples: [
    {
      shapes: [
        [2, 3],
        [2, 3],
      ],
      attributes: { value: 2 },
    },
  ],
});
