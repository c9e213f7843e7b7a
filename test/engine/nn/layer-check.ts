import assert from 'node:assert/strict';
import { type Tensor, type nn, noGrad, param, randn } from '../../../engine/library.ts';

const eps = 1e-6;

/**
 * Compares the gradients of a layer's parameters and of its inputs with central differences in float64. The layer must have been
 * made in float64.
 */
export function checkGradients(
  layer: nn.Module,
  shapes: readonly (readonly number[])[],
  run: (...inputs: Tensor[]) => Tensor,
): void {
  const inputs = shapes.map((shape, i) => param(randn(shape, { seed: 50 + i, dtype: 'float64' })));
  // sin makes the upstream gradient differ from element to element.
  const loss = (): Tensor =>
    run(...inputs)
      .sin()
      .sum();
  const leaves: [string, Tensor][] = [
    ...layer.namedParameters(),
    ...inputs.map((x, i): [string, Tensor] => [`input ${i}`, x]),
  ];
  layer.zeroGrad();
  loss().backward();
  for (const [name, leaf] of leaves) {
    assert.ok(leaf.grad, `${name} has no gradient`);
    const { data } = leaf;
    leaf.grad.data.forEach((analytic, i) => {
      const at = (x: number): number => {
        const before = data[i]!;
        data[i] = x;
        const value = noGrad(() => loss().item());
        data[i] = before;
        return value;
      };
      const numeric = (at(data[i]! + eps) - at(data[i]! - eps)) / (2 * eps);
      assert.ok(
        Math.abs(analytic - numeric) < 1e-6 * Math.max(1, Math.abs(numeric)),
        `${name}[${i}]: ${analytic} against ${numeric}`,
      );
    });
  }
}

/** Whether all elements agree to so many digits. */
export function close(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-12): void {
  assert.equal(actual.length, expected.length);
  Array.from(actual).forEach((x, i) =>
    assert.ok(Math.abs(x - expected[i]!) <= tolerance, `element ${i}: ${x} against ${expected[i]!}`),
  );
}
