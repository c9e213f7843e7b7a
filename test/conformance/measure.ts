import { Tensor, cat, param, randn, tensor } from '../../engine/library.ts';
import { runtime } from '../../engine/tensor/current-runtime.ts';
import type { Shape } from '../../engine/tensor/shape.ts';

export type TensorFunction = (...xs: readonly Tensor[]) => Tensor;

export interface Argument {
  readonly shape: Shape;
  readonly content: Float64Array;
}

/** `none`: no gradient passes. `zero`: it is zero everywhere. Otherwise that it is right, or in words how it is wrong. */
export type Verdict = 'none' | 'zero' | 'right' | { readonly wrong: string };

const step = 1e-4;
const tolerance = 1e-6;

export const leaves = (given: readonly Argument[]): Tensor[] =>
  given.map(({ shape, content }) => param(content, { dtype: 'float64' }).reshape(shape));

/** Normal numbers that keep away from 0, or numbers of a range. */
export function drawn(shape: Shape, seed: number, range: readonly [number, number] | undefined): Argument {
  const normal = randn(shape, { seed: 12 + seed, dtype: 'float64' });
  const numbers =
    range === undefined
      ? normal.add(normal.sign().mul(0.05))
      : normal
          .sigmoid()
          .mul(range[1] - range[0])
          .add(range[0]);
  return { shape, content: Float64Array.from(numbers.data) };
}

/** One number of a tensor. Every element has a gradient of its own, so that none makes up for another. */
const reduced = (y: Tensor): Tensor => {
  const weights = Float64Array.from({ length: y.size }, (_, i) => 1 + 0.4 * Math.cos(1.7 * i));
  return y
    .mul(tensor(weights, { dtype: 'float64' }).reshape(y.shape))
    .sin()
    .sum();
};

/** Compares the gradients of a function with central differences of the fourth order. */
export function checkGradient(f: TensorFunction, given: readonly Argument[]): Verdict {
  const xs = leaves(given);
  const y = f(...xs);
  if (!y.requiresGrad) return 'none';
  const gradients = differentiated(y, xs, false);
  if (gradients.every((gradient) => gradient === null)) return 'none';
  let zero = true;
  for (const [k, { content }] of given.entries()) {
    const gradient = gradients[k]?.data;
    for (const [i, x] of content.entries()) {
      const at = (moved: number): number => {
        content[i] = moved;
        return reduced(f(...leaves(given))).item();
      };
      const [near, far] = [at(x + step) - at(x - step), at(x + 2 * step) - at(x - 2 * step)];
      const numeric = (8 * near - far) / (12 * step);
      content[i] = x;
      const analytic = gradient?.[i] ?? 0;
      if (analytic !== 0) zero = false;
      if (!(Math.abs(analytic - numeric) <= tolerance * Math.max(1, Math.abs(numeric))))
        return { wrong: `argument ${k}, element ${i}: ${analytic}, central differences say ${numeric}` };
    }
  }
  return zero ? 'zero' : 'right';
}

/** Compares the gradients of the gradients with central differences of the gradients. */
export const checkSecond = (f: TensorFunction, given: readonly Argument[]): Verdict =>
  checkGradient((...xs) => {
    const gradients = differentiated(f(...xs), xs, true);
    return cat(gradients.flatMap((gradient) => (gradient === null ? [] : [gradient.reshape([-1])])));
  }, given);

function differentiated(y: Tensor, xs: readonly Tensor[], createGraph: boolean): (Tensor | null)[] {
  const handles = xs.map(({ handle }) => handle);
  return runtime()
    .differentiate(reduced(y).handle, null, handles, createGraph)
    .map((gradient, i) => {
      if (gradient === null) return null;
      const { shape, dtype } = xs[i]!;
      return new Tensor(gradient.handle, { shape, dtype, requiresGrad: gradient.requiresGrad });
    });
}
