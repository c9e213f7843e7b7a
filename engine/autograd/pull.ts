import { argumentsOf, pullbackOf } from '../ops/rules.ts';
import { ops } from '../ops/index.ts';
import type { Attributes } from '../tensor/runtime.ts';
import type { Algebra, Shaped } from './algebra.ts';
import { evaluate } from './evaluate.ts';

/** One application of an op, as its rules see it. */
export interface Application<Value> {
  readonly op: string;
  readonly attributes: Attributes;
  readonly inputs: readonly Value[];
  readonly output: Value;
}

/**
 * Vector–Jacobian product: what the upstream gradient of the output contributes to the gradient of one input.
 * Has the input's shape. Null when the op has no gradient for it.
 */
export function pull<Value extends Shaped>(
  { op, attributes, inputs, output }: Application<Value>,
  inputIndex: number,
  upstream: Value,
  algebra: Algebra<Value>,
): Value | null {
  const rule = pullbackOf(op, inputIndex, attributes);
  if (rule === null) return null;
  const symbols: Record<string, Value> = { y: output, ȳ: upstream };
  if (ops[op]!.variadic) symbols[argumentsOf(op)[0]!] = inputs[inputIndex]!;
  else argumentsOf(op).forEach((name, i) => (symbols[name] = inputs[i]!));
  return evaluate(rule, { algebra, symbols, attributes, inputs, inputIndex });
}
