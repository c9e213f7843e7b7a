import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Tensor, grad, hessian, randn, tensor, zeros } from '../../../engine/library.ts';
import { close, row } from './close.ts';

const f64 = { dtype: 'float64' } as const;
const gradient = (f: (x: Tensor) => Tensor, x: Tensor): number[] => row(grad((t) => f(t).sum())(x));

describe('maxPool2d', () => {
  it('is the largest of each window, for all sizes, strides and paddings', () => {
    const pair = (min: number, max: number) => fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }));
    fc.assert(
      fc.property(pair(3, 6), pair(1, 3), pair(1, 3), pair(0, 1), (size, kernel, stride, pads) => {
        const padding = pads.map((p, a) => Math.min(p, Math.floor(kernel[a]! / 2))) as [number, number];
        const x = randn([2, 1, ...size], { seed: 1, ...f64 });
        const pooled = x.maxPool2d(kernel, { stride, padding });
        const padded = x.pad([padding[1], padding[1], padding[0], padding[0]], -Infinity);
        const [, , rows, columns] = pooled.shape as [number, number, number, number];
        for (let i = 0; i < rows; i++)
          for (let j = 0; j < columns; j++) {
            const window = padded
              .slice(2, i * stride[0], i * stride[0] + kernel[0])
              .slice(3, j * stride[1], j * stride[1] + kernel[1]);
            assert.deepEqual(row(pooled.select(2, i).select(2, j)), row(window.max([2, 3])));
          }
      }),
    );
  });

  it('gives the gradient to the first of equals, row by row, whatever the window', () => {
    const flat = zeros([1, 3, 3], f64);
    assert.deepEqual(
      gradient((x) => x.maxPool2d(2, { stride: 1 }), flat),
      [1, 1, 0, 1, 1, 0, 0, 0, 0],
    );
    assert.deepEqual(
      gradient((x) => x.maxPool2d(3), flat),
      [1, 0, 0, 0, 0, 0, 0, 0, 0],
    );
    assert.deepEqual(
      gradient((x) => x.maxPool2d([2, 3], { stride: 1 }), flat),
      [1, 0, 0, 1, 0, 0, 0, 0, 0],
    );
  });

  it('passes NaN on, also where padding or −∞ is beside it', () => {
    for (const place of [0, 1, 2, 3]) {
      const x = tensor([-Infinity, 5, 5, 7], f64).reshape([1, 2, 2]);
      x.data[place] = NaN;
      assert.deepEqual(row(x.maxPool2d(2)), [NaN], `two by two, place ${place}`);
      assert.ok(row(x.maxPool2d([2, 3], { padding: [0, 1] })).includes(NaN), `padded, place ${place}`);
    }
    assert.deepEqual(row(tensor([[[-Infinity, -Infinity]]]).maxPool2d([1, 2])), [-Infinity]);
  });

  it('has second derivatives: those of Σ max², 2 at the largest and 0 elsewhere', () => {
    const second = hessian((x) => x.maxPool2d([1, 2]).square().sum())(tensor([[[1, 3, 4, 2]]], f64));
    assert.deepEqual(row(second.reshape([4, 4]).sum(0)), [0, 2, 2, 0]);
  });

  it('says when no window fits or padding is too wide', () => {
    assert.throws(() => zeros([1, 2, 2]).maxPool2d(3), /maxPool2d: the window spans 3 along the height, but x has 2/);
    assert.throws(
      () => zeros([1, 4, 4]).maxPool2d(2, { padding: 2 }),
      /padding \[2, 2\] is more than half of the kernel \[2, 2\]/,
    );
    assert.throws(() => zeros([4, 4]).maxPool2d(2), /maxPool2d: x \[4, 4\]: expected \[N, C, H, W\] or \[C, H, W\]/);
    assert.throws(() => zeros([1, 4, 4]).maxPool2d(0), /kernel must be whole numbers from 1, not 0,0/);
  });
});

