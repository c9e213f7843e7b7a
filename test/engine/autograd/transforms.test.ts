import assert from 'node:assert/strict';
import * as rg from '../../../engine/library.ts';

const near = (actual: ArrayLike<number>, expected: readonly number[], within = 1e-12): void => {
  assert.equal(actual.length, expected.length);
  expected.forEach((x, i) =>
    assert.ok(Math.abs(actual[i]! - x) <= within * Math.max(1, Math.abs(x)), `${actual[i]!} ${x}`),
  );
};
const double = (content: rg.TensorLike): rg.Tensor => rg.tensor(content, { dtype: 'float64' });

describe('transforms', () => {
  it('differentiate once, twice and three times: x⁴', () => {
    const f = (x: rg.Tensor): rg.Tensor => x.pow(4);
    // 4x³, 12x², 24x at 2.
    near(rg.grad(f)(double(2)).data, [32]);
    near(rg.grad(rg.grad(f))(double(2)).data, [48]);
    near(rg.grad(rg.grad(rg.grad(f)))(double(2)).data, [48]);
  });

  it('give the third derivative of tanh: −2(1 − t²)(1 − 3t²)', () => {
    const t = Math.tanh(0.4);
    const third = rg.grad(rg.grad(rg.grad((x) => x.tanh())))(double(0.4));
    near(third.data, [-2 * (1 - t * t) * (1 - 3 * t * t)]);
  });

  it('differentiate with respect to the argument asked for, and give the value with it', () => {
    const f = (x: rg.Tensor, y: rg.Tensor): rg.Tensor => x.square().mul(y);
    const { value, gradient } = rg.valueAndGrad(f, { argument: 1 })(double(3), double(5));
    assert.deepEqual([value.item(), gradient.item()], [45, 9]);
  });

  it('take the same tensor used inside the function for a constant', () => {
    const y = rg.param(3);
    assert.equal(
      rg
        .grad((x) => x.mul(y))(y)
        .item(),
      3,
    );
  });

  it('stay connected to what an argument came from: a gradient penalty', () => {
    const w = rg.param(2, { dtype: 'float64' });
    // g = d(w·x²)/dx = 2wx at 3; penalty g² = 36w², d/dw = 72w.
    const slope = rg.grad((x) => w.mul(x.square()))(double(3));
    slope.square().backward();
    near(w.grad!.data, [144]);
  });

  it('give zeros for what the function does not depend on', () =>
    assert.deepEqual(
      rg
        .grad(() => rg.tensor(1))([1, 2])
        .toArray(),
      [0, 0],
    ));

  it('know the Jacobian of softmax: diag(s) − s·sᵀ', () => {
    const x = [0.3, -0.2, 0.5];
    const total = x.reduce((sum, v) => sum + Math.exp(v), 0);
    const s = x.map((v) => Math.exp(v) / total);
    const expected = s.flatMap((a, i) => s.map((b, j) => (i === j ? a : 0) - a * b));
    const found = rg.jacobian((v) => v.softmax())(double(x));
    assert.deepEqual(found.shape, [3, 3]);
    near(found.data, expected);
  });

  it('give a vector–Jacobian product as uᵀ·J and a Jacobian–vector product as J·v', () => {
    const A = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    const f = (x: rg.Tensor): rg.Tensor => double(A).matmul(x).square();
    const x = double([1, 0, -1]);
    // A·x = (−2, −2); J = diag(2A·x)·A = −4·A.
    near(rg.vjp(f, x).pullback(double([1, 10]))[0]!.data, [-164, -208, -252]);
    near(rg.jvp(f, [x], [double([1, 1, 0])]).tangent.data, [-12, -36]);
  });

  it('know the Hessian of a quadratic form, and that of one with a cubic term', () => {
    const A = double([
      [2, 1],
      [1, 4],
    ]);
    const f = (x: rg.Tensor): rg.Tensor => x.matmul(A).matmul(x).mul(0.5).add(x.pow(3).sum());
    // A + 6·diag(x)
    near(rg.hessian(f)(double([1, -1])).data, [8, 1, 1, -2]);
  });

  it('are cut by noGrad, and leave .grad alone', () => {
    const w = rg.param(2);
    const gradient = rg.noGrad(() => rg.grad((x) => x.mul(w))(3));
    assert.equal(gradient.requiresGrad, false);
    assert.equal(w.grad, null);
  });
});

describe('gradcheck', () => {
  it('passes what is right and finds what is wrong, with the worst element', () => {
    const x = double([0.1, -1.5]);
    assert.ok(rg.gradcheck((v) => v.tanh().mul(v), [x]).passed);
    // The derivative of detach(v)·v is v, not 2v.
    const wrong = rg.gradcheck((v) => v.detach().mul(v).sum(), [x]);
    assert.equal(wrong.passed, false);
    assert.equal(wrong.element, 1);
    near([wrong.analytic, wrong.numeric], [-1.5, -3], 1e-6);
  });

  it('reports a kink as a kink', () => {
    const report = rg.gradcheck((v) => v.relu().sum(), [double([1, 0, -1])]);
    assert.ok(report.passed);
    assert.deepEqual(
      report.kinks.map(({ element, analytic }) => [element, analytic]),
      [[1, 0]],
    );
  });

  it('checks every output of a function, not their sum alone', () => {
    // The sum of softmax is 1 whatever x is: a wrong gradient would hide behind it.
    const wrong = rg.gradcheck((v) => v.detach().softmax().add(v.sub(v)), [double([1, 2])]);
    assert.equal(wrong.passed, false);
  });
});
