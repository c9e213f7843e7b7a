import assert from 'node:assert/strict';
import { type Tensor, cosineSimilarity, gradcheck, param, tensor } from '../../../engine/library.ts';

const f64 = { dtype: 'float64' } as const;

/** What PyTorch makes of a scalar 3 that is taken along dimension 0 or −1, and of its gradient. */
const alongOne: readonly [name: string, f: (x: Tensor, dim: number) => Tensor, value: number, slope: number | null][] =
  [
    ['sum', (x, dim) => x.sum(dim), 3, 1],
    ['mean', (x, dim) => x.mean(dim, true), 3, 1],
    ['prod', (x, dim) => x.prod(dim), 3, 1],
    ['max', (x, dim) => x.max(dim), 3, 1],
    ['min', (x, dim) => x.min([dim]), 3, 1],
    ['logsumexp', (x, dim) => x.logsumexp(dim), 3, 1],
    ['norm', (x, dim) => x.neg().norm({ dim }), 3, 1],
    ['variance', (x, dim) => x.variance(dim, { unbiased: false }), 0, 0],
    ['softmax', (x, dim) => x.softmax(dim), 1, 0],
    ['logSoftmax', (x, dim) => x.logSoftmax(dim), 0, 0],
    ['cumsum', (x, dim) => x.cumsum(dim), 3, 1],
    ['cumprod', (x, dim) => x.cumprod(dim), 3, 1],
    ['flip', (x, dim) => x.flip(dim), 3, 1],
    ['transpose', (x, dim) => x.transpose(0, dim), 3, 1],
    ['sort', (x, dim) => x.sort(dim).values, 3, 1],
    ['topk', (x, dim) => x.topk(1, { dim }).values, 3, 1],
    ['gather', (x, dim) => x.gather(dim, 0), 3, 1],
    ['indexSelect', (x, dim) => x.indexSelect(dim, [-1]), 3, 1],
    ['scatterAdd', (x, dim) => x.scatterAdd(dim, 0, x), 6, 2],
    ['normalize', (x, dim) => x.normalize({ dim }), 1, 0],
    ['cosineSimilarity', (x, dim) => cosineSimilarity(x, x.neg(), { dim }), -1, 0],
    ['argmax', (x, dim) => x.argmax(dim), 0, null],
    ['argsort', (x, dim) => x.argsort(dim), 0, null],
    ['all', (x, dim) => x.all(dim), 1, null],
  ];

describe('a scalar', () => {
  for (const [name, f, value, slope] of alongOne) {
    it(`is one element along dimension 0 and −1: ${name}`, () => {
      for (const dim of [0, -1]) {
        const x = param(3, f64);
        const y = f(x, dim);
        assert.deepEqual(y.shape, []);
        assert.ok(Math.abs(y.item() - value) < 1e-15, String(y.item()));
        assert.equal(y.requiresGrad, slope !== null);
        if (slope === null) continue;
        y.backward();
        assert.ok(Math.abs(x.grad!.item() - slope) < 1e-15, String(x.grad!.item()));
        assert.ok(gradcheck((v) => f(v, dim), [tensor(3, f64)]).passed);
      }
    });
  }

  it('has no other dimension, and is not to be cut up', () => {
    const x = tensor(3);
    assert.throws(() => x.sum(1), /^ShapeError: sum: dimension 1 does not exist in a tensor of 0 dimensions/);
    assert.throws(() => x.softmax(-2), /^ShapeError: softmax: .*dimension -2 does not exist/);
    assert.throws(() => x.cumsum(1), /^ShapeError: cumsum: dimension 1/);
    assert.throws(() => x.select(0, 0), /^ShapeError: select: dimension 0 does not exist/);
    assert.throws(() => x.indexSelect(0, [0, 0]), /^ShapeError: indexSelect:/);
  });
});

describe('an empty list of dimensions', () => {
  it('is all of them, as in PyTorch', () => {
    const x = tensor([
      [1, 2],
      [3, 4],
    ]);
    assert.equal(x.sum([]).item(), 10);
    assert.deepEqual(x.max([], true).toArray(), [[4]]);
    assert.equal(x.norm({ p: 1, dim: [] }).item(), 10);
    assert.equal(x.variance([], { unbiased: false }).item(), 1.25);
  });
});
