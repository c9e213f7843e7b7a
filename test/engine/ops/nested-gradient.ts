import assert from 'node:assert/strict';
import { Tensor, param, tensor } from '../../../engine/library.ts';
import { runtime } from '../../../engine/tensor/current-runtime.ts';

const f64 = { dtype: 'float64' } as const;

/** Numbers that differ from element to element, so that nothing cancels by symmetry. */
const weights = (like: Tensor, seed: number): Tensor =>
  tensor(
    Array.from({ length: like.size }, (_, i) => Math.cos(1.7 * i + seed)),
    f64,
  ).reshape(like.shape);

function gradients(of: Tensor, wrt: readonly Tensor[]): (Tensor | null)[] {
  const found = runtime().differentiate(
    of.handle,
    null,
    wrt.map(({ handle }) => handle),
    true,
  );
  return found.map((one, i) => {
    const { shape, dtype } = wrt[i]!;
    return one && new Tensor(one.handle, { shape, dtype, requiresGrad: one.requiresGrad });
  });
}

/** A number made of the first gradients of f: Σ v ⊙ ∂(Σ w ⊙ f) / ∂x. */
function probe(f: (...xs: Tensor[]) => Tensor, leaves: readonly Tensor[]): Tensor {
  const y = f(...leaves);
  const first = gradients(y.mul(weights(y, 0.3)).sum(), leaves);
  return first.reduce((sum: Tensor, g, i) => (g ? sum.add(g.mul(weights(g, i + 1)).sum()) : sum), tensor(0, f64));
}

/**
 * Compares second derivatives, which come from differentiating the rules, with central differences of first ones.
 * @returns the largest |analytic − numeric| / max(1, |numeric|).
 */
export function secondDerivativeError(f: (...xs: Tensor[]) => Tensor, inputs: readonly Tensor[], eps = 1e-6): number {
  const leaves = inputs.map((x) => param(x, f64));
  const start = probe(f, leaves);
  const second = start.requiresGrad ? gradients(start, leaves) : leaves.map(() => null);
  let worst = 0;
  leaves.forEach((leaf, k) => {
    const analytic = second[k]?.data ?? new Float64Array(leaf.size);
    for (let i = 0; i < leaf.size; i++) {
      const at = (moved: number): number => {
        const x = leaf.data[i]!;
        leaf.data[i] = x + moved;
        const value = probe(f, leaves).item();
        leaf.data[i] = x;
        return value;
      };
      const numeric = (at(eps) - at(-eps)) / (2 * eps);
      assert.ok(Number.isFinite(analytic[i]!), `input ${k}, element ${i}: ${analytic[i]!} against ${numeric}`);
      worst = Math.max(worst, Math.abs(analytic[i]! - numeric) / Math.max(1, Math.abs(numeric)));
    }
  });
  return worst;
}
