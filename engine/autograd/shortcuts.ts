import type { OpName } from '../ops/index.ts';
import type { Attributes } from '../tensor/runtime.ts';
import type { TensorLike } from './create.ts';
import type { Tensor } from './tensor.ts';

export type Unary = (x: TensorLike) => Tensor;
export type Binary = (a: TensorLike, b: TensorLike) => Tensor;

/**
 * A runtime's own way to functions that are one op without attributes. Each is given the whole function, which it falls back
 * on for everything it has not seen before: what it gives and what it throws must be the same.
 */
export interface Shortcuts {
  unary(op: OpName, whole: Unary): Unary;
  binary(op: OpName, whole: Binary): Binary;
  /** One op on any tensors. `whole` makes what was not met before. */
  apply(op: OpName, inputs: readonly Tensor[], attributes: Attributes, whole: () => Tensor): Tensor;
  /** What a function gives is made by ops, of its arguments alone. */
  pure<Whole extends Pure>(whole: Whole): Whole;
}

/** Its arguments are tensors, plain values and options. */
export type Pure = (...all: never[]) => Tensor;

/** Null where a runtime has none: most. */
export let shortcuts: Shortcuts | null = null;
const arities = new WeakMap<object, 1 | 2>();
let asked = false;

/** To be called before any function of the library is made. @throws Error when it is too late for that */
export function useShortcuts(own: Shortcuts): void {
  if (asked) throw new Error('The functions of the library are made already.');
  shortcuts = own;
}

/** A function that applies one op to one tensor, as the runtime likes it. */
export function unaryFunction(op: OpName, whole: Unary): Unary {
  asked = true;
  const f = shortcuts?.unary(op, whole) ?? whole;
  arities.set(f, 1);
  return f;
}

/** The same for two tensors. */
export function binaryFunction(op: OpName, whole: Binary): Binary {
  asked = true;
  const f = shortcuts?.binary(op, whole) ?? whole;
  arities.set(f, 2);
  return f;
}

/** A function of several ops, as the runtime likes it. */
export function pureFunction<Whole extends Pure>(whole: Whole): Whole {
  asked = true;
  return shortcuts?.pure(whole) ?? whole;
}

/** How many arguments a function takes that was made here. */
export const arityOf = (f: object): 1 | 2 | undefined => arities.get(f);
