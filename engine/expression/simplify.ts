import { evaluateNumber } from './evaluate.ts';
import { type Expression, call, minus, negative, number, plus, squared } from './expression.ts';
import { product } from './product.ts';
import { same } from './same.ts';

/**
 * A shorter expression of the same value, wherever every part of it is finite (0·x becomes 0). Numbers on screen always
 * come from the run itself, so that an ∞ or NaN is never hidden by it.
 * @param tensors whether leaves may be tensors of different shapes: then nothing is left out that gives the result its shape.
 */
export function simplify(expression: Expression, tensors = false): Expression {
  if (expression.kind !== 'call') return expression;
  const args = expression.args.map((argument) => simplify(argument, tensors));
  const [a, b] = args;
  switch (expression.fn) {
    case 'add':
      return sum(a!, b!, tensors);
    case 'sub':
      return isNegative(b!) ? sum(a!, negated(b!), tensors) : difference(a!, b!);
    case 'pow':
      if (isNumber(b!, 1)) return a!;
      if (isNumber(b!, 0) && !tensors) return number(1);
      if (isNumber(b!, 2)) return simplify(squared(a!), tensors);
      return bothNumbers(a!, b!, (p, q) => p ** q) ?? { ...expression, args };
    case 'square':
      if (a!.kind === 'number') return number(a!.value ** 2);
      return isNegative(a!) ? squared(negated(a!)) : squared(a!);
    case 'where':
      return choice(a!, b!, args[2]!, tensors);
    case 'logicalAnd':
      if ((isNumber(a!, 0) || isNumber(b!, 0)) && !tensors) return number(0);
      if (isNumber(a!, 1) && isComparison(b!)) return b!;
      if (isNumber(b!, 1) && isComparison(a!)) return a!;
      return { ...expression, args };
    default:
      if (isComparison(expression) && a!.kind === 'number' && b!.kind === 'number')
        return number(evaluateNumber({ ...expression, args }, () => NaN));
      return product({ ...expression, args }, tensors);
  }
}

const comparisons: ReadonlySet<string> = new Set(['greater', 'greaterEqual', 'less', 'lessEqual', 'equal', 'notEqual']);
const isComparison = (x: Expression): boolean => x.kind === 'call' && comparisons.has(x.fn);

/** A choice that is made already is its branch. Where x > c does not hold, min(x, c) is x. */
function choice(condition: Expression, a: Expression, b: Expression, tensors: boolean): Expression {
  if (condition.kind === 'number') {
    const [taken, left] = condition.value !== 0 ? [a, b] : [b, a];
    // What is not taken may be what has the larger shape.
    return tensors && left.kind !== 'number' ? call('where', condition, a, b) : taken;
  }
  if (condition.kind !== 'call' || condition.fn !== 'greater') return call('where', condition, a, b);
  const [x, bound] = condition.args;
  return call('where', condition, a, simplify(replaced(b, call('minimum', x!, bound!), x!), tensors));
}

const replaced = (x: Expression, what: Expression, by: Expression): Expression => {
  if (x.kind !== 'call') return x;
  return same(x, what) ? by : { ...x, args: x.args.map((argument) => replaced(argument, what, by)) };
};

const isNumber = (x: Expression, value: number): boolean => x.kind === 'number' && x.value === value;
const isNegative = (x: Expression): boolean =>
  (x.kind === 'call' && x.fn === 'neg') || (x.kind === 'number' && x.value < 0);
const negated = (x: Expression): Expression =>
  x.kind === 'number' ? number(-x.value) : x.kind === 'call' && x.fn === 'neg' ? x.args[0]! : negative(x);

const bothNumbers = (a: Expression, b: Expression, f: (a: number, b: number) => number): Expression | null =>
  a.kind === 'number' && b.kind === 'number' ? number(f(a.value, b.value)) : null;

function sum(a: Expression, b: Expression, tensors: boolean): Expression {
  if (isNumber(a, 0)) return b;
  if (isNumber(b, 0)) return a;
  const folded = bothNumbers(a, b, (p, q) => p + q);
  if (folded) return folded;
  if (same(a, b)) return product(call('mul', number(2), a), tensors);
  return isNegative(b) ? minus(a, negated(b)) : isNegative(a) ? minus(b, negated(a)) : plus(a, b);
}

function difference(a: Expression, b: Expression): Expression {
  if (isNumber(b, 0)) return a;
  if (isNumber(a, 0)) return negated(b);
  return bothNumbers(a, b, (p, q) => p - q) ?? minus(a, b);
}
