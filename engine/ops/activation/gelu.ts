import {
  type Expression,
  call,
  minus,
  negative,
  number,
  over,
  plus,
  squared,
  symbol,
  times,
} from '../../expression/expression.ts';
import { erfc } from '../../expression/error-function.ts';
import { defineUnary } from '../define-elementwise.ts';

const x = symbol('x');

/** Φ(x) + x·φ(x). Φ is written with erfc, which keeps its digits where 1 + erf would lose them. */
const exact: Expression = plus(
  times(number(0.5), call('erfc', times(number(-Math.SQRT1_2), x))),
  times(times(number(1 / Math.sqrt(2 * Math.PI)), x), call('exp', negative(over(squared(x), number(2))))),
);

const [slope, cubic] = [Math.sqrt(2 / Math.PI), 0.044715];
const gate = call('tanh', times(times(number(slope), x), plus(number(1), times(number(cubic), squared(x)))));
const approximated: Expression = plus(
  times(number(0.5), plus(number(1), gate)),
  times(
    times(times(number(0.5 * slope), x), minus(number(1), squared(gate))),
    plus(number(1), times(number(3 * cubic), squared(x))),
  ),
);

/** Hendrycks & Gimpel, "Gaussian Error Linear Units" (2016). */
export const gelu = defineUnary({
  name: 'gelu',
  doc: 'x · Φ(x) of each element, Φ the normal distribution function; `approximate` "tanh" takes ½·(1 + tanh(√(2/π)·(x + 0.044715·x³))) for it.',
  forward: {
    with: ({ approximate }) =>
      approximate === 'tanh'
        ? (v) => 0.5 * v * (1 + Math.tanh(slope * v * (1 + cubic * v * v)))
        : (v) => 0.5 * v * erfc(-v * Math.SQRT1_2),
  },
  derivative: ({ approximate }) => (approximate === 'tanh' ? approximated : exact),
  samples: [
    { shapes: [[]], attributes: { approximate: 'none' } },
    { shapes: [[2, 3]], attributes: { approximate: 'none' } },
    { shapes: [[2, 3]], attributes: { approximate: 'tanh' } },
  ],
});
