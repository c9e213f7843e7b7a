import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Tensor } from '../../../engine/library.ts';
import {
  GradientError,
  ShapeError,
  NotALoss,
  add,
  crossEntropy,
  input,
  model,
  mseLoss,
  noGrad,
  ones,
  optim,
  param,
  randn,
  setDefaultDtype,
  tensor,
  zeros,
} from '../../../engine/library.ts';

const f64 = { dtype: 'float64' } as const;

describe('gradients', () => {
  it('are null where there are none, and null is not zero', () => {
    const [w, x, unused] = [param(2), input(3), param(5)];
    const loss = w.mul(x);
    assert.equal(w.grad, null);
    loss.backward();
    assert.equal(w.grad!.item(), 3);
    assert.equal(x.grad, null);
    assert.equal(unused.grad, null);
    const dead = param(-1);
    dead.relu().backward();
    assert.equal(dead.grad!.item(), 0);
  });

  it('add up over calls on leaves, and start afresh after zeroGrad()', () => {
    const w = param(3);
    w.square().backward();
    w.square().backward();
    assert.equal(w.grad!.item(), 12);
    // As `p.grad = None` is written elsewhere.
    w.grad = null;
    assert.equal(w.grad, null);
    w.square().backward();
    w.zeroGrad();
    assert.equal(w.grad, null);
    w.square().backward();
    assert.equal(w.grad!.item(), 6);
  });

  it('stop at detach() and are not recorded in noGrad()', () => {
    const w = param(2);
    const loss = w.mul(w.detach());
    loss.backward();
    assert.equal(w.grad!.item(), 2);
    assert.equal(noGrad(() => w.mul(w)).requiresGrad, false);
    assert.throws(() =>
      noGrad(() => {
        throw new Error('x');
      }),
    );
    assert.equal(w.mul(w).requiresGrad, true);
  });

  it('start from a scalar that requires one', () => {
    assert.throws(
      () => param([1, 2]).square().backward(),
      (error: Error) => error instanceof GradientError && /\[2\]/.test(error.message),
    );
    assert.throws(() => tensor(1).backward(), GradientError);
    assert.throws(() => param([1, 2], { dtype: 'int32' }), /int32/);
  });

  it('go through a chain of 100,000 nodes without touching the stack', () => {
    const w = param(1, f64);
    let h: Tensor = w;
    for (let i = 0; i < 100_000; i++) h = h.mul(1.00001);
    h.backward();
    assert.ok(Math.abs(w.grad!.item() - 1.00001 ** 100_000) < 1e-6);
  });

  it('of tanh(3): second use of a value adds both ways', () => {
    // d/dx (x·tanh x) = tanh x + x(1 − tanh² x)
    const x = param(0.7, f64);
    x.mul(x.tanh()).backward();
    assert.ok(Math.abs(x.grad!.item() - (Math.tanh(0.7) + 0.7 * (1 - Math.tanh(0.7) ** 2))) < 1e-15);
  });
});

describe('tensors', () => {
  it('are float32 unless told otherwise', () => {
    assert.equal(param(0.1).dtype, 'float32');
    assert.equal(param(0.1).item(), Math.fround(0.1));
    setDefaultDtype('float64');
    try {
      assert.equal(param(0.1).item(), 0.1);
    } finally {
      setDefaultDtype('float32');
    }
    assert.equal(param(1, f64).mul(0.1).dtype, 'float64');
    assert.equal(add(0.1, param(1, f64)).item(), 1.1);
  });

  it('say what is wrong with a shape', () => {
    assert.throws(
      () => zeros([2, 3]).add(zeros([4])),
      (error: Error) => error instanceof ShapeError && /add: shapes \[2, 3\] and \[4\]/.test(error.message),
    );
    assert.throws(() => zeros([2, 3]).matmul(zeros([4, 3])), /transpose/);
    assert.throws(() => tensor([[1, 2], [3]]), /do not make a block/);
    assert.throws(() => zeros([2]).reshape([3]), /do not fit \[3\]/);
    assert.throws(() => zeros([0]).max(), /no elements/);
    assert.throws(() => zeros([2]).sum(3), /dimension 3/);
    assert.throws(() => crossEntropy(zeros([2, 3]), [0, 3]), /target 3 of sample 1/);
    assert.throws(() => zeros([2]).item(), /not one number/);
  });

  it('are drawn alike from one seed, with mean 0 and deviation 1', () => {
    const { data } = randn([10_000], { seed: 4, ...f64 });
    assert.deepEqual(randn([10_000], { seed: 4, ...f64 }).data, data);
    const mean = Array.from(data).reduce((sum, x) => sum + x, 0) / data.length;
    const variance = Array.from(data).reduce((sum, x) => sum + (x - mean) ** 2, 0) / data.length;
    // Three standard errors.
    assert.ok(Math.abs(mean) < 0.03 && Math.abs(variance - 1) < 0.05, `${mean} ${variance}`);
  });
});

