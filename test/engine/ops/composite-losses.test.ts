import assert from 'node:assert/strict';
import * as rg from '../../../engine/library.ts';

const f64 = { dtype: 'float64' } as const;
const near = (actual: rg.Tensor, expected: readonly number[], tolerance = 1e-12): void => {
  assert.equal(actual.size, expected.length);
  expected.forEach((value, i) => {
    const found = actual.data[i]!;
    const good = value === found || Math.abs(value - found) <= tolerance * Math.max(1, Math.abs(value));
    assert.ok(good, `[${i}] is ${found}, not ${value}`);
  });
};

describe('losses', () => {
  const p = rg.tensor([1, -2, 4], f64);
  const t = rg.tensor([0.5, 0, 1], f64);

  it('of regression are what their formulas say, each reduction', () => {
    // d = 0.5, −2, 3
    near(rg.mseLoss(p, t, { reduction: 'none' }), [0.25, 4, 9]);
    near(rg.l1Loss(p, t, { reduction: 'sum' }), [5.5]);
    near(rg.smoothL1Loss(p, t, { reduction: 'none', beta: 2 }), [0.0625, 1, 2]);
    near(rg.smoothL1Loss(p, t, { beta: 0 }), [5.5 / 3]);
    near(rg.huberLoss(p, t, { reduction: 'none', delta: 2 }), [0.125, 2, 4]);
    near(p.huberLoss(t), [(0.125 + 1.5 + 2.5) / 3]);
  });

  it('of regression push back with their steepest slope from an infinite distance', () => {
    const x = rg.param([Infinity, -Infinity, 1], f64);
    rg.huberLoss(x, [0, 0, 0], { reduction: 'sum', delta: 2 }).backward();
    near(x.grad!, [2, -2, 1]);
    x.zeroGrad();
    rg.smoothL1Loss(x, [0, 0, 0], { reduction: 'sum', beta: 4 }).backward();
    near(x.grad!, [1, -1, 0.25]);
  });

  it('of classification take one class of each sample, or of each place', () => {
    const logP = rg.tensor(
      [
        [-1, -2, -3],
        [-4, -5, -6],
      ],
      f64,
    );
    near(rg.nllLoss(logP, [2, 0], { reduction: 'none' }), [3, 4]);
    near(rg.nllLoss([-1, -2], 1), [2]);
    // Two samples, two classes, three places.
    const scores = rg
      .tensor(
        Array.from({ length: 12 }, (_, i) => -i),
        f64,
      )
      .reshape([2, 2, 3]);
    near(
      rg.nllLoss(
        scores,
        [
          [0, 1, 0],
          [1, 1, 0],
        ],
        { reduction: 'none' },
      ),
      [0, 4, 2, 9, 10, 8],
    );
    const flat = scores.transpose(1, 2).reshape([6, 2]);
    near(
      rg.crossEntropy(scores, [
        [0, 1, 0],
        [1, 1, 0],
      ]),
      [rg.crossEntropy(flat, [0, 1, 0, 1, 1, 0]).item()],
    );
  });

  it('crossEntropy does not mind a class that is impossible, unless it is the right one', () => {
    const z = rg.param([[0, -Infinity, 0]], f64);
    const loss = rg.crossEntropy(z, [0]);
    near(loss, [Math.LN2]);
    loss.backward();
    near(z.grad!, [-0.5, 0, 0.5]);
    assert.equal(rg.crossEntropy(z, [1]).item(), Infinity);
  });

  it('crossEntropy spreads the smoothed share over all classes', () => {
    // Equal logits: every class has ln 3, however the target is spread.
    near(rg.crossEntropy(rg.zeros([2, 3], f64), [0, 2], { labelSmoothing: 0.3 }), [Math.log(3)]);
    // softmax(ln 2, 0) = (2/3, 1/3); target (0.9, 0.1).
    const z = rg.tensor([[Math.LN2, 0]], f64);
    near(rg.crossEntropy(z, [0], { labelSmoothing: 0.2 }), [-0.9 * Math.log(2 / 3) - 0.1 * Math.log(1 / 3)]);
  });

  it('crossEntropy smooths targets that are probabilities, and asks nothing of a class that has none', () => {
    // Wholly smoothed, the target is (1/2, 1/2): an impossible class costs ∞. Not smoothed, it is not asked for.
    const z = rg.tensor([[0, -Infinity]], f64);
    const target = rg.tensor([[1, 0]], f64);
    near(rg.crossEntropy(z, target, { labelSmoothing: 1 }), [Infinity]);
    // (0.9, 0.1) of (ln 2/3, ln 1/3)
    const sure = rg.crossEntropy(rg.tensor([[Math.LN2, 0]], f64), target, { labelSmoothing: 0.2 });
    near(sure, [-0.9 * Math.log(2 / 3) - 0.1 * Math.log(1 / 3)]);
    near(rg.crossEntropy(rg.zeros([2, 0], f64), rg.zeros([2, 0], f64), { labelSmoothing: 0.5, reduction: 'sum' }), [0]);
  });

  it('of probabilities stay finite at 0 and 1', () => {
    const probability = rg.param([0, 1, 0.25], f64);
    const loss = rg.bce(probability, [1, 1, 0], { reduction: 'none' });
    near(loss, [100, 0, -Math.log(0.75)]);
    loss.sum().backward();
    near(probability.grad!, [-1e12, 0, 4 / 3]);
    const logits = rg.param([1000, -1000, 0], f64);
    const sum = rg.bceWithLogits(logits, [0, 0, 1], { reduction: 'sum' });
    near(sum, [1000 + Math.LN2]);
    sum.backward();
    near(logits.grad!, [1, 0, -0.5]);
  });

  it('klDiv is 0 for equal distributions, and its batch mean is the divergence', () => {
    const q = rg.tensor(
      [
        [0.5, 0.5, 0],
        [0.25, 0.25, 0.5],
      ],
      f64,
    );
    near(rg.klDiv([[Math.log(0.5), Math.log(0.5), -5]], [[0.5, 0.5, 0]], { reduction: 'sum' }), [0], 1e-6);
    const logP = rg.tensor([[Math.log(0.25), Math.log(0.5), Math.log(0.25)]], f64);
    near(rg.klDiv(logP, q, { reduction: 'batchmean' }), [(0.5 * Math.LN2 + 0.25 * Math.log(0.5) + 0.5 * Math.LN2) / 2]);
  });

  it('say what is wrong', () => {
    const z = rg.zeros([2, 3]);
    const wrong: readonly (readonly [() => unknown, RegExp])[] = [
      [() => rg.crossEntropy(z, [0, 3]), /crossEntropy: target 3 of sample 1 is no class; there are 3, from 0/],
      [() => rg.nllLoss(z, [0, 0.5]), /nllLoss: target 0\.5 of sample 1/],
      [
        () => rg.crossEntropy(z, [0]),
        /scores \[2, 3\] and targets \[1\]: expected \[N, C\] and class indices \[N\], here \[2\]/,
      ],
      [() => rg.nllLoss(1, 0), /nllLoss: scores \[\]/],
      [() => rg.crossEntropy(z, [0, 1], { labelSmoothing: 2 }), /labelSmoothing must be from 0 to 1, not 2/],
      [() => rg.huberLoss(p, t, { delta: 0 }), /huberLoss: delta must be above 0, not 0/],
      [() => rg.smoothL1Loss(p, t, { beta: -1 }), /smoothL1Loss: beta must be at least 0, not -1/],
      [() => rg.klDiv(1, 1, { reduction: 'batchmean' }), /klDiv: "batchmean" needs a batch/],
      [() => rg.mseLoss(p, t, { reduction: 'average' as 'mean' }), /mseLoss: reduction must be .* not "average"/],
      [() => rg.mseLoss(p, [1, 2]), /shapes \[3\] and \[2\] do not broadcast/],
    ];
    for (const [call, message] of wrong) assert.throws(call, message);
  });
});

