import { call, minus, number, power, symbol, times } from '../../expression/expression.ts';
import { power as raise } from '../../expression/special-functions.ts';
import { defineElementwise } from '../define-elementwise.ts';

const [a, b, y] = [symbol('a'), symbol('b'), symbol('y')];
const isZero = call('equal', b, number(0));
const onZero = call('logicalAnd', call('equal', a, number(0)), call('greaterEqual', b, number(0)));

export const pow = defineElementwise({
  name: 'pow',
  doc: 'First tensor raised to the power of the second, element by element.',
  inputs: ['a', 'b'],
  forward: raise,
  derivatives: {
    // Both exceptions would be 0 · ∞ otherwise.
    a: call('where', isZero, number(0), times(b, power(a, minus(b, number(1))))),
    b: call('where', onZero, number(0), times(y, call('log', a))),
  },
  convention: 'at a = 0 the derivative of a⁰ is taken as 0, and so is that by an exponent that is not negative',
  samples: [[], [2, 3]].map((shape) => ({ shapes: [shape, shape], range: [0.5, 2] as const })),
});
