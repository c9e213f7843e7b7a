import assert from 'node:assert/strict';
import { type Tensor, model, optim, param, tensor } from '../../../engine/library.ts';

const f64 = { dtype: 'float64' } as const;
const start = [1, -2, 0.5];
const curvature = [3, 0.5, -2];
const steps = 6;

/** L = Σ aᵢ·wᵢ² / 2, so that ∂L/∂wᵢ = aᵢ·wᵢ. */
function trained(optimizer: optim.Optimizer): number[] {
  const w = param(start, f64);
  const a = tensor(curvature, f64);
  model(() => a.mul(w.square()).sum().div(2), { optimizer, steps }).train();
  return Array.from(w.data);
}

/** PyTorch's documented algorithm for one element, in plain numbers: `next` gives the new w for a step counted from 1. */
function expected(next: () => (w: number, gradient: number, step: number) => number): number[] {
  return start.map((first, i) => {
    const step = next();
    let w = first;
    for (let t = 1; t <= steps; t++) w = step(w, curvature[i]! * w, t);
    return w;
  });
}

const compare = (optimizer: optim.Optimizer, next: Parameters<typeof expected>[0]): void => {
  const wanted = expected(next);
  trained(optimizer).forEach((w, i) =>
    assert.ok(Math.abs(w - wanted[i]!) < 1e-14, `element ${i}: ${w} against ${wanted[i]!}`),
  );
};

describe('sgd', () => {
  it('with weight decay', () =>
    compare(optim.sgd({ lr: 0.1, weightDecay: 0.2 }), () => (w, g) => w - 0.1 * (g + 0.2 * w)));

  it('with momentum and dampening, which the first step does not dampen', () =>
    compare(optim.sgd({ lr: 0.1, momentum: 0.9, dampening: 0.4 }), () => {
      let b = 0;
      return (w, g, t) => {
        b = t === 1 ? g : 0.9 * b + 0.6 * g;
        return w - 0.1 * b;
      };
    }));

  it('with Nesterov’s momentum and weight decay', () =>
    compare(optim.sgd({ lr: 0.05, momentum: 0.8, nesterov: true, weightDecay: 0.1 }), () => {
      let b = 0;
      return (w, gradient, t) => {
        const g = gradient + 0.1 * w;
        b = t === 1 ? g : 0.8 * b + g;
        return w - 0.05 * (g + 0.8 * b);
      };
    }));
});

/** Adam's direction m̂ / (√v̂ + ε), or with the largest v so far. */
function adamDirection(beta1: number, beta2: number, eps: number, amsgrad: boolean): (g: number, t: number) => number {
  let [m, v, most] = [0, 0, 0];
  return (g, t) => {
    m = beta1 * m + (1 - beta1) * g;
    v = beta2 * v + (1 - beta2) * g * g;
    most = Math.max(most, v);
    const corrected = (amsgrad ? most : v) / (1 - beta2 ** t);
    return m / (1 - beta1 ** t) / (Math.sqrt(corrected) + eps);
  };
}

describe('adam', () => {
  it('with its defaults', () =>
    compare(optim.adam(), () => {
      const direction = adamDirection(0.9, 0.999, 1e-8, false);
      return (w, g, t) => w - 0.001 * direction(g, t);
    }));

  it('with other decays, an L2 penalty and the largest square', () =>
    compare(optim.adam({ lr: 0.3, betas: [0.5, 0.7], eps: 0.01, weightDecay: 0.2, amsgrad: true }), () => {
      const direction = adamDirection(0.5, 0.7, 0.01, true);
      return (w, g, t) => w - 0.3 * direction(g + 0.2 * w, t);
    }));

  it('moves by the learning rate at first, whatever the size of the gradient', () => {
    // m̂ = g and v̂ = g², so w′ = w − η·g/(|g| + ε).
    for (const size of [1e-3, 1, 1e6]) {
      const w = param(1, f64);
      model(() => w.mul(size), { optimizer: optim.adam({ lr: 0.1 }) }).step();
      assert.ok(Math.abs(w.item() - (1 - (0.1 * size) / (size + 1e-8))) < 1e-13);
    }
  });

  it('keeps to its formula in float32 at the first step, where 1 − 0.999 has few digits', () => {
    const w = param(1);
    model(() => w.mul(1), { optimizer: optim.adam({ lr: 0.1 }) }).step();
    assert.ok(Math.abs(w.item() - 0.9) < 1e-7);
  });
});

describe('adamw', () => {
  it('shrinks the weights beside the gradient', () =>
    compare(optim.adamw({ lr: 0.1, weightDecay: 0.3 }), () => {
      const direction = adamDirection(0.9, 0.999, 1e-8, false);
      return (w, g, t) => w * (1 - 0.1 * 0.3) - 0.1 * direction(g, t);
    }));

  it('decays by 0.01 unless told otherwise', () =>
    compare(optim.adamw({ lr: 0.1 }), () => {
      const direction = adamDirection(0.9, 0.999, 1e-8, false);
      return (w, g, t) => w * (1 - 0.1 * 0.01) - 0.1 * direction(g, t);
    }));
});