describe('avgPool2d', () => {
  it('counts padding as zeros, or not at all', () => {
    const x = tensor([[[4, 8]]]);
    const options = { stride: 1, padding: [0, 1] } as const;
    assert.deepEqual(row(x.avgPool2d([1, 2], options)), [2, 6, 4]);
    assert.deepEqual(row(x.avgPool2d([1, 2], { ...options, countIncludePad: false })), [4, 6, 8]);
  });

  it('shares the gradient out evenly', () => {
    const x = zeros([1, 2, 4], f64);
    close(
      gradient((t) => t.avgPool2d(2), x),
      new Array(8).fill(0.25),
      1e-15,
    );
  });
});

describe('upsampleNearest2d', () => {
  it('repeats every element to a block, and sums its gradient', () => {
    const x = tensor([[[1, 2]]], f64);
    assert.deepEqual(x.upsampleNearest2d([2, 3]).toArray(), [
      [
        [1, 1, 1, 2, 2, 2],
        [1, 1, 1, 2, 2, 2],
      ],
    ]);
    assert.deepEqual(
      gradient((t) => t.upsampleNearest2d([2, 3]), x),
      [6, 6],
    );
    assert.throws(() => x.upsampleNearest2d(1.5), /the scale must be whole numbers from 1, not 1\.5/);
  });
});

describe('pooling along one axis', () => {
  it('takes the largest and the mean of windows of a row', () => {
    const x = tensor([[1, 5, 2, 4, 3, 0]], f64);
    assert.deepEqual(row(x.maxPool1d(2)), [5, 4, 3]);
    assert.deepEqual(row(x.unsqueeze(0).maxPool1d([3], { stride: 1, dilation: 2 })), [3, 5]);
    // Windows (·, 1), (5, 2), (4, 3), (0, ·): padding counts, or does not.
    assert.deepEqual(row(x.avgPool1d(2, { padding: 1 })), [0.5, 3.5, 3.5, 0]);
    assert.deepEqual(row(x.avgPool1d(2, { padding: 1, countIncludePad: false })), [1, 3.5, 3.5, 0]);
    assert.deepEqual(x.unsqueeze(0).avgPool1d(3).shape, [1, 1, 2]);
    assert.throws(
      () => x.select(0, 0).maxPool1d(2),
      /^ShapeError: maxPool1d: x \[6\]: expected \[N, C, L\] or \[C, L\]/,
    );
  });
});

describe('a last window that reaches beyond the end', () => {
  it('counts with ceilMode, for what is in it', () => {
    const x = tensor([[[1, 2, 3, 4, 5]]], f64);
    assert.deepEqual(row(x.maxPool2d([1, 2])), [2, 4]);
    assert.deepEqual(row(x.maxPool2d([1, 2], { ceilMode: true })), [2, 4, 5]);
    // What lies beyond x and its padding is no part of the mean.
    assert.deepEqual(row(x.avgPool2d([1, 2], { ceilMode: true })), [1.5, 3.5, 5]);
    // It must begin in x, not in the padding behind it.
    assert.deepEqual(row(x.maxPool2d([1, 2], { stride: [1, 3], padding: [0, 1], ceilMode: true })), [1, 4]);
  });

  it('is none when its steps lead over x', () => {
    assert.throws(
      () => zeros([1, 1, 3]).maxPool2d([1, 2], { padding: [0, 1], dilation: [1, 4] }),
      /^ShapeError: maxPool2d: with dilation \[1, 4\] a window would lie in the padding alone/,
    );
  });
});

describe('adaptiveAvgPool2d', () => {
  it('makes as many means as asked for, of windows that may overlap', () => {
    const x = tensor([[[1, 2, 3, 4, 5]]], f64);
    close(row(x.adaptiveAvgPool2d([1, 1])), [3], 1e-15);
    // ⌊i·5/2⌋ up to ⌈(i + 1)·5/2⌉: 0–3 and 2–5.
    close(row(x.adaptiveAvgPool2d([1, 2])), [2, 4], 1e-15);
    close(row(x.adaptiveAvgPool2d([1, 7])), [1, 1.5, 2.5, 3, 3.5, 4.5, 5], 1e-15);
    assert.throws(() => x.adaptiveAvgPool2d(0), /^ShapeError: adaptiveAvgPool2d: .* from 1, not 0/);
  });
});
