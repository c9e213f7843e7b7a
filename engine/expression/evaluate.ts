import { erf, erfc } from './error-function.ts';
import type { Expression } from './expression.ts';
import { digamma, lgamma, polygamma } from './gamma-function.ts';
import { logaddexp, power, round, sigmoid, softplus, xlogy } from './special-functions.ts';

const truth = (holds: boolean): number => Number(holds);
const product = (a: number, b: number): number => a * b;

/**
 * Functions of rules that move elements, repeat them or pick them: where there is one, it is their first argument. Not among them
 * are those that may put another number in its place, as padding and triangles do.
 */
const idle: ReadonlySet<string> = new Set([
  'sumLike',
  'expandLike',
  'reshapeLike',
  'transposeBack',
  'mT',
  'permuteBack',
  'flip',
  'rollBack',
  'embedLike',
  'sliceBack',
  'partOf',
  'cumsumBack',
  'diagonalBack',
  'embedDiagonalBack',
  'timesIdentity',
  'perMatrix',
  'gather',
  'scatterSum',
  'indexSelect',
  'indexSum',
  'maxPool2dBack',
  'maxPool2dPick',
]);

/** The functions of rules over plain numbers; structural ones, which change shapes only, pass a number through. */
export const functions: Readonly<Record<string, (...numbers: number[]) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  pow: power,
  neg: (x) => -x,
  square: (x) => x * x,
  sqrt: Math.sqrt,
  rsqrt: (x) => 1 / Math.sqrt(x),
  reciprocal: (x) => 1 / x,
  abs: Math.abs,
  sign: Math.sign,
  step: (x) => truth(!(x <= 0)),
  floor: Math.floor,
  ceil: Math.ceil,
  round,
  hypot: (a, b) => Math.hypot(a, b),
  remainder: (a, b) => a - b * Math.floor(a / b),
  lerp: (a, b, w) => a + w * (b - a),
  maximum: (a, b) => Math.max(a, b),
  minimum: (a, b) => Math.min(a, b),
  exp: Math.exp,
  exp2: (x) => 2 ** x,
  expm1: Math.expm1,
  log: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  log1p: Math.log1p,
  logaddexp,
  xlogy,
  erf,
  erfc,
  lgamma,
  digamma,
  polygamma,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  atan2: Math.atan2,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
  sigmoid,
  logSigmoid: (x) => -softplus(-x),
  // As the op without attributes.
  softplus: (x) => (x > 20 ? x : softplus(x)),
  relu: (x) => Math.max(0, x),
  relu6: (x) => Math.min(Math.max(0, x), 6),
  silu: (x) => x * sigmoid(x),
  mish: (x) => x * Math.tanh(softplus(x)),
  softsign: (x) => x / (1 + Math.abs(x)),
  greater: (a, b) => truth(a > b),
  greaterEqual: (a, b) => truth(a >= b),
  less: (a, b) => truth(a < b),
  lessEqual: (a, b) => truth(a <= b),
  equal: (a, b) => truth(a === b),
  notEqual: (a, b) => truth(a !== b),
  logicalAnd: (a, b) => truth(a !== 0 && b !== 0),
  logicalOr: (a, b) => truth(a !== 0 || b !== 0),
  logicalXor: (a, b) => truth((a !== 0) !== (b !== 0)),
  logicalNot: (x) => truth(x === 0),
  isNaN: (x) => truth(Number.isNaN(x)),
  isFinite: (x) => truth(Number.isFinite(x)),
  isInf: (x) => truth(Math.abs(x) === Infinity),
  where: (condition, a, b) => (condition !== 0 ? a : b),
  detach: (x) => x,
  quotientOrZero: (a, b) => (b === 0 ? 0 : a / b),
  nonzero: (x) => (x === 0 ? 1 : x),
  // Of one element:
  ...Object.fromEntries(['matmul', 'conv2d', 'conv2dInput', 'conv2dWeight'].map((name) => [name, product])),
  ...Object.fromEntries(['count', 'share', 'productOfOthers', 'cofactor'].map((name) => [name, () => 1])),
  ...Object.fromEntries([...idle].map((name) => [name, (x: number) => x])),
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

/**
 * What a vector–Jacobian product says where every tensor has one element: products for matrix products, and no shapes.
 * @returns null where it holds a function of more than numbers.
 */
export function ofOneElement(x: Expression): Expression | null {
  if (x.kind !== 'call') return x;
  if (!functions[x.fn]) return null;
  const args = x.args.map(ofOneElement);
  if (args.includes(null)) return null;
  const [first] = args as Expression[];
  if (idle.has(x.fn)) return first!;
  if (functions[x.fn]!.length === 0) return { kind: 'number', value: 1 };
  return { ...x, fn: functions[x.fn] === product ? 'mul' : x.fn, args: args as Expression[] };
}
