import assert from 'node:assert/strict';
import * as rg from '../../../engine/library.ts';

describe('sizes and dimensions', () => {
  it('stand in a list or one after the other', () => {
    const x = rg.arange(6, { dtype: 'float32' });
    assert.deepEqual(x.reshape(2, 3).toArray(), x.reshape([2, 3]).toArray());
    assert.deepEqual(x.view(-1, 2).shape, [3, 2]);
    assert.deepEqual(x.reshape(6).shape, [6]);
    assert.deepEqual(x.reshape(2, 3).permute(1, 0).toArray(), x.reshape(2, 3).T.toArray());
    assert.deepEqual(rg.ones([2, 1]).expand(-1, 3).shape, [2, 3]);
    assert.deepEqual(rg.tensor([1, 2]).repeat(2, 1).toArray(), [
      [1, 2],
      [1, 2],
    ]);
    assert.deepEqual(rg.tensor([1]).reshape([]).shape, []);
    assert.deepEqual(rg.eye(2, { dtype: 'int32' }).dtype, 'int32');
  });
});

describe('borderline input', () => {
  it('accumulates in leaves when backward() is called twice, and starts anew elsewhere', () => {
    const w = rg.param(2);
    const square = w.square();
    const loss = square.mul(1);
    loss.backward();
    loss.backward();
    // d w²/d w = 4, twice.
    assert.equal(w.grad!.item(), 8);
    assert.equal(square.grad!.item(), 1);
  });

  it('adds up nothing to 0, and finds no mean of it', () => {
    assert.equal(rg.tensor([]).sum().item(), 0);
    assert.ok(Number.isNaN(rg.tensor([]).mean().item()));
  });

  it('finds extremes where there are no lanes, and none in lanes without elements', () => {
    assert.deepEqual(rg.zeros([0, 3]).max(1).shape, [0]);
    assert.deepEqual(rg.zeros([0, 3]).softmax(1).shape, [0, 3]);
    assert.deepEqual(rg.zeros([0, 3]).argmax(1).shape, [0]);
    assert.ok(Number.isNaN(rg.crossEntropy(rg.zeros([0, 3]), rg.zeros([0])).item()));
    assert.throws(() => rg.zeros([0, 3]).max(0), /^ShapeError: max: a tensor of shape \[0, 3\] has no elements/);
  });

  it('keeps softmax of nothing, and joins an empty vector to others, as PyTorch does', () => {
    for (const shape of [[0], [2, 0], [0, 3]]) {
      assert.deepEqual(rg.zeros(shape).softmax(-1).shape, shape);
      assert.deepEqual(rg.zeros(shape).logSoftmax(0).shape, shape);
    }
    const none = rg.zeros([0], { requiresGrad: true });
    const one = rg.param([3]);
    rg.cat([one, none]).sum().backward();
    assert.deepEqual([none.grad?.shape, one.grad?.toArray()], [[0], [1]]);
    assert.deepEqual(rg.cat([rg.zeros([2, 3]), none], 1).shape, [2, 3]);
    for (const p of [0, 0.5, 1, 2, -1, Infinity, -Infinity]) {
      assert.equal(rg.zeros([0]).norm({ p }).item(), 0);
      assert.deepEqual(rg.zeros([2, 0]).norm({ p, dim: 1 }).toArray(), [0, 0]);
    }
    assert.deepEqual(rg.zeros([0, 3]).normalize({ p: Infinity, dim: 0 }).shape, [0, 3]);
  });

  it('multiplies matrices without elements', () =>
    assert.deepEqual(
      rg
        .zeros([2, 0])
        .matmul(rg.zeros([0, 3]))
        .toArray(),
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
    ));

  it('gives a scalar and a vector of one element each the gradient of its own shape', () => {
    const [a, b] = [rg.param(3), rg.param([5])];
    a.mul(b).sum().backward();
    assert.deepEqual([a.grad!.toArray(), b.grad!.toArray()], [5, [3]]);
  });

  it('takes dimensions from the end, and those of a scalar', () => {
    assert.deepEqual(
      rg
        .tensor([
          [1, 2],
          [3, 4],
        ])
        .sum(-1)
        .toArray(),
      [3, 7],
    );
    assert.equal(rg.tensor(4).sum(-1).item(), 4);
  });

  it('hands NaN on, forward and backward', () => {
    const x = rg.param([NaN, 1]);
    const y = x.mul(2).max();
    y.backward();
    assert.ok(Number.isNaN(y.item()));
    assert.equal(String(x), 'Tensor([NaN, 1], shape=[2], float32, requiresGrad)');
  });

  it('has no gradient, rather than zero, where nothing leads to the loss', () => {
    const [a, b] = [rg.param(1), rg.param(1)];
    a.mul(2).backward();
    assert.equal(b.grad, null);
  });
});
