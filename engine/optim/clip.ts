import { stack } from '../autograd/functions/index.ts';
import { noGrad } from '../autograd/grad-mode.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { runtime } from '../tensor/current-runtime.ts';
import { ArgumentError, describeValue } from '../tensor/errors.ts';
import type { Optimizer, ParameterState } from './optimizer.ts';
import { parametersOf } from './parameters.ts';

export interface NormOptions {
  /** p of the norm; `Infinity` for the largest magnitude. Default 2. */
  readonly normType?: number;
}

/**
 * Scales the gradients of parameters down, in place, so that their norm, taken as one vector, is at most `maxNorm`: by
 * maxNorm / (norm + 1e-6) where that is below 1 (Pascanu et al., "On the difficulty of training recurrent neural networks",
 * 2013; as PyTorch). Call it between `backward()` and the step. @returns the norm before.
 */
export function clipGradNorm(parameters: Iterable<Tensor>, maxNorm: number, options: NormOptions = {}): number {
  return noGrad(() => {
    requireBound('clipGradNorm', 'maxNorm', maxNorm);
    const gradients = gradientsOf('clipGradNorm', parameters);
    const { norm, clipped } = byNorm(gradients, maxNorm, options);
    replace(gradients, clipped);
    return norm;
  });
}

/** Moves every element of the gradients of parameters into [−clipValue, clipValue], in place. */
export function clipGradValue(parameters: Iterable<Tensor>, clipValue: number): void {
  noGrad(() => {
    requireBound('clipGradValue', 'clipValue', clipValue);
    const gradients = gradientsOf('clipGradValue', parameters);
    replace(gradients, byValue(gradients, clipValue));
  });
}

/** An optimiser whose gradients are clipped first: by their norm taken together (`clipGradNorm`), by element, or by both in this order. */
export function clipped<State extends ParameterState>(
  optimizer: Optimizer<State>,
  { maxNorm, maxValue, ...options }: NormOptions & { readonly maxNorm?: number; readonly maxValue?: number },
): Optimizer<State> {
  return {
    ...optimizer,
    settings: {
      ...optimizer.settings,
      ...(maxNorm === undefined ? {} : { maxNorm }),
      ...(maxValue === undefined ? {} : { maxValue }),
    },
    transform: (gradients) => {
      const short = maxNorm === undefined ? gradients : byNorm(gradients, maxNorm, options).clipped;
      const small = maxValue === undefined ? short : byValue(short, maxValue);
      return optimizer.transform?.(small) ?? small;
    },
  };
}

function requireBound(name: string, option: string, bound: number): void {
  if (!(typeof bound === 'number' && bound >= 0))
    throw new ArgumentError(`${name}: ${option} must be a number of at least 0, not ${describeValue(bound)}.`);
}

function byNorm(
  gradients: readonly Tensor[],
  maxNorm: number,
  { normType = 2 }: NormOptions,
): { norm: number; clipped: readonly Tensor[] } {
  if (gradients.length === 0) return { norm: 0, clipped: gradients };
  const norms = stack(gradients.map((gradient) => normOf(gradient, normType)));
  const norm = normOf(norms, normType).item();
  const factor = Math.min(1, maxNorm / (norm + 1e-6));
  return { norm, clipped: factor === 1 ? gradients : gradients.map((gradient) => gradient.mul(factor)) };
}

function normOf(x: Tensor, p: number): Tensor {
  if (p === Infinity) return x.abs().max();
  return p === 2
    ? x.square().sum().sqrt()
    : x
        .abs()
        .pow(p)
        .sum()
        .pow(1 / p);
}

const byValue = (gradients: readonly Tensor[], limit: number): Tensor[] =>
  gradients.map((gradient) => gradient.clamp(-limit, limit));

const gradientsOf = (name: string, parameters: Iterable<Tensor>): Tensor[] =>
  parametersOf(name, 'first', parameters).flatMap(({ grad }) => grad ?? []);

/** A gradient is a leaf of the runtime: what `grad` gives after this is the new content. */
function replace(gradients: readonly Tensor[], by: readonly Tensor[]): void {
  gradients.forEach((gradient, i) => {
    if (by[i] !== gradient) runtime().assign(gradient.handle, by[i]!.handle);
  });
}
