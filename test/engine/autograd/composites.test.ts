import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as rg from '../../../engine/library.ts';
import type { Shape } from '../../../engine/tensor/shape.ts';

type Tensor = rg.Tensor;
const f64 = { dtype: 'float64' } as const;

interface Pair {
  readonly shapes: readonly Shape[];
  readonly whole: (...xs: readonly Tensor[]) => Tensor;
  /** The same from its definition, by other functions of the library. */
  readonly parts: (...xs: readonly Tensor[]) => Tensor;
}

const target = rg.tensor([2, 0, 1, 2], { dtype: 'int32' });
const hot = rg.oneHot(target, 3, f64);
const square = (x: Tensor): Tensor => x.mul(x);
const standardised = (x: Tensor, dims: readonly number[], eps = 1e-5): Tensor => {
  const away = x.sub(x.mean(dims, true));
  return away.div(square(away).mean(dims, true).add(eps).sqrt());
};
const onChannels = (w: Tensor): Tensor => w.reshape([-1, 1]);

const pairs: Readonly<Record<string, Pair>> = {
  softmax: { shapes: [[2, 3]], whole: (x) => x.softmax(1), parts: (x) => x.exp().div(x.exp().sum(1, true)) },
  logSoftmax: { shapes: [[2, 3]], whole: (x) => x.logSoftmax(0), parts: (x) => x.softmax(0).log() },
  logsumexp: { shapes: [[2, 3]], whole: (x) => x.logsumexp(1), parts: (x) => x.exp().sum(1).log() },
  crossEntropy: {
    shapes: [[4, 3]],
    whole: (x) => rg.crossEntropy(x, target, { labelSmoothing: 0.1 }),
    parts: (x) =>
      hot
        .mul(0.9)
        .add(0.1 / 3)
        .mul(x.softmax(1).log())
        .sum(1)
        .neg()
        .mean(),
  },
  'crossEntropy with probabilities': {
    shapes: [
      [4, 3],
      [4, 3],
    ],
    whole: (x, y) => rg.crossEntropy(x, y.softmax(1), { reduction: 'sum' }),
    parts: (x, y) => y.softmax(1).mul(x.logSoftmax(1)).sum().neg(),
  },
  nllLoss: {
    shapes: [[4, 3]],
    whole: (x) => rg.nllLoss(x, target),
    parts: (x) => x.gather(1, target.unsqueeze(1)).mean().neg(),
  },
  mseLoss: {
    shapes: [
      [2, 3],
      [2, 3],
    ],
    whole: (x, y) => rg.mseLoss(x, y),
    parts: (x, y) => square(x.sub(y)).sum().div(6),
  },
  l1Loss: {
    shapes: [
      [2, 3],
      [2, 3],
    ],
    whole: (x, y) => rg.l1Loss(x, y),
    parts: (x, y) => x.sub(y).abs().sum().div(6),
  },
  huberLoss: {
    shapes: [
      [2, 3],
      [2, 3],
    ],
    whole: (x, y) => rg.huberLoss(x, y, { delta: 0.7 }),
    parts: (x, y) => rg.smoothL1Loss(x, y, { beta: 0.7 }).mul(0.7),
  },
  bceWithLogits: {
    shapes: [
      [2, 3],
      [2, 3],
    ],
    whole: (x, y) => rg.bceWithLogits(x, y.sigmoid()),
    parts: (x, y) => rg.bce(x.sigmoid(), y.sigmoid()),
  },
  klDiv: {
    shapes: [
      [2, 3],
      [2, 3],
    ],
    whole: (x, y) => rg.klDiv(x.logSoftmax(1), y.softmax(1), { reduction: 'batchmean' }),
    parts: (x, y) =>
      y
        .softmax(1)
        .mul(y.logSoftmax(1).sub(x.logSoftmax(1)))
        .sum()
        .div(2),
  },
  linear: {
    shapes: [[2, 3], [4, 3], [4]],
    whole: (x, w, b) => rg.linear(x, w, b),
    parts: (x, w, b) => rg.einsum('ni,oi->no', x, w).add(b),
  },
  outer: { shapes: [[2], [3]], whole: (x, y) => x.outer(y), parts: (x, y) => x.unsqueeze(1).matmul(y.unsqueeze(0)) },
  layerNorm: {
    shapes: [[2, 3, 4], [4], [4]],
    whole: (x, w, b) => rg.layerNorm(x, [4], w, b),
    parts: (x, w, b) => standardised(x, [2]).mul(w).add(b),
  },
  batchNorm: {
    shapes: [[4, 2, 3], [2], [2]],
    whole: (x, w, b) => rg.batchNorm(x, w, b),
    parts: (x, w, b) => standardised(x, [0, 2]).mul(onChannels(w)).add(onChannels(b)),
  },
  groupNorm: {
    shapes: [[2, 4, 3], [4], [4]],
    whole: (x, w, b) => rg.groupNorm(x, 2, w, b),
    parts: (x, w, b) => {
      const normal = standardised(x.reshape(2, 2, 2, 3), [2, 3]).reshape(2, 4, 3);
      return normal.mul(onChannels(w)).add(onChannels(b));
    },
  },
  normalize: { shapes: [[2, 3]], whole: (x) => x.normalize(), parts: (x) => x.div(square(x).sum(1, true).sqrt()) },
  cosineSimilarity: {
    shapes: [
      [2, 3],
      [2, 3],
    ],
    whole: (x, y) => rg.cosineSimilarity(x, y),
    parts: (x, y) =>
      x
        .mul(y)
        .sum(1)
        .div(square(x).sum(1).mul(square(y).sum(1)).sqrt()),
  },
  variance: {
    shapes: [[2, 4]],
    whole: (x) => x.variance(1),
    parts: (x) =>
      square(x.sub(x.mean(1, true)))
        .sum(1)
        .div(3),
  },
  conv1d: {
    shapes: [
      [1, 1, 5],
      [1, 1, 3],
    ],
    whole: (x, w) => rg.conv1d(x, w),
    parts: (x, w) =>
      rg
        .stack(
          [0, 1, 2].map((i) =>
            x
              .slice(2, i, i + 3)
              .mul(w)
              .sum(),
          ),
        )
        .reshape(1, 1, 3),
  },
  conv2d: {
    shapes: [[1, 2, 3, 3], [2, 2, 2, 2], [2]],
    whole: (x, w, b) => rg.conv2d(x, w, b),
    parts: (x, w, b) => {
      const window = (i: number, j: number): Tensor =>
        x
          .slice(2, i, i + 2)
          .slice(3, j, j + 2)
          .reshape(1, -1);
      const rows = rg.cat([window(0, 0), window(0, 1), window(1, 0), window(1, 1)], 0);
      return rows.matmul(w.reshape(2, -1).T).add(b).T.reshape(1, 2, 2, 2);
    },
  },
  'maxPool2d of whole pictures': {
    shapes: [[2, 1, 2, 3]],
    whole: (x) => x.maxPool2d([2, 3]),
    parts: (x) => x.max([2, 3], true),
  },
  'avgPool2d of whole pictures': {
    shapes: [[2, 1, 2, 3]],
    whole: (x) => x.avgPool2d([2, 3]),
    parts: (x) => x.mean([2, 3], true),
  },
  einsum: {
    shapes: [
      [2, 3, 2],
      [2, 2, 3],
    ],
    whole: (x, y) => rg.einsum('bij,bjk->bik', x, y),
    parts: (x, y) => x.bmm(y),
  },
  index: {
    shapes: [[4, 3]],
    whole: (x) => x.index([[3, 0, 3]]),
    parts: (x) => rg.stack([3, 0, 3].map((i) => x.select(0, i))),
  },
  sort: {
    shapes: [[2, 4]],
    whole: (x) => x.sort(1).values,
    parts: (x) => x.topk(4, { dim: 1, largest: false }).values,
  },
  scatterAdd: {
    shapes: [[3], [3]],
    whole: (x, y) => x.scatterAdd(0, [0, 0, 2], y),
    parts: (x, y) => x.add(rg.oneHot([0, 0, 2], 3, f64).T.matmul(y)),
  },
  embedding: { shapes: [[3, 2]], whole: (x) => rg.embedding(x, target), parts: (x) => hot.matmul(x) },
};