describe('weights of classes and targets that are left out', () => {
  const even = rg.tensor(
    [
      [0, 0],
      [0, 0],
      [0, 0],
    ],
    f64,
  );
  const ln2 = Math.LN2;

  it('count as they say: the mean is over the weights', () => {
    // −ln ½ = ln 2 for each; weights 1 and 3; the third sample is left out.
    const options = { weight: [1, 3] };
    const target = [0, 1, -100];
    near(rg.crossEntropy(even, target, { ...options, reduction: 'none' }), [ln2, 3 * ln2, 0]);
    near(rg.crossEntropy(even, target, { ...options, reduction: 'sum' }), [4 * ln2]);
    near(rg.crossEntropy(even, target, options), [ln2]);
    near(rg.nllLoss(even.logSoftmax(1), [0, 1, 1], { ignoreIndex: 1 }), [ln2]);
    // With ε: (1 − ε)·w[t]·ln 2 + ε·mean(w)·ln 2, as PyTorch weighs both parts.
    near(rg.crossEntropy(even, [1, 1, 0], { ...options, labelSmoothing: 0.2, reduction: 'none' }), [
      (0.8 * 3 + 0.2 * 2) * ln2,
      (0.8 * 3 + 0.2 * 2) * ln2,
      (0.8 * 1 + 0.2 * 2) * ln2,
    ]);
    assert.ok(Number.isNaN(rg.crossEntropy(even, [-100, -100, -100]).item()));
  });

  it('pass gradients that central differences agree with, none to what is left out', () => {
    const x = rg.randn([3, 4], { seed: 3, ...f64 });
    for (const options of [
      { ignoreIndex: 2 },
      { weight: [1, 2, 3, 0.5] },
      { weight: [1, 2, 3, 0.5], ignoreIndex: 1, labelSmoothing: 0.1 },
    ])
      assert.ok(rg.gradcheck((z) => rg.crossEntropy(z, [2, 1, 0], options), [x]).passed);
    const left = rg.grad((z) => rg.crossEntropy(z, [2, -100, 0]))(x);
    assert.deepEqual(left.select(0, 1).toArray(), [0, 0, 0, 0]);
  });

  it('are refused when there is not one for each class', () =>
    assert.throws(
      () => rg.crossEntropy(even, [0, 1, 1], { weight: [1, 2, 3] }),
      /^ShapeError: crossEntropy: weight has shape \[3\]; for 2 classes it must be \[2\]/,
    ));
});
