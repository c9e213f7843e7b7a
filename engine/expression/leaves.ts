import type { Expression } from './expression.ts';

type Leaf = Exclude<Expression, { kind: 'number' | 'call' }>;

/** The leaves of a formula, from left to right, as often as they occur. */
export const leavesOf = (x: Expression): readonly Leaf[] =>
  x.kind === 'call' ? x.args.flatMap(leavesOf) : x.kind === 'number' ? [] : [x];
