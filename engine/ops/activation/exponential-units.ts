import { type Expression, call, number, over, symbol, times } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

const x = symbol('x');
/** e^(x/scale) where x is negative. The minimum keeps the branch that is not taken from overflowing. */
const decaying = (scale: number): Expression => {
  const below = call('minimum', x, number(0));
  return call('exp', scale === 1 ? below : over(below, number(scale)));
};
const bySign = (positive: number, negative: Expression): Expression =>
  call('where', call('greater', x, number(0)), number(positive), negative);
const scaled = (factor: number, e: Expression): Expression => (factor === 1 ? e : times(number(factor), e));

/** Clevert et al., "Fast and Accurate Deep Network Learning by Exponential Linear Units" (2016). */
export const elu = defineUnary({
  name: 'elu',
  doc: 'Each element where it is positive, else `alpha`·(e^x − 1).',
  forward: {
    with: ({ alpha }) => {
      const a = Number(alpha);
      return (v) => (v > 0 ? v : a * Math.expm1(v));
    },
  },
  derivative: ({ alpha }) => bySign(1, scaled(Number(alpha), decaying(1))),
  convention: 'at 0 the derivative is taken as alpha, its value from below',
  samples: [
    { shapes: [[]], attributes: { alpha: 1 } },
    { shapes: [[2, 3]], attributes: { alpha: 0.5 } },
  ],
});

/** Barron, "Continuously Differentiable Exponential Linear Units" (2017). */
export const celu = defineUnary({
  name: 'celu',
  doc: 'Each element where it is positive, else `alpha`·(e^(x/`alpha`) − 1).',
  forward: {
    with: ({ alpha }) => {
      const a = Number(alpha);
      return (v) => (v > 0 ? v : a * Math.expm1(v / a));
    },
  },
  derivative: ({ alpha }) => bySign(1, decaying(Number(alpha))),
  samples: [
    { shapes: [[]], attributes: { alpha: 1 } },
    { shapes: [[2, 3]], attributes: { alpha: 0.5 } },
  ],
});

/** The constants make mean 0 and variance 1 a fixed point: Klambauer et al., "Self-Normalizing Neural Networks" (2017). */
const seluAlpha = 1.6732632423543772;
const seluScale = 1.0507009873554805;

export const selu = defineUnary({
  name: 'selu',
  doc: '1.0507 · x of each element where it is positive, else 1.0507 · 1.6733 · (e^x − 1).',
  forward: (v) => seluScale * (v > 0 ? v : seluAlpha * Math.expm1(v)),
  derivative: bySign(seluScale, scaled(seluScale * seluAlpha, decaying(1))),
  convention: 'at 0 the derivative is taken as 1.7581, its value from below',
});
