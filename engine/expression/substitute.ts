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

/** How many parts an expression has. */
export const weight = (expression: Expression): number =>
  expression.kind === 'call' ? expression.args.reduce((total, argument) => total + weight(argument), 1) : 1;
