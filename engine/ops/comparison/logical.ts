import { notDifferentiable } from '../define.ts';
import { defineElementwise, defineUnary } from '../define-elementwise.ts';

const connective = (name: string, words: string, holds: (a: boolean, b: boolean) => boolean) =>
  defineElementwise({
    name,
    doc: `1 where ${words}, else 0. Whatever is not 0 counts as true.`,
    inputs: ['a', 'b'],
    result: 'bool',
    forward: (a, b) => Number(holds(a !== 0, b !== 0)),
    derivatives: { a: notDifferentiable, b: notDifferentiable },
  });

export const logicalAnd = connective('logicalAnd', 'both are true', (a, b) => a && b);
export const logicalOr = connective('logicalOr', 'at least one is true', (a, b) => a || b);
export const logicalXor = connective('logicalXor', 'exactly one is true', (a, b) => a !== b);

const test = (name: string, words: string, holds: (x: number) => boolean) =>
  defineUnary({
    name,
    doc: `1 where an element is ${words}, else 0.`,
    result: 'bool',
    forward: (x) => Number(holds(x)),
    derivative: notDifferentiable,
  });

export const logicalNot = test('logicalNot', '0', (x) => x === 0);
export const isNaN = test('isNaN', 'not a number', Number.isNaN);
export const isFinite = test('isFinite', 'finite', Number.isFinite);
export const isInf = test('isInf', '∞ or −∞', (x) => Math.abs(x) === Infinity);