describe('properties', () => {
  const numbers = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 6, maxLength: 6 });
  const settings = { seed: 42, numRuns: 60 };

  it('the backward pass is linear in what it starts from', () => {
    fc.assert(
      fc.property(numbers, fc.double({ min: -4, max: 4, noNaN: true }), (content, factor) => {
        const gradient = (scale: number): number[] => {
          const w = param(content, f64);
          w.tanh().square().sum().mul(scale).backward();
          return Array.from(w.grad!.data);
        };
        const single = gradient(1);
        gradient(factor).forEach((g, i) => assert.ok(Math.abs(g - factor * single[i]!) < 1e-12));
      }),
      settings,
    );
  });

  it('broadcasting is expanding, forwards and backwards', () => {
    fc.assert(
      fc.property(
        numbers,
        numbers.map((list) => list.slice(0, 3)),
        (a, b) => {
          const run = (expanded: boolean): [number[], number[]] => {
            const [x, y] = [param(a, f64), param(b, f64)];
            const matrix = x.reshape([2, 3]);
            matrix
              .mul(expanded ? y.reshape([1, 3]).expand([2, 3]) : y)
              .sin()
              .sum()
              .backward();
            return [Array.from(x.grad!.data), Array.from(y.grad!.data)];
          };
          assert.deepEqual(run(false), run(true));
        },
      ),
      settings,
    );
  });

  it('reshaping and transposing there and back changes nothing', () => {
    fc.assert(
      fc.property(numbers, (content) => {
        const x = param(content, f64);
        const back = x.reshape([2, 3]).transpose(0, 1).transpose(0, 1).reshape([6]);
        assert.deepEqual(back.data, x.data);
        back
          .mul(tensor([1, 2, 3, 4, 5, 6], f64))
          .sum()
          .backward();
        assert.deepEqual(Array.from(x.grad!.data), [1, 2, 3, 4, 5, 6]);
      }),
      settings,
    );
  });
});

describe('model', () => {
  it('takes steps of gradient descent: w′ = w − η·∂L/∂w', () => {
    // L = (w·3 − 6)², ∂L/∂w = 2·3·(3w − 6) = −18 at w = 1; w′ = 1 + 0.01·18 = 1.18; L = 9, then (3.54 − 6)² = 6.0516.
    const w = param(1, f64);
    const fit = model(() => mseLoss(w.mul(3), 6), { optimizer: optim.sgd({ lr: 0.01 }), steps: 2 });
    const losses = fit.train();
    assert.ok(Math.abs(losses[0]! - 9) < 1e-12 && Math.abs(losses[1]! - 6.0516) < 1e-12);
    assert.equal(fit().shape.length, 0);
  });

  it('moves on with momentum: v′ = μ·v + g', () => {
    // g = 1 always: v = 1, then 0.9 + 1 = 1.9; w = −0.1 − 0.19.
    const w = param(0, f64);
    model(() => w.sum(), { optimizer: optim.sgd({ lr: 0.1, momentum: 0.9 }), steps: 2 }).train();
    assert.ok(Math.abs(w.item() + 0.29) < 1e-12);
  });

  it('says what is no loss', () => {
    assert.throws(
      () => model(() => ones([2]))(),
      (error: Error) => error instanceof NotALoss && /\[2\]/.test(error.message),
    );
    assert.throws(() => model((() => undefined) as never)(), /returned nothing/);
    assert.throws(() => model((async () => ones([])) as never)(), /async/);
    assert.throws(() => optim.sgd({ lr: 0 }), RangeError);
  });
});
