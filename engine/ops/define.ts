import type { Expression } from '../expression/expression.ts';
import type { DType, TypedArray } from '../tensor/dtype.ts';
import type { Operand } from '../tensor/kernels/broadcast.ts';
import type { Attributes } from '../tensor/runtime.ts';
import type { Shape } from '../tensor/shape.ts';

/** Said of an argument that has no gradient. It must be said: a rule that is left out does not compile. */
export const notDifferentiable = 'not differentiable';
export type NotDifferentiable = typeof notDifferentiable;

type ByAttributes<T> = T | ((attributes: Attributes, inputIndex: number) => T);

/**
 * How the gradient of one argument is found.
 * `derivative`: the local derivative of an elementwise op; its vector–Jacobian product is `ȳ ⊙ derivative`.
 * `pullback`: the whole vector–Jacobian product in `ȳ`, for ops whose Jacobian is no diagonal.
 */
export type Rule =
  | { readonly derivative: ByAttributes<Expression> }
  | { readonly pullback: ByAttributes<Expression> }
  | NotDifferentiable;

/** Shapes (and attributes) to check an op with. Contents are drawn by the tests within `range`. */
export interface Sample {
  readonly shapes: readonly Shape[];
  readonly attributes?: Attributes;
  /** Where the op is smooth: contents are drawn from here. Default [−2, 2], at least 0.05 away from 0. */
  readonly range?: readonly [number, number];
  /** What inputs hold that cannot be drawn (indices): row-major, int32. Null for an input that is drawn. */
  readonly contents?: readonly (readonly number[] | null)[];
}

/**
 * `promote`: as the inputs; `count`: the same, but bool gives int32; `float`: at least float32; `bool`: for comparisons;
 * `int32`: for places.
 */
export type ResultType = 'promote' | 'count' | 'float' | 'bool' | 'int32';

export interface OpDefinition {
  readonly name: string;
  readonly doc: string;
  /** Argument names, as they appear in rules. A variadic op has one name for all. */
  readonly inputs: readonly string[];
  readonly variadic: boolean;
  readonly elementwise: boolean;
  readonly result: ResultType;
  /** Inputs that only choose (a condition, an index): their dtype is no part of the result's. */
  readonly choosers: readonly string[];
  /** @throws ShapeError naming the op and the shapes as they came. */
  readonly shape: (shapes: readonly Shape[], attributes: Attributes) => Shape;
  readonly forward: (operands: readonly Operand[], attributes: Attributes, shape: Shape, dtype: DType) => TypedArray;
  /** The same of single numbers, for an elementwise op that needs no attributes; null for others. */
  readonly ofNumbers: ((...numbers: number[]) => number) | null;
  readonly rules: readonly Rule[];
  /** Which subgradient is taken where the op has none, in words; null for smooth ops. */
  readonly convention: string | null;
  readonly samples: readonly Sample[];
}

interface Words {
  readonly name: string;
  readonly doc: string;
  readonly result?: ResultType;
  readonly convention?: string;
  readonly samples?: readonly Sample[];
}

export interface Definition<Argument extends string> extends Words {
  readonly inputs: readonly Argument[];
  readonly variadic?: boolean;
  readonly choosers?: readonly Argument[];
  readonly shape: OpDefinition['shape'];
  readonly forward: OpDefinition['forward'];
  /** Total over the arguments, so that a forgotten rule does not compile. */
  readonly vjp: Readonly<Record<Argument, ByAttributes<Expression> | NotDifferentiable>>;
  readonly samples: readonly Sample[];
}

export function defineOp<const Argument extends string>(definition: Definition<Argument>): OpDefinition {
  const { vjp, ...rest } = definition;
  const rules = definition.inputs.map((argument): Rule => {
    const pullback = vjp[argument];
    return pullback === notDifferentiable ? notDifferentiable : { pullback };
  });
  return {
    variadic: false,
    choosers: [],
    result: 'promote',
    convention: null,
    ...rest,
    elementwise: false,
    ofNumbers: null,
    rules,
  };
}

export type { ByAttributes, Words };
