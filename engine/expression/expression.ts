import type { NodeId } from '../base/brand.ts';

/**
 * A formula as data: printed for people and evaluated by the tape, so that what is shown is what was computed.
 * A call's `fn` is the key of an op in the register, or one of the structural ones below, which undo what a
 * broadcast or a reduction did to a shape.
 */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  /** In an op's rule: one of its argument names, `y` for its output, or `ȳ` for the upstream gradient. */
  | { readonly kind: 'symbol'; readonly name: string }
  /** Bound to a run: the value of a node of the trace. */
  | { readonly kind: 'node'; readonly node: NodeId }
  /** Bound to a run: the gradient of the loss with respect to a node. */
  | { readonly kind: 'gradient'; readonly node: NodeId }
  | {
      readonly kind: 'call';
      readonly fn: string;
      readonly args: readonly Expression[];
      /** What an op is told besides (dimensions, a slope); absent where it is told nothing, and in rules. */
      readonly attributes?: Readonly<Record<string, Setting>>;
    };

export type Setting = number | boolean | string | null | readonly number[];

/**
 * Functions that a rule may use besides the ops:
 * - `sumLike(g, x)`: sums `g` over the dimensions that broadcasting added to `x`.
 * - `expandLike(g, x)`: repeats `g` over the dimensions of `x` that a reduction removed.
 * - `reshapeLike(g, x)`: gives `g` the shape of `x`.
 * - `mT(x)`: swaps the last two dimensions.
 * - `step(x)`: 1 where x > 0, else 0. `sign(x)`: −1, 0 or 1.
 * - `count(x, y)`: how many elements of `x` went into one element of `y`; a number.
 */
export const number = (value: number): Expression => ({ kind: 'number', value });
export const symbol = (name: string): Expression => ({ kind: 'symbol', name });
export const call = (fn: string, ...args: readonly Expression[]): Expression => ({ kind: 'call', fn, args });

export const plus = (a: Expression, b: Expression): Expression => call('add', a, b);
export const minus = (a: Expression, b: Expression): Expression => call('sub', a, b);
export const times = (a: Expression, b: Expression): Expression => call('mul', a, b);
export const over = (a: Expression, b: Expression): Expression => call('div', a, b);
export const power = (a: Expression, b: Expression): Expression => call('pow', a, b);
export const negative = (a: Expression): Expression => call('neg', a);
export const squared = (a: Expression): Expression => call('square', a);
