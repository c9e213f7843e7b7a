import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  ShapeError,
  type Tensor,
  conv1d,
  conv2d,
  convTranspose2d,
  grad,
  hessian,
  param,
  randn,
  tensor,
  zeros,
} from '../../../engine/library.ts';
import { close, row } from './close.ts';

const f64 = { dtype: 'float64' } as const;
type Pair = [number, number];
interface Case {
  readonly images: number;
  readonly inner: number;
  readonly outer: number;
  readonly groups: number;
  readonly size: Pair;
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Pair;
  readonly dilation: Pair;
}

const from = (min: number, max: number) => fc.integer({ min, max });
const pair = (min: number, max: number) => fc.tuple(from(min, max), from(min, max));
/** Small convolutions of every kind that have at least one window. */
const cases = fc
  .record({
    images: from(1, 3),
    inner: from(1, 2),
    outer: from(1, 2),
    groups: from(1, 3),
    size: pair(1, 6),
    kernel: pair(1, 3),
    stride: pair(1, 3),
    padding: pair(0, 3),
    dilation: pair(1, 2),
  })
  .filter(({ size, kernel, padding, dilation }) =>
    [0, 1].every((axis) => dilation[axis]! * (kernel[axis]! - 1) + 1 <= size[axis]! + 2 * padding[axis]!),
  );

const tensors = ({ images, inner, outer, groups, size, kernel }: Case): [x: Tensor, w: Tensor] => [
  randn([images, inner * groups, ...size], { seed: 3, ...f64 }),
  randn([outer * groups, inner, ...kernel], { seed: 4, ...f64 }),
];

/** The definition, one number at a time: y[n,o,i,j] = Σ x[n, c, i·s − p + k·d, …] · w[o, c, k, …] over the channels of o's group. */
function defined(x: Tensor, w: Tensor, { inner, outer, size, kernel, stride, padding, dilation }: Case): number[] {
  const out = [0, 1].map((a) =>
    Math.floor((size[a]! + 2 * padding[a]! - dilation[a]! * (kernel[a]! - 1) - 1) / stride[a]! + 1),
  );
  const [images, channels] = x.shape as [number, number];
  const y: number[] = [];
  for (let n = 0; n < images; n++)
    for (let o = 0; o < w.shape[0]!; o++)
      for (let i = 0; i < out[0]!; i++)
        for (let j = 0; j < out[1]!; j++) {
          let sum = 0;
          for (let c = 0; c < inner; c++)
            for (let k = 0; k < kernel[0]; k++)
              for (let l = 0; l < kernel[1]; l++) {
                const [r, s] = [
                  i * stride[0] - padding[0] + k * dilation[0],
                  j * stride[1] - padding[1] + l * dilation[1],
                ];
                if (r < 0 || s < 0 || r >= size[0] || s >= size[1]) continue;
                const channel = Math.floor(o / outer) * inner + c;
                sum +=
                  x.data[((n * channels + channel) * size[0] + r) * size[1] + s]! *
                  w.data[((o * inner + c) * kernel[0] + k) * kernel[1] + l]!;
              }
          y.push(sum);
        }
  return y;
}

/** A case as options. */
const placing = ({ stride, padding, dilation, groups }: Case): Omit<Case, 'images'> | object => ({
  stride,
  padding,
  dilation,
  groups,
});