describe('rmsprop', () => {
  it('with its defaults', () =>
    compare(optim.rmsprop(), () => {
      let s = 0;
      return (w, g) => {
        s = 0.99 * s + 0.01 * g * g;
        return w - (0.01 * g) / (Math.sqrt(s) + 1e-8);
      };
    }));

  it('centred, with momentum and an L2 penalty', () =>
    compare(optim.rmsprop({ lr: 0.02, alpha: 0.9, eps: 1e-3, centered: true, momentum: 0.6, weightDecay: 0.1 }), () => {
      let [s, m, b] = [0, 0, 0];
      return (w, gradient) => {
        const g = gradient + 0.1 * w;
        s = 0.9 * s + 0.1 * g * g;
        m = 0.9 * m + 0.1 * g;
        b = 0.6 * b + g / (Math.sqrt(s - m * m) + 1e-3);
        return w - 0.02 * b;
      };
    }));
});

describe('adagrad', () => {
  it('with its defaults', () =>
    compare(optim.adagrad(), () => {
      let s = 0;
      return (w, g) => {
        s += g * g;
        return w - (0.01 * g) / (Math.sqrt(s) + 1e-10);
      };
    }));

  it('with a falling rate, a penalty and something to start from', () =>
    compare(optim.adagrad({ lr: 0.5, lrDecay: 0.2, weightDecay: 0.1, initialAccumulatorValue: 0.3, eps: 0.01 }), () => {
      let s = 0.3;
      return (w, gradient, t) => {
        const g = gradient + 0.1 * w;
        s += g * g;
        return w - ((0.5 / (1 + (t - 1) * 0.2)) * g) / (Math.sqrt(s) + 0.01);
      };
    }));
});

describe('every optimiser', () => {
  const all: Readonly<Record<string, (lr: optim.LearningRate) => optim.Optimizer>> = {
    sgd: (lr) => optim.sgd({ lr, momentum: 0.9 }),
    adam: (lr) => optim.adam({ lr, amsgrad: true }),
    adamw: (lr) => optim.adamw({ lr }),
    rmsprop: (lr) => optim.rmsprop({ lr, centered: true, momentum: 0.5 }),
    adagrad: (lr) => optim.adagrad({ lr }),
  };
  for (const [name, make] of Object.entries(all)) {
    it(`${name} is pure: the same step twice gives the same, and the state before stays as it was`, () => {
      const optimizer = make(0.1);
      const w = param([1, 2], f64);
      const g = tensor([0.5, -1], f64);
      const first = optimizer.update(w, g, optimizer.init(w));
      const again = (): Tensor => optimizer.update(first.parameter, g, first.state).parameter;
      assert.deepEqual(again().toArray(), again().toArray());
      assert.deepEqual(w.toArray(), [1, 2]);
      assert.equal(first.state['step'], 1);
    });

    it(`${name} keeps the dtype and the shape, scalars too`, () => {
      for (const dtype of ['float32', 'float64'] as const) {
        const w = param(1, { dtype });
        const optimizer = make(0.1);
        const { parameter } = optimizer.update(w, tensor(1, { dtype }), optimizer.init(w));
        assert.deepEqual([parameter.dtype, parameter.shape], [dtype, []]);
      }
    });

    it(`${name} asks a schedule for the rate of each step, from step 0`, () => {
      const asked: number[] = [];
      trained(make((step) => (asked.push(step), 0.01)));
      // The first is for the settings.
      assert.deepEqual(asked.slice(-steps), [0, 1, 2, 3, 4, 5]);
      assert.deepEqual(trained(make(() => 0.01)), trained(make(0.01)));
    });

    it(`${name} refuses a rate that moves nothing`, () => {
      for (const lr of [0, -1, NaN]) assert.throws(() => make(lr), new RegExp(`${name}: the learning rate`));
    });
  }

  it('refuses settings that cannot be', () => {
    assert.throws(() => optim.sgd({ lr: 1, nesterov: true }), /nesterov needs a momentum/);
    assert.throws(() => optim.sgd({ lr: 1, momentum: 0.9, dampening: 0.1, nesterov: true }), /no dampening/);
    assert.throws(() => optim.sgd({ lr: 1, momentum: -1 }), /momentum must be at least 0, not -1/);
    assert.throws(() => optim.adam({ betas: [0.9, 1] }), /betas\[1\] must be at least 0 and below 1/);
    assert.throws(() => optim.rmsprop({ eps: -1 }), /eps/);
    assert.throws(() => optim.adagrad({ lrDecay: -1 }), /lrDecay/);
  });

  it('says its settings in plain data', () => {
    assert.deepEqual(optim.sgd({ lr: 0.1 }).settings, { lr: 0.1 });
    assert.deepEqual(optim.adam().settings, { lr: 0.001, betas: [0.9, 0.999], eps: 1e-8 });
    const scheduled = optim.sgd({ lr: optim.exponentialLr(0.5, { gamma: 0.9 }), nesterov: true, momentum: 0.9 });
    assert.deepEqual(scheduled.settings, { lr: 0.5, scheduled: true, momentum: 0.9, nesterov: true });
  });
});
