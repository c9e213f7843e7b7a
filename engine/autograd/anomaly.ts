import { runtime } from '../tensor/current-runtime.ts';
import type { TypedArray } from '../tensor/dtype.ts';
import { AnomalyError } from '../tensor/errors.ts';
import type { Attributes } from '../tensor/runtime.ts';
import { showShape } from '../tensor/shape.ts';
import type { Block } from './block.ts';

/**
 * Runs a function with a watch for NaN and ±∞: the first op, forward or backward, that makes one of finite numbers ends it.
 * Costs a look at every number. Nests; restored when the function throws.
 * @throws AnomalyError naming the op, the element, and the shapes of its inputs.
 */
export function detectAnomaly<Result>(body: () => Result): Result {
  const before = runtime().detectAnomalies(true);
  try {
    return body();
  } finally {
    runtime().detectAnomalies(before);
  }
}

/** @throws AnomalyError when an op made a number that is not finite of numbers and attributes that are. */
export function checkForward(op: string, inputs: readonly Block[], attributes: Attributes, output: Block): void {
  const at = firstNotFinite(output.data);
  if (at < 0 || inputs.some(({ data }) => firstNotFinite(data) >= 0)) return;
  // An infinity that was asked for, as a mask of −∞, is none of the op's.
  if (Object.values(attributes).some((value) => typeof value === 'number' && !Number.isFinite(value))) return;
  const operands = inputs.map(({ data }) => data[data.length === output.data.length ? at : 0]!);
  const made = inputs.every(({ data }) => data.length === output.data.length || data.length === 1);
  throw new AnomalyError(
    `${op}: made ${show(output.data[at]!)} of finite numbers, at element ${at} of shape ${showShape(output.shape)}` +
      `${made ? `: ${op}(${operands.map(show).join(', ')})` : ''}. Inputs: ${shapes(inputs)}.`,
  );
}

/** @throws AnomalyError when a vector–Jacobian product made a number that is not finite of an upstream gradient that is. */
export function checkBackward(op: string, inputs: readonly Block[], input: number, upstream: Block, made: Block): void {
  const at = firstNotFinite(made.data);
  if (at < 0 || firstNotFinite(upstream.data) >= 0) return;
  throw new AnomalyError(
    `backward of ${op}: the gradient for input ${input} is ${show(made.data[at]!)} at element ${at} of shape ` +
      `${showShape(made.shape)}, where the input is ${show(inputs[input]!.data[at]!)}, though the upstream gradient is finite. ` +
      `Inputs: ${shapes(inputs)}.`,
  );
}

function firstNotFinite(data: TypedArray): number {
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i]!)) return i;
  return -1;
}

const shapes = (inputs: readonly Block[]): string => inputs.map(({ shape }) => showShape(shape)).join(', ');
const show = (x: number): string => (x === Infinity ? '∞' : x === -Infinity ? '−∞' : String(x).replace('-', '−'));