describe('conv2d', () => {
  it('is its definition, for all strides, paddings, dilations and groups', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const [x, w] = tensors(one);
        close(conv2d(x, w, null, placing(one)).data, defined(x, w, one), 1e-12);
      }),
    );
  });

  it('in float32 is within rounding of float64, forward and backward', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const [x, w] = tensors(one);
        const [x32, w32] = [x, w].map((t) => tensor(t, { dtype: 'float32' })) as [Tensor, Tensor];
        const loss = (a: Tensor, b: Tensor): Tensor => conv2d(a, b, null, placing(one)).sin().sum();
        for (const argument of [0, 1])
          close(grad(loss, { argument })(x32, w32).data, grad(loss, { argument })(x, w).data, 1e-4);
      }),
      { numRuns: 50 },
    );
  });

  it('and convTranspose2d are transposes: Σ y ⊙ conv(x) = Σ x ⊙ convᵀ(y)', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const [x, w] = tensors(one);
        const forward = conv2d(x, w, null, placing(one));
        const y = randn(forward.shape, { seed: 5, ...f64 });
        const outputPadding = [0, 1].map(
          (a) => (one.size[a]! + 2 * one.padding[a]! - one.dilation[a]! * (one.kernel[a]! - 1) - 1) % one.stride[a]!,
        ) as Pair;
        const back = convTranspose2d(y, w, null, { ...placing(one), outputPadding });
        assert.deepEqual(back.shape, x.shape);
        close([y.mul(forward).sum().item()], [x.mul(back).sum().item()], 1e-10);
      }),
    );
  });

  it('takes a large batch in stretches, with the same result as image by image', () => {
    const x = randn([7, 3, 40, 40], { seed: 1, ...f64 });
    const w = randn([4, 3, 5, 5], { seed: 2, ...f64 });
    const loss = (a: Tensor, b: Tensor): Tensor => conv2d(a, b, null, { padding: 2 }).square().sum();
    const whole = grad(loss, { argument: 1 })(x, w);
    const parts = x.split(1).map((image) => grad(loss, { argument: 1 })(image, w));
    close(whole.data, parts.reduce((a, b) => a.add(b)).data, 1e-9);
    const back = grad(loss)(x, w);
    x.split(1).forEach((image, n) => close(back.slice(0, n, n + 1).data, grad(loss)(image, w).data, 1e-9));
  });

  it('has second derivatives: those of Σ conv(x, w)² in x are 2·AᵀA for the matrix A of the convolution', () => {
    const w = tensor([[[[1, 2]]]], f64);
    // y₀ = x₀ + 2x₁, y₁ = x₁ + 2x₂.
    const second = hessian((x) => conv2d(x, w).square().sum())(tensor([[[[3, 1, 4]]]], f64));
    assert.deepEqual(second.reshape([3, 3]).toArray(), [
      [2, 4, 0],
      [4, 10, 4],
      [0, 4, 8],
    ]);
  });

  it('adds the bias of each filter', () => {
    const y = conv2d(zeros([1, 1, 2, 2]), zeros([2, 1, 1, 1]), [1, 2]);
    assert.deepEqual(y.toArray(), [
      [
        [
          [1, 1],
          [1, 1],
        ],
        [
          [2, 2],
          [2, 2],
        ],
      ],
    ]);
  });

  it('says what does not go together, and what would', () => {
    const fails = (body: () => unknown, ...texts: RegExp[]): void =>
      assert.throws(body, (error: Error) => {
        assert.ok(error instanceof ShapeError, String(error));
        for (const text of texts) assert.match(error.message, text);
        return true;
      });
    const [x, w] = [zeros([2, 3, 8, 8]), zeros([4, 3, 3, 3])];
    fails(() => conv2d(zeros([8, 8]), w), /conv2d: x \[8, 8\] and w \[4, 3, 3, 3\]: expected x \[N, C, H, W\]/);
    fails(() => conv2d(x, w, null, { padding: 'same', stride: 2 }), /padding 'same' needs a stride of 1, not \[2, 2\]/);
    assert.throws(() => conv2d(x, w, null, { padding: 'full' as never }), {
      name: 'ArgumentError',
      message: /^conv2d: padding is 'same', 'valid', a number or two, not the text 'full'/,
    });
    fails(() => conv2d(zeros([2, 5, 8, 8]), w), /w is for 3 channels, x has 5/);
    fails(() => conv2d(x, w, null, { groups: 3 }), /4 filters do not divide into 3 groups/);
    fails(() => conv2d(zeros([2, 3, 2, 8]), w), /spans 3 along the height, but x has 2/);
    fails(() => conv2d(x, w, null, { dilation: [1, 5], padding: 1 }), /spans 11 along the width, but x has 8 and 2 of/);
    fails(() => conv2d(x, w, null, { stride: 0 }), /stride must be whole numbers from 1, not 0/);
    fails(() => conv2d(x, w, null, { padding: [1, 0.5] }), /padding must be whole numbers from 0/);
    fails(() => conv2d(x, w, zeros([3])), /the bias has shape \[3\], but there are 4 filters/);
    fails(() => conv1d(x, w), /conv1d: .* expected x \[N, C, L\]/);
    fails(() => convTranspose2d(x, w), /convTranspose2d: x \[2, 3, 8, 8\] and w \[4, 3, 3, 3\]/);
    fails(
      () => convTranspose2d(zeros([1, 4, 2, 2]), w, null, { outputPadding: 1 }),
      /below the stride or the dilation, which are 1 and 1/,
    );
    fails(() => convTranspose2d(zeros([1, 4, 1, 1]), w, null, { padding: 2 }), /padding \[2, 2\] leaves nothing/);
  });
});

