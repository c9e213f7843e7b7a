import type { OpName } from '../ops/index.ts';
import type { DType } from '../tensor/dtype.ts';
import type { Attributes } from '../tensor/runtime.ts';
import type { Shape } from '../tensor/shape.ts';

export interface Shaped {
  readonly shape: Shape;
  readonly dtype: DType;
}

/**
 * What rules are evaluated with. Over tensors, what a rule makes is on the tape and can be differentiated again;
 * over blocks of numbers, it costs no more than its arithmetic.
 */
export interface Algebra<Value extends Shaped> {
  apply(op: OpName, inputs: readonly Value[], attributes?: Attributes): Value;
  /** A scalar. */
  number(value: number, dtype: DType): Value;
}

/** What the symbols of a rule stand for while it is evaluated. */
export interface RuleContext<Value extends Shaped> {
  readonly algebra: Algebra<Value>;
  /** The op's argument names, `y` and `ȳ`. */
  readonly symbols: Readonly<Record<string, Value>>;
  readonly attributes: Attributes;
  /** For a variadic op: all inputs, and which one the rule is for. */
  readonly inputs: readonly Value[];
  readonly inputIndex: number;
}

/** A function of rules that needs to know shapes or the op's attributes; made of ops. */
export type Pullback = <Value extends Shaped>(values: readonly Value[], context: RuleContext<Value>) => Value;
