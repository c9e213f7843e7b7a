import { type Expression, call, number, symbol, times } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const clamp = defineUnary({
  name: 'clamp',
  doc: 'Each element, moved to the nearer end where it is outside [`min`, `max`]. An end that is null is open.',
  result: 'promote',
  forward: {
    with: ({ min, max }) => {
      const [low, high] = [min === null ? -Infinity : Number(min), max === null ? Infinity : Number(max)];
      return (x) => Math.min(Math.max(x, low), high);
    },
  },
  derivative: ({ min, max }) => {
    const inside: Expression[] = [];
    if (min !== null) inside.push(call('greaterEqual', symbol('x'), number(Number(min))));
    if (max !== null) inside.push(call('lessEqual', symbol('x'), number(Number(max))));
    return inside.length === 0 ? number(1) : inside.reduce(times);
  },
  convention: 'at the ends the derivative is taken as 1',
  samples: [
    { shapes: [[2, 3]], attributes: { min: -1.02, max: 1.03 } },
    { shapes: [[2, 3]], attributes: { min: null, max: 0.52 } },
    { shapes: [[2, 3]], attributes: { min: -0.51, max: null } },
  ],
});
