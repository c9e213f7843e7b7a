import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Tensor, cat, grad, randn, stack, tensor, zeros } from '../../../engine/library.ts';
import { row } from './close.ts';

const f64 = { dtype: 'float64' } as const;
const counted = (...shape: number[]): Tensor =>
  tensor(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i),
    f64,
  ).reshape(shape);
const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 });

describe('rearranging', () => {
  it('comes back: permute, flip, roll, pad, split and unbind with their opposites', () => {
    fc.assert(
      fc.property(shapes, fc.nat(), fc.integer({ min: -9, max: 9 }), (shape, seed, shift) => {
        const x = randn(shape, { seed: 1, ...f64 });
        const dim = seed % shape.length;
        const same = (back: Tensor): void => {
          assert.deepEqual(back.shape, x.shape);
          assert.deepEqual(row(back), row(x));
        };
        const order = shape.map((_, d) => (d + seed) % shape.length);
        same(x.permute(order).permute(order.map((_, d) => order.indexOf(d))));
        same(x.flip(dim).flip([dim]));
        same(x.roll(shift, dim).roll(-shift, dim));
        same(x.roll(shift).roll(-shift));
        const pads = shape.flatMap((_, d) => [d, (seed + d) % 3]);
        same(x.pad(pads, NaN).pad(pads.map((n) => -n)));
        same(cat(x.split(2, dim), dim));
        same(cat(x.chunk(3, dim), dim));
        if (shape[dim]! > 0) same(stack(x.unbind(dim), dim));
        same(x.unsqueeze(dim).squeeze(dim));
        same(x.flatten().reshape(shape));
      }),
    );
  });

  it('does what its name says', () => {
    const x = counted(2, 3);
    assert.deepEqual(x.permute([1, 0]).toArray(), [
      [0, 3],
      [1, 4],
      [2, 5],
    ]);
    assert.deepEqual(x.flip(1).toArray(), [
      [2, 1, 0],
      [5, 4, 3],
    ]);
    assert.deepEqual(x.roll(1, 1).toArray(), [
      [2, 0, 1],
      [5, 3, 4],
    ]);
    assert.deepEqual(x.roll(1).toArray(), [
      [5, 0, 1],
      [2, 3, 4],
    ]);
    assert.deepEqual(x.repeat([2, 1]).toArray(), [
      [0, 1, 2],
      [3, 4, 5],
      [0, 1, 2],
      [3, 4, 5],
    ]);
    assert.deepEqual(x.repeat([2, 1, 1]).shape, [2, 2, 3]);
    assert.deepEqual(x.repeatInterleave(2, 0).toArray(), [
      [0, 1, 2],
      [0, 1, 2],
      [3, 4, 5],
      [3, 4, 5],
    ]);
    assert.deepEqual(x.repeatInterleave([0, 2, 1], 1).toArray(), [
      [1, 1, 2],
      [4, 4, 5],
    ]);
    assert.deepEqual(row(x.repeatInterleave(2)), [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    assert.deepEqual(x.pad([1, 0, 0, 1], 9).toArray(), [
      [9, 0, 1, 2],
      [9, 3, 4, 5],
      [9, 9, 9, 9],
    ]);
    assert.deepEqual(x.pad([-1, 1]).toArray(), [
      [1, 2, 0],
      [4, 5, 0],
    ]);
    assert.deepEqual(row(x.pad([1, 0, -1, 0], -Infinity)), [-Infinity, 3, 4, 5]);
    assert.deepEqual(x.select(0, -1).toArray(), [3, 4, 5]);
    assert.deepEqual(x.split([1, 2], 1)[1]!.toArray(), [
      [1, 2],
      [4, 5],
    ]);
    assert.deepEqual(
      counted(7)
        .chunk(3)
        .map((part) => part.shape[0]),
      [3, 3, 1],
    );
    assert.deepEqual(
      counted(5)
        .chunk(4)
        .map((part) => part.shape[0]),
      [2, 2, 1],
    );
    assert.deepEqual(zeros([2, 1, 3, 1]).squeeze().shape, [2, 3]);
    assert.deepEqual(zeros([2, 1, 3, 1]).squeeze([1, 2]).shape, [2, 3, 1]);
    assert.deepEqual(zeros([2, 3, 4]).flatten(1).shape, [2, 12]);
    assert.deepEqual(zeros([2, 3, 4]).flatten(0, 1).shape, [6, 4]);
    assert.deepEqual(zeros([]).flatten().shape, [1]);
    assert.deepEqual(zeros([3, 1]).expand([2, -1, 4]).shape, [2, 3, 4]);
  });

  it('joins different dtypes in the wider one', () => {
    const joined = cat([tensor([1, 2], { dtype: 'int32' }), tensor([0.5])]);
    assert.equal(joined.dtype, 'float32');
    assert.deepEqual(row(joined), [1, 2, 0.5]);
  });

  it('sums the gradients of what is repeated, and leaves out what is cut off', () => {
    const of = (f: (x: Tensor) => Tensor): unknown =>
      grad((x) =>
        f(x)
          .mul(counted(...f(x).shape))
          .sum(),
      )(zeros([2], f64)).toArray();
    // The weights are 0, 1, 2, …
    assert.deepEqual(
      of((x) => x.repeat([2])),
      [0 + 2, 1 + 3],
    );
    assert.deepEqual(
      of((x) => x.repeatInterleave(2)),
      [0 + 1, 2 + 3],
    );
    assert.deepEqual(
      of((x) => x.pad([-1, 2], 7)),
      [0, 0],
    );
    assert.deepEqual(
      of((x) => x.pad([2, -1])),
      [2, 0],
    );
    assert.deepEqual(
      of((x) => x.roll(1, 0)),
      [1, 0],
    );
    assert.deepEqual(
      of((x) => x.expand([3, 2])),
      [0 + 2 + 4, 1 + 3 + 5],
    );
  });

  it('says what is wrong, and with which numbers', () => {
    const x = zeros([2, 3]);
    const fails = (body: () => unknown, text: RegExp): void => assert.throws(body, text);
    fails(() => x.permute([0]), /permute: \[0\] must name each of the 2 dimensions of \[2, 3\] once/);
    fails(() => x.permute([0, 0]), /must name each/);
    fails(() => x.flip(2), /flip: dimension 2 does not exist in a tensor of 2 dimensions/);
    fails(() => x.roll([1, 2], [0]), /roll: needs a whole number for each of dimensions \[0\], not \[1, 2\]/);
    fails(
      () => x.repeat([2]),
      /repeat: \[2\] must be whole numbers, one at least for each of the 2 dimensions of \[2, 3\]/,
    );
    fails(
      () => x.repeatInterleave([1, 2], 1),
      /repeatInterleave: \[1, 2\] must be a whole number, or one for each of the 3/,
    );
    fails(
      () => x.pad([1]),
      /pad: \[1\] on \[2, 3\]: expected two whole numbers for each dimension from the last, at most 4/,
    );
    fails(() => x.pad([-2, -2]), /pad: \[-2, -2\] cuts more from \[2, 3\] than there is/);
    fails(() => x.split([1, 1], 1), /split: parts \[1, 1\] do not make up the 3 elements of dimension 1/);
    fails(() => x.split(0), /split: parts of 0 do not make up the 2 elements of dimension 0/);
    fails(() => x.chunk(0), /chunk: needs a whole number of chunks from 1, not 0/);
    fails(() => x.slice(0, 0.5), /slice: starts and ends are whole numbers, not 0\.5/);
    fails(
      () => x.slice(0, 0, 2, -1),
      /slice: the step must be a whole number from 1, not -1\. To go backwards, use flip/,
    );
    fails(() => x.unsqueeze(4), /unsqueeze: dimension 4 does not exist/);
    fails(() => x.flatten(1, 0), /flatten: dimension 1 comes after dimension 0/);
    fails(() => x.reshape([4, -1]), /reshape: 6 elements of shape \[2, 3\] do not fit \[4, -1\]/);
  });
});
