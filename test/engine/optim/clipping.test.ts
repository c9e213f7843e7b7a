import assert from 'node:assert/strict';
import { type Tensor, model, optim, param, tensor } from '../../../engine/library.ts';

const f64 = { dtype: 'float64' } as const;
const close = (actual: readonly number[], expected: readonly number[]): void => {
  assert.equal(actual.length, expected.length);
  actual.forEach((x, i) => assert.ok(Math.abs(x - expected[i]!) < 1e-12, `${x} against ${expected[i]!}`));
};

/** Two parameters with the gradients [3, 0] and [[-4], [12]]: together of the norm 13. */
function pair(): [Tensor, Tensor] {
  const [a, b] = [param([1, 1], f64), param([[1], [1]], f64)];
  a.mul(tensor([3, 0], f64))
    .sum()
    .add(b.mul(tensor([[-4], [12]], f64)).sum())
    .backward();
  return [a, b];
}
const gradients = (parameters: readonly Tensor[]): number[] => parameters.flatMap(({ grad }) => Array.from(grad!.data));

describe('clipGradNorm', () => {
  it('scales all gradients by one factor, and tells the norm before', () => {
    const parameters = pair();
    close([optim.clipGradNorm(parameters, 6.5)], [13]);
    // PyTorch's 1e-6 in the denominator.
    const factor = 6.5 / (13 + 1e-6);
    close(gradients(parameters), [3 * factor, 0, -4 * factor, 12 * factor]);
  });

  it('leaves short gradients as they are', () => {
    const parameters = pair();
    optim.clipGradNorm(parameters, 20);
    assert.deepEqual(gradients(parameters), [3, 0, -4, 12]);
  });

  it('knows other norms', () => {
    assert.equal(optim.clipGradNorm(pair(), 1, { normType: 1 }), 19);
    const parameters = pair();
    assert.equal(optim.clipGradNorm(parameters, 6, { normType: Infinity }), 12);
    const factor = 6 / (12 + 1e-6);
    close(gradients(parameters), [3 * factor, 0, -4 * factor, 12 * factor]);
    // ∛(27 + 64 + 1728)
    close([optim.clipGradNorm(pair(), 1, { normType: 3 })], [Math.cbrt(1819)]);
  });

  it('passes over parameters without a gradient', () => {
    const parameters = [param(1), ...pair(), param([2])];
    close([optim.clipGradNorm(parameters, 100)], [13]);
    assert.equal(parameters[0]!.grad, null);
    assert.equal(optim.clipGradNorm([param(1)], 1), 0);
  });
});

describe('clipGradValue', () => {
  it('clips each element', () => {
    const parameters = pair();
    optim.clipGradValue(parameters, 3.5);
    assert.deepEqual(gradients(parameters), [3, 0, -3.5, 3.5]);
  });
});

describe('clipped', () => {
  const weights = (optimizer: optim.Optimizer): number[] => {
    const [a, b] = [param([1, 1], f64), param([[1], [1]], f64)];
    const loss = (): Tensor =>
      a
        .mul(tensor([3, 0], f64))
        .sum()
        .add(b.mul(tensor([[-4], [12]], f64)).sum());
    model(loss, { optimizer }).step();
    return [a, b].flatMap(({ data }) => Array.from(data));
  };

  it('gives an optimiser of a model gradients of a bounded norm', () => {
    const factor = 6.5 / (13 + 1e-6);
    close(weights(optim.clipped(optim.sgd({ lr: 1 }), { maxNorm: 6.5 })), [
      1 - 3 * factor,
      1,
      1 + 4 * factor,
      1 - 12 * factor,
    ]);
  });

  it('or of bounded elements', () =>
    assert.deepEqual(weights(optim.clipped(optim.sgd({ lr: 1 }), { maxValue: 2 })), [-1, 1, 3, -1]));

  it('can be told twice, the outer first', () => {
    // Elements first: 2, 0, −2, 2 of the norm √12; then shortened to 1.
    const twice = optim.clipped(optim.clipped(optim.sgd({ lr: 1 }), { maxNorm: 1 }), { maxValue: 2 });
    const step = 2 / (Math.sqrt(12) + 1e-6);
    close(weights(twice), [1 - step, 1, 1 + step, 1 - step]);
  });

  it('adds to the settings', () => {
    assert.deepEqual(optim.clipped(optim.sgd({ lr: 1 }), { maxNorm: 2 }).settings, { lr: 1, maxNorm: 2 });
    assert.equal(optim.clipped(optim.adam(), { maxValue: 2 }).name, 'adam');
  });
});

describe('stepper', () => {
  it('trains the parameters it was given, and no others', () => {
    const [w, other] = [param(1, f64), param(1, f64)];
    const stepper = optim.stepper(optim.sgd({ lr: 0.1, momentum: 0.5 }), [w]);
    for (let i = 0; i < 2; i++) {
      stepper.zeroGrad();
      w.mul(other).backward();
      stepper.step();
    }
    // v = 1, then 0.5 + 1.
    close([w.item(), other.item()], [1 - 0.1 - 0.15, 1]);
  });
});
