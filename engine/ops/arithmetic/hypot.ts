import { over, symbol } from '../../expression/expression.ts';
import { defineElementwise } from '../define-elementwise.ts';

export const hypot = defineElementwise({
  name: 'hypot',
  doc: '√(a² + b²), element by element, whose squares cannot overflow.',
  inputs: ['a', 'b'],
  forward: Math.hypot,
  derivatives: { a: over(symbol('a'), symbol('y')), b: over(symbol('b'), symbol('y')) },
});
