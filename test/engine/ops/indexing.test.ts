import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ShapeError, type Tensor, embedding, grad, randn, tensor, zeros } from '../../../engine/library.ts';
import { close, row } from './close.ts';

const f64 = { dtype: 'float64' } as const;
const int32 = { dtype: 'int32' } as const;
/** 0, 1, 2, … in a shape. */
const counted = (...shape: number[]): Tensor =>
  tensor(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i),
    f64,
  ).reshape(shape);

describe('indexSelect, embedding and take', () => {
  it('choose in the order of the index, from the end where it is negative', () => {
    const x = counted(3, 4);
    assert.deepEqual(x.indexSelect(0, [2, 0, -1]).toArray(), [
      [8, 9, 10, 11],
      [0, 1, 2, 3],
      [8, 9, 10, 11],
    ]);
    assert.deepEqual(x.indexSelect(-1, [1]).toArray(), [[1], [5], [9]]);
    assert.deepEqual(
      embedding(
        x,
        tensor(
          [
            [1, 1],
            [0, 2],
          ],
          int32,
        ),
      ).shape,
      [2, 2, 4],
    );
    assert.deepEqual(x.take([[0, -1]]).toArray(), [[0, 11]]);
    assert.deepEqual(x.indexSelect(0, []).shape, [0, 4]);
  });

  it('send the gradient back as often as something was chosen', () => {
    const twice = (f: (x: Tensor) => Tensor, x: Tensor): unknown => grad((t) => f(t).sum())(x).toArray();
    assert.deepEqual(
      twice((t) => t.indexSelect(0, [1, 1, 1]), tensor([1, 2])),
      [0, 3],
    );
    assert.deepEqual(
      twice((t) => embedding(t, [0, 2, 2]), zeros([3, 2])),
      [
        [1, 1],
        [0, 0],
        [2, 2],
      ],
    );
  });

  it('take whole numbers of any dtype', () => {
    assert.deepEqual(row(counted(3).take(tensor([2, 0]))), [2, 0]);
    assert.throws(() => counted(3).take(tensor([0.5])), /take: index 0\.5 is no whole number/);
    assert.throws(() => counted(3).take([NaN]), /take: index NaN is no whole number/);
  });
});

describe('gather and scatterAdd', () => {
  it('move along one dimension', () => {
    const x = counted(2, 3);
    const chosen = x.gather(1, [
      [2, 0],
      [1, 1],
    ]);
    assert.deepEqual(chosen.toArray(), [
      [2, 0],
      [4, 4],
    ]);
    assert.deepEqual(x.gather(0, [[1, 0]]).toArray(), [[3, 1]]);
    // 1 and 10 go to the same place.
    const sum = zeros([3]).scatterAdd(0, [2, 0, 2], tensor([1, 5, 10]));
    assert.deepEqual(row(sum), [5, 0, 11]);
    assert.deepEqual(row(zeros([3]).scatterAdd(0, [1], tensor([4, 5, 6]))), [0, 4, 0]);
  });

  it('are transposes: Σ gather(x) ⊙ y = Σ x ⊙ scatterAdd(0, y)', () => {
    const shapes = fc
      .tuple(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }), fc.nat(), fc.nat(), fc.nat(5))
      .map(([shape, seed, dim, extra]) => ({ shape, seed, dim: dim % shape.length, extra }));
    fc.assert(
      fc.property(shapes, ({ shape, seed, dim, extra }) => {
        const x = randn(shape, { seed: 1, ...f64 });
        const wanted = shape.map((size, d) => (d === dim ? extra + 1 : Math.max(1, size - (seed % 2))));
        const count = wanted.reduce((a, b) => a * b, 1);
        const index = tensor(
          Array.from({ length: count }, (_, i) => (i * 7 + seed) % shape[dim]!),
          int32,
        ).reshape(wanted);
        const y = randn(wanted, { seed: 2, ...f64 });
        const zero = zeros(shape, f64);
        close([x.gather(dim, index).mul(y).sum().item()], [zero.scatterAdd(dim, index, y).mul(x).sum().item()], 1e-12);
      }),
    );
  });

  it('send gradients to both x and src', () => {
    const src = tensor(
      [
        [1, 2],
        [3, 4],
      ],
      f64,
    );
    const loss = (x: Tensor, s: Tensor): Tensor =>
      x
        .scatterAdd(0, [[1, 0]], s)
        .square()
        .sum();
    const x = tensor(
      [
        [10, 20],
        [30, 40],
      ],
      f64,
    );
    // The sum is [[10, 22], [31, 40]].
    assert.deepEqual(grad(loss)(x, src).toArray(), [
      [20, 44],
      [62, 80],
    ]);
    assert.deepEqual(grad(loss, { argument: 1 })(x, src).toArray(), [
      [62, 44],
      [0, 0],
    ]);
  });
});

describe('an index', () => {
  it('out of range is told with op, index, dimension and size', () => {
    const x = zeros([3, 4]);
    const fails = (body: () => unknown, text: RegExp): void =>
      assert.throws(body, (error: Error) => error instanceof ShapeError && text.test(error.message));
    fails(
      () => x.select(1, 4),
      /^select: index 4 is out of range for dimension 1 of size 4: indices go from 0 to 3, or from −1 back to −4\.$/,
    );
    fails(() => x.indexSelect(0, [0, -4]), /^indexSelect: index -4 is out of range for dimension 0 of size 3/);
    fails(() => x.gather(-1, [[7]]), /^gather: index 7 is out of range for dimension 1 of size 4/);
    fails(() => x.scatterAdd(0, [[3]], [[1]]), /^scatterAdd: index 3 is out of range for dimension 0 of size 3/);
    fails(() => embedding(x, tensor([5], int32)), /^embedding: index 5 is out of range for a table of size 3/);
    fails(() => x.take([12]), /^take: index 12 is out of range for a tensor of size 12/);
    fails(() => x.index([null, [0, 9]]), /^index: index 9 is out of range for dimension 1 of size 4/);
    fails(() => zeros([0]).take([0]), /of size 0: there is none/);
    fails(() => x.select(2, 0), /^select: dimension 2 does not exist in a tensor of 2 dimensions/);
  });

  it('of the wrong shape is told', () => {
    const x = zeros([3, 4]);
    assert.throws(
      () => x.gather(0, [0]),
      /gather: an index of shape \[1\] does not lead into \[3, 4\] along dimension 0/,
    );
    assert.throws(() => x.gather(0, zeros([1, 5], int32)), /none of them longer, except dimension 0/);
    assert.throws(() => x.indexSelect(0, [[0]]), /indexSelect: the index must be a list, not of shape \[1, 1\]/);
    assert.throws(() => x.scatterAdd(0, [[0, 0]], [[1]]), /src \[1, 1\] must be as large as the index \[1, 2\]/);
    assert.throws(() => embedding(zeros([3]), [0]), /embedding: the weight must be a table/);
  });
});
