import { notDifferentiable } from '../define.ts';
import { defineElementwise } from '../define-elementwise.ts';

const comparison = (name: string, words: string, holds: (a: number, b: number) => boolean) =>
  defineElementwise({
    name,
    doc: `1 where the first is ${words} the second, else 0.`,
    inputs: ['a', 'b'],
    result: 'bool',
    forward: (a, b) => Number(holds(a, b)),
    derivatives: { a: notDifferentiable, b: notDifferentiable },
  });

export const greater = comparison('greater', 'greater than', (a, b) => a > b);
export const greaterEqual = comparison('greaterEqual', 'greater than or equal to', (a, b) => a >= b);
export const less = comparison('less', 'less than', (a, b) => a < b);
export const lessEqual = comparison('lessEqual', 'less than or equal to', (a, b) => a <= b);
export const equal = comparison('equal', 'equal to', (a, b) => a === b);
export const notEqual = comparison('notEqual', 'not equal to', (a, b) => a !== b);
