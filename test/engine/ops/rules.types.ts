/** Compiled, never run: a rule that is left out must not compile. */
import { number } from '../../../engine/expression/expression.ts';
import { notDifferentiable } from '../../../engine/ops/define.ts';
import { defineElementwise } from '../../../engine/ops/define-elementwise.ts';

export const complete = defineElementwise({
  name: 'both',
  doc: 'Both arguments have a rule.',
  inputs: ['a', 'b'],
  forward: (a, b) => a + b,
  derivatives: { a: number(1), b: notDifferentiable },
});

export const forgotten = defineElementwise({
  name: 'one',
  doc: 'One argument has no rule.',
  inputs: ['a', 'b'],
  forward: (a, b) => a + b,
  // @ts-expect-error b has no rule
  derivatives: { a: number(1) },
});
