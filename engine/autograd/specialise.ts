import { functions } from '../expression/evaluate.ts';
import { type Expression, call, number } from '../expression/expression.ts';

/**
 * A formula in which some symbols are known numbers: what can be computed is, a choice that is decided is made, and powers that
 * are products are written as products. The same numbers come out.
 */
export function specialise(x: Expression, known: ReadonlyMap<string, number>): Expression {
  if (x.kind === 'symbol') {
    const value = known.get(x.name);
    return value === undefined ? x : number(value);
  }
  if (x.kind !== 'call') return x;
  const args = x.args.map((argument) => specialise(argument, known));
  const f = functions[x.fn];
  if (f && args.length > 0 && args.every(isNumber)) return number(f(...args.map(({ value }) => value)));
  const [first, second, third] = args;
  if (x.fn === 'where' && first && isNumber(first)) return first.value !== 0 ? second! : third!;
  if (x.fn === 'pow' && second && isNumber(second)) {
    if (second.value === 1) return first!;
    if (second.value === 2) return call('square', first!);
  }
  return call(x.fn, ...args);
}

const isNumber = (x: Expression): x is Extract<Expression, { kind: 'number' }> => x.kind === 'number';
