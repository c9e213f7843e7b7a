import { functions } from './evaluate.ts';
import type { Expression } from './expression.ts';

/** A formula as a function of numbers, in the order of the names it was compiled for. */
export type Compiled = (values: ArrayLike<number>) => number;

/**
 * What `evaluateNumber` does, with the walk through the formula done once.
 * @returns null for a formula with a function or a symbol that has no number.
 */
export function compile(expression: Expression, names: readonly string[]): Compiled | null {
  if (expression.kind === 'number') {
    const { value } = expression;
    return () => value;
  }
  if (expression.kind === 'symbol') {
    const place = names.indexOf(expression.name);
    return place < 0 ? null : (values) => values[place]!;
  }
  if (expression.kind !== 'call') return null;
  const f = functions[expression.fn];
  const parts = expression.args.map((argument) => compile(argument, names));
  if (!f || parts.includes(null)) return null;
  const [a, b, c] = parts as Compiled[];
  if (c) return (values) => f(a!(values), b!(values), c(values));
  if (b) return (values) => f(a!(values), b(values));
  return a ? (values) => f(a(values)) : null;
}
