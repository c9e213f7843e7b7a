import type { Expression } from './expression.ts';

/** Whether two expressions are written alike, settings of ops included. */
export function same(a: Expression, b: Expression): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case 'number':
      return b.kind === 'number' && Object.is(a.value, b.value);
    case 'symbol':
      return b.kind === 'symbol' && a.name === b.name;
    case 'call':
      return (
        b.kind === 'call' &&
        a.fn === b.fn &&
        a.args.length === b.args.length &&
        a.args.every((argument, i) => same(argument, b.args[i]!)) &&
        (a.attributes === b.attributes || JSON.stringify(a.attributes) === JSON.stringify(b.attributes))
      );
    default:
      return b.kind === a.kind && b.node === a.node;
  }
}
