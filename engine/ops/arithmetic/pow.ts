import { call, minus, number, power, symbol, times } from '../../expression/expression.ts';
import { defineElementwise } from '../define-elementwise.ts';

export const pow = defineElementwise({
  name: 'pow',
  doc: 'First tensor raised to the power of the second, element by element.',
  inputs: ['a', 'b'],
  forward: (a, b) => a ** b,
  derivatives: {
    a: times(symbol('b'), power(symbol('a'), minus(symbol('b'), number(1)))),
    b: call('xlogy', symbol('y'), symbol('a')),
  },
  samples: [[], [2, 3]].map((shape) => ({ shapes: [shape, shape], range: [0.5, 2] as const })),
});
