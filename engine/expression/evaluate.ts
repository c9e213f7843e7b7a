import type { Expression } from './expression.ts';

const truth = (holds: boolean): number => Number(holds);

/** The functions of rules over plain numbers; structural ones, which change shapes only, pass a number through. */
const functions: Readonly<Record<string, (...numbers: number[]) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  pow: (a, b) => a ** b,
  neg: (x) => -x,
  square: (x) => x * x,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sign: Math.sign,
  step: (x) => truth(x > 0),
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  relu: (x) => Math.max(0, x),
  maximum: Math.max,
  minimum: Math.min,
  greater: (a, b) => truth(a > b),
  greaterEqual: (a, b) => truth(a >= b),
  less: (a, b) => truth(a < b),
  lessEqual: (a, b) => truth(a <= b),
  equal: (a, b) => truth(a === b),
  where: (condition, a, b) => (condition !== 0 ? a : b),
  xlogy: (a, b) => (a === 0 ? 0 : a * Math.log(b)),
  detach: (x) => x,
  sumLike: (g) => g,
  expandLike: (g) => g,
  reshapeLike: (g) => g,
  transposeBack: (g) => g,
  mT: (x) => x,
  count: () => 1,
  share: () => 1,
};

/** The number that an expression means, or NaN where it holds a function of more than numbers. */
export function evaluateNumber(
  expression: Expression,
  valueOf: (leaf: Exclude<Expression, { kind: 'number' | 'call' }>) => number,
): number {
  if (expression.kind === 'number') return expression.value;
  if (expression.kind !== 'call') return valueOf(expression);
  const f = functions[expression.fn];
  return f ? f(...expression.args.map((argument) => evaluateNumber(argument, valueOf))) : NaN;
}
