import { argumentsOf, pullbackOf } from '../ops/rules.ts';
import { ops } from '../ops/index.ts';
import type { Attributes } from '../tensor/runtime.ts';
import { evaluate } from './evaluate.ts';
import type { Tensor } from './tensor.ts';

/** One application of an op, as its rules see it. */
export interface Application {
  readonly op: string;
  readonly attributes: Attributes;
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
}

/**
 * Vector–Jacobian product: what the upstream gradient of the output contributes to the gradient of one input.
 * Has the input's shape. Null when the op has no gradient for it.
 */
export function pull(
  { op, attributes, inputs, output }: Application,
  inputIndex: number,
  upstream: Tensor,
): Tensor | null {
  const rule = pullbackOf(op, inputIndex, attributes);
  if (rule === null) return null;
  const symbols: Record<string, Tensor> = { y: output, ȳ: upstream };
  if (ops[op]!.variadic) symbols[argumentsOf(op)[0]!] = inputs[inputIndex]!;
  else argumentsOf(op).forEach((name, i) => (symbols[name] = inputs[i]!));
  return evaluate(rule, { symbols, attributes, inputs, inputIndex });
}