describe('what is made of parts', () => {
  for (const [name, { shapes, whole, parts }] of Object.entries(pairs)) {
    it(`has the values and gradients of its parts: ${name}`, () => {
      fc.assert(
        fc.property(fc.nat(1000), (seed) => {
          const xs = shapes.map((shape, k) => rg.randn(shape, { seed: 10 * seed + k, ...f64 }));
          const [one, other] = [whole(...xs), parts(...xs)];
          assert.deepEqual(one.shape, other.shape);
          near(one, other);
          // Every element counts differently, so that no mistake is made up for by another.
          const weights = rg.randn(one.shape, { seed: seed + 7, ...f64 });
          shapes.forEach((_, argument) => {
            const [by, of] = [whole, parts].map((f) =>
              rg.grad(
                (...ys) =>
                  f(...ys)
                    .mul(weights)
                    .sum(),
                { argument },
              )(...xs),
            );
            near(by!, of!);
          });
        }),
        { seed: 5, numRuns: 15 },
      );
    });
  }
});

function near(actual: Tensor, expected: Tensor): void {
  const scale = Array.from(expected.data).reduce((most, x) => Math.max(most, Math.abs(x)), 1);
  expected.data.forEach((x, i) =>
    assert.ok(Math.abs(x - actual.data[i]!) <= 1e-9 * scale, `[${i}]: ${actual.data[i]}, not ${x}`),
  );
}
