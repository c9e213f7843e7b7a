import { call, number, plus, symbol } from '../../expression/expression.ts';
import { digamma as psi, lgamma as logGamma, polygamma as psiOfOrder } from '../../expression/gamma-function.ts';
import { notDifferentiable } from '../define.ts';
import { defineElementwise, defineUnary } from '../define-elementwise.ts';

const [n, x] = [symbol('n'), symbol('x')];
const range = [0.5, 4] as const;

export const lgamma = defineUnary({
  name: 'lgamma',
  doc: 'ln |Γ(x)| of each element.',
  forward: logGamma,
  derivative: call('digamma', x),
  samples: [
    { shapes: [[]], range },
    { shapes: [[2, 3]], range },
  ],
});

export const digamma = defineUnary({
  name: 'digamma',
  doc: 'The derivative of ln Γ at each element.',
  forward: psi,
  derivative: call('polygamma', number(1), x),
  samples: [
    { shapes: [[]], range },
    { shapes: [[2, 3]], range },
  ],
});

export const polygamma = defineElementwise({
  name: 'polygamma',
  doc: 'The derivative of order n, a whole number, of digamma at each element.',
  inputs: ['n', 'x'],
  choosers: ['n'],
  forward: psiOfOrder,
  derivatives: { n: notDifferentiable, x: call('polygamma', plus(n, number(1)), x) },
  samples: [
    { shapes: [[], []], range, contents: [[1], null] },
    { shapes: [[], [2, 3]], range, contents: [[2], null] },
  ],
});
