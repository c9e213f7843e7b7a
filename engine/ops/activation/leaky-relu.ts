import { call, number, symbol } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const leakyRelu = defineUnary({
  name: 'leakyRelu',
  doc: 'Each element where it is positive, else `negativeSlope` times it.',
  forward: {
    with:
      ({ negativeSlope }) =>
      (x) =>
        x > 0 ? x : Number(negativeSlope) * x,
  },
  derivative: ({ negativeSlope }) =>
    call('where', call('greater', symbol('x'), number(0)), number(1), number(Number(negativeSlope))),
  convention: 'at 0 the derivative is taken as the negative slope',
  samples: [
    { shapes: [[]], attributes: { negativeSlope: 0.01 } },
    { shapes: [[2, 3]], attributes: { negativeSlope: 0.2 } },
  ],
});
