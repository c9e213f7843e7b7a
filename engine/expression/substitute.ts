import type { Expression } from './expression.ts';

/** Replaces symbols, all at once. A symbol that is not in the table stays. */
export function substitute(expression: Expression, table: Readonly<Record<string, Expression>>): Expression {
  switch (expression.kind) {
    case 'symbol':
      return Object.hasOwn(table, expression.name) ? table[expression.name]! : expression;
    case 'call':
      return { ...expression, args: expression.args.map((argument) => substitute(argument, table)) };
    default:
      return expression;
  }
}

/**
 * How many parts an expression has when it is written out.
 * @param limit where counting ends: parts that are shared can make a small expression endless on paper.
 */
export function weight(expression: Expression, limit = Infinity): number {
  if (expression.kind !== 'call') return 1;
  let total = 1;
  for (const argument of expression.args) {
    total += weight(argument, limit - total);
    if (total > limit) return total;
  }
  return total;
}
