import { call, number, over, plus, symbol, times } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

const x = symbol('x');
const between = (min: number, max: number) => times(call('greater', x, number(min)), call('less', x, number(max)));

/** Activations made of straight pieces, which cost no exponential. */

export const hardtanh = defineUnary({
  name: 'hardtanh',
  doc: 'Each element, moved to the nearer end where it is outside [`min`, `max`].',
  result: 'promote',
  forward: {
    with: ({ min, max }) => {
      const [low, high] = [Number(min), Number(max)];
      return (v) => Math.min(Math.max(v, low), high);
    },
  },
  derivative: ({ min, max }) => between(Number(min), Number(max)),
  convention: 'at the ends the derivative is taken as 0 (that of clamp is 1 there)',
  samples: [
    { shapes: [[]], attributes: { min: -1, max: 1 } },
    { shapes: [[2, 3]], attributes: { min: -0.52, max: 1.03 } },
  ],
});

export const hardsigmoid = defineUnary({
  name: 'hardsigmoid',
  doc: 'x / 6 + 1/2 of each element, cut off at 0 and 1.',
  forward: (v) => Math.min(Math.max(v + 3, 0), 6) / 6,
  derivative: over(between(-3, 3), number(6)),
  convention: 'at −3 and 3 the derivative is taken as 0',
  samples: [{ shapes: [[]] }, { shapes: [[2, 3]], range: [-5, 5] }],
});

/** Howard et al., "Searching for MobileNetV3" (2019). */
export const hardswish = defineUnary({
  name: 'hardswish',
  doc: 'x · hardsigmoid(x) of each element.',
  forward: (v) => (v * Math.min(Math.max(v + 3, 0), 6)) / 6,
  derivative: call(
    'where',
    call('less', x, number(-3)),
    number(0),
    call('where', call('greater', x, number(3)), number(1), plus(over(x, number(3)), number(0.5))),
  ),
  convention: 'at −3 and 3 the derivative is that of the middle piece, x / 3 + 1/2',
  samples: [{ shapes: [[]] }, { shapes: [[2, 3]], range: [-5, 5] }],
});