describe('conv1d', () => {
  it('slides a filter along a line', () => {
    // By hand: 1·1 − 1·2, 2 − 4, 4 − 8 with stride 1, and the ends alone with padding.
    const x = tensor([[[1, 2, 4, 8]]]);
    assert.deepEqual(row(conv1d(x, [[[1, -1]]])), [-1, -2, -4]);
    assert.deepEqual(row(conv1d(x, [[[1, -1]]], [10], { padding: 1, stride: 2 })), [9, 8, 18]);
    assert.deepEqual(row(conv1d(x, [[[1, -1]]], null, { dilation: 3 })), [-7]);
    assert.deepEqual(row(conv1d(x, [[[1, -1]]], null, { stride: [2], padding: [1] })), [-1, -2, 8]);
  });

  it('keeps the length with padding same: of an odd number of zeros the larger half is behind', () => {
    const x = tensor([[1, 2, 4, 8]]);
    // One zero behind, as in PyTorch.
    assert.deepEqual(row(conv1d(x, [[[1, -1]]], null, { padding: 'same' })), [-1, -2, -4, 8]);
    assert.deepEqual(conv1d(x, [[[1, 0, 0]]], null, { padding: 'same', dilation: 2 }).toArray(), [[0, 0, 1, 2]]);
    assert.deepEqual(conv1d(x, [[[1, -1]]], null, { padding: 'valid' }).shape, [1, 3]);
  });
});

describe('convTranspose2d', () => {
  it('lays a filter down at every element, `stride` apart', () => {
    const y = convTranspose2d([[[[1, 2]]]], [[[[10, 1, 5]]]], null, { stride: [1, 2] });
    assert.deepEqual(y.toArray(), [[[[10, 1, 5 + 20, 2, 10]]]]);
    const wider = convTranspose2d([[[[1, 2]]]], [[[[10, 1, 5]]]], [1], { stride: [1, 2], outputPadding: [0, 1] });
    assert.deepEqual(wider.toArray(), [[[[11, 2, 26, 3, 11, 1]]]]);
  });

  it('has more at the end than the stride leaves open where filters are wider apart, as in PyTorch', () => {
    // By hand: x = 1, 2 lays w = 10, 1 down two apart: 10, 20, 1, 2; a margin of 1 at the end is what no filter reaches.
    const [x, w] = [param([[[[1, 2]]]]), param([[[[10, 1]]]])];
    const y = convTranspose2d(x, w, [100], { dilation: [1, 2], outputPadding: [0, 1] });
    assert.deepEqual(y.toArray(), [[[[110, 120, 101, 102, 100]]]]);
    // With padding, the margin shows what was cut off before it.
    const options = { dilation: [1, 3], padding: [0, 1], outputPadding: [0, 2] } as const;
    const padded = convTranspose2d(x, w, null, options); // 10, 20, 0, 1, 2 → 20, 0, 1, 2 and one 0
    assert.deepEqual(padded.toArray(), [[[[20, 0, 1, 2, 0]]]]);
    padded
      .mul([[[[1, 10, 100, 1000, 10000]]]])
      .sum()
      .backward();
    // ∂/∂x₂ = 10·1 + 1·1000, ∂/∂x₁ = 1·100; ∂/∂w₁ = 2·1, ∂/∂w₂ = 1·100 + 2·1000.
    assert.deepEqual(x.grad!.toArray(), [[[[100, 1010]]]]);
    assert.deepEqual(w.grad!.toArray(), [[[[2, 2100]]]]);
    assert.throws(() => convTranspose2d(x, w, null, { dilation: [1, 3], outputPadding: [0, 3] }), /are 1 and 3/);
  });
});
