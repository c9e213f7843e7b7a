import assert from 'node:assert/strict';
import { ShapeError, type Tensor, layerNorm, nn, param, randn, tensor } from '../../../engine/library.ts';
import { checkGradients, close } from './layer-check.ts';

const f64 = { dtype: 'float64' } as const;
type Matrix = number[][];

const times = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => b[0]!.map((_, j) => row.reduce((sum, x, k) => sum + x * b[k]![j]!, 0)));
const transposed = (a: Matrix): Matrix => a[0]!.map((_, j) => a.map((row) => row[j]!));
const softmaxRows = (a: Matrix): Matrix =>
  a.map((row) => {
    const grown = row.map((x) => Math.exp(x));
    const sum = grown.reduce((total, x) => total + x, 0);
    return grown.map((x) => x / sum);
  });
const matrix = (x: Tensor): Matrix => x.toArray() as Matrix;

/** PyTorch's documented formula for one sequence, in plain numbers. @returns output and the weights of each head. */
function attended(
  layer: nn.MultiheadAttention,
  [query, key, value]: readonly [Matrix, Matrix, Matrix],
  added: Matrix | null = null,
): { output: Matrix; weights: Matrix[] } {
  const size = layer.embedDim;
  const d = size / layer.numHeads;
  const projected = [query, key, value].map((x, i) =>
    times(x, transposed(matrix(layer.inProjWeight).slice(i * size, (i + 1) * size))).map((row) =>
      row.map((y, c) => y + layer.inProjBias!.data[i * size + c]!),
    ),
  ) as [Matrix, Matrix, Matrix];
  const heads = Array.from({ length: layer.numHeads }, (_, head) => {
    const [q, k, v] = projected.map((x) => x.map((row) => row.slice(head * d, (head + 1) * d))) as [
      Matrix,
      Matrix,
      Matrix,
    ];
    const scores = times(q, transposed(k)).map((row, i) => row.map((s, j) => s / Math.sqrt(d) + (added?.[i]![j] ?? 0)));
    const weights = softmaxRows(scores);
    return { weights, values: times(weights, v) };
  });
  const joined = query.map((_, i) => heads.flatMap(({ values }) => values[i]!));
  const output = times(joined, transposed(matrix(layer.outProj.weight))).map((row) =>
    row.map((y, c) => y + layer.outProj.bias!.data[c]!),
  );
  return { output, weights: heads.map(({ weights }) => weights) };
}

function attention(): nn.MultiheadAttention {
  const layer = new nn.MultiheadAttention(6, 2, { seed: 3, ...f64 });
  // Biases start from 0: others show where they go.
  nn.init.normal(layer.inProjBias!, { seed: 4 });
  nn.init.normal(layer.outProj.bias!, { seed: 5 });
  return layer;
}

const x = randn([4, 6], { seed: 1, ...f64 });
const y = randn([5, 6], { seed: 2, ...f64 });
const z = randn([5, 6], { seed: 3, ...f64 });
const mean = (weights: Matrix[]): number[] =>
  weights[0]!.flatMap((row, i) => row.map((_, j) => weights.reduce((sum, w) => sum + w[i]![j]!, 0) / weights.length));

describe('MultiheadAttention', () => {
  it('attends to itself as the formula says', () => {
    const layer = attention();
    const [output, weights] = layer.forward(x);
    const expected = attended(layer, [matrix(x), matrix(x), matrix(x)]);
    close(output.data, expected.output.flat());
    close(weights.data, mean(expected.weights));
    assert.deepEqual(
      [output.shape, weights.shape],
      [
        [4, 6],
        [4, 4],
      ],
    );
  });

  it('attends to other keys and values, in batches', () => {
    const layer = attention();
    const batch = (a: Tensor): Tensor => a.unsqueeze(0).expand([2, ...a.shape]);
    const [output, weights] = layer.forward(batch(x), batch(y), batch(z), { averageAttnWeights: false });
    const expected = attended(layer, [matrix(x), matrix(y), matrix(z)]);
    assert.deepEqual(
      [output.shape, weights.shape],
      [
        [2, 4, 6],
        [2, 2, 4, 5],
      ],
    );
    close(output.data.slice(24), expected.output.flat());
    close(weights.data.slice(40), expected.weights.flat(2));
    // Values default to the keys.
    close(layer.forward(x, y)[0].data, attended(layer, [matrix(x), matrix(y), matrix(y)]).output.flat());
  });

  it('sees nothing that a mask hides', () => {
    const layer = attention();
    const hidden = nn.causalMask(4);
    assert.deepEqual(hidden.toArray(), [
      [0, 1, 1, 1],
      [0, 0, 1, 1],
      [0, 0, 0, 1],
      [0, 0, 0, 0],
    ]);
    const [output, weights] = layer.forward(x, x, x, { attnMask: hidden });
    const added = (hidden.toArray() as Matrix).map((row) => row.map((at) => (at ? -Infinity : 0)));
    const expected = attended(layer, [matrix(x), matrix(x), matrix(x)], added);
    close(output.data, expected.output.flat());
    close(weights.data, mean(expected.weights));
  });

  it('takes masks of booleans, of numbers to be added, for each head and of padding', () => {
    const layer = attention();
    const [plain] = layer.forward(x, y, z, { attnMask: [[false, true, false, false, true]] });
    const added = Array.from({ length: 4 }, () => [0, -Infinity, 0, 0, -Infinity]);
    close(plain.data, layer.forward(x, y, z, { attnMask: added })[0].data);
    close(plain.data, attended(layer, [matrix(x), matrix(y), matrix(z)], added).output.flat());
    close(plain.data, layer.forward(x, y, z, { keyPaddingMask: [false, true, false, false, true] })[0].data);
    const soft = Array.from({ length: 4 }, (_, i) => [i, 0.5, -1, 0, 2]);
    close(
      layer.forward(x, y, z, { attnMask: soft })[0].data,
      attended(layer, [matrix(x), matrix(y), matrix(z)], soft).output.flat(),
    );
    const perHead = tensor([soft, added], f64);
    const [, weights] = layer.forward(x, y, z, { attnMask: perHead, averageAttnWeights: false });
    close(weights.data.slice(0, 20), attended(layer, [matrix(x), matrix(y), matrix(z)], soft).weights[0]!.flat());
    close(weights.data.slice(20), attended(layer, [matrix(x), matrix(y), matrix(z)], added).weights[1]!.flat());
  });

  it('keeps gradients finite under a mask', () => {
    const layer = attention();
    const q = param(x, f64);
    layer
      .forward(q, q, q, { attnMask: nn.causalMask(4) })[0]
      .sum()
      .backward();
    assert.ok(q.grad!.data.every(Number.isFinite));
    assert.ok(layer.inProjWeight.grad!.data.every(Number.isFinite));
  });

  it('starts as PyTorch’s: Xavier for the three projections, no biases', () => {
    const layer = new nn.MultiheadAttention(32, 4, { seed: 1 });
    const largest = ({ data }: Tensor): number => Math.max(...Array.from(data, Math.abs));
    const bound = Math.sqrt(6 / (4 * 32));
    assert.ok(largest(layer.inProjWeight) <= bound && largest(layer.inProjWeight) > 0.99 * bound);
    assert.ok(largest(layer.outProj.weight) <= 1 / Math.sqrt(32) && largest(layer.outProj.weight) > 0.17);
    assert.deepEqual([largest(layer.inProjBias!), largest(layer.outProj.bias!)], [0, 0]);
    assert.deepEqual(
      layer.namedParameters().map(([name]) => name),
      ['inProjWeight', 'inProjBias', 'outProj.weight', 'outProj.bias'],
    );
    assert.equal(new nn.MultiheadAttention(4, 2, { bias: false }).parameters().length, 2);
  });

  it('drops weights while training', () => {
    const layer = new nn.MultiheadAttention(6, 2, { dropout: 0.5, seed: 1, ...f64 });
    const zeros = (): number =>
      layer.forward(x, x, x, { averageAttnWeights: false })[1].data.filter((w) => w === 0).length;
    assert.ok(zeros() > 0);
    layer.eval();
    assert.equal(zeros(), 0);
    assert.equal(layer.forward(x, x, x, { needWeights: false })[1], null);
  });

  it('says what does not go together', () => {
    const layer = attention();
    assert.throws(() => new nn.MultiheadAttention(6, 4), /4 heads do not divide embedDim 6/);
    const refused = (run: () => unknown, message: RegExp): void =>
      assert.throws(run, (error: Error) => error instanceof ShapeError && message.test(error.message));
    refused(() => layer.forward(randn([4, 5])), /query \[4, 5\].*expected \[N, L, 6\]/);
    refused(() => layer.forward(x, y, x), /key \[5, 6\], value \[4, 6\]/);
    refused(() => layer.forward(x, y, z, { attnMask: nn.causalMask(4) }), /attnMask \[4, 4\] does not fit/);
    refused(() => layer.forward(x, y, z, { keyPaddingMask: [true, false] }), /expected \[N, S\], which is \[1, 5\]/);
  });

  it('has the gradients of central differences', () => {
    const layer = attention();
    checkGradients(layer, [[1, 3, 6]], (s) => layer.forward(s)[0]);
    checkGradients(
      layer,
      [
        [2, 6],
        [3, 6],
        [3, 6],
      ],
      (q, k, v) => {
        const [output, weights] = layer.forward(q, k, v, { attnMask: [[false, true, false]] });
        return output.sum().add(weights.square().sum());
      },
    );
  });
});

describe('TransformerEncoderLayer', () => {
  const options = { dimFeedforward: 8, seed: 2, ...f64 };
  const source = randn([2, 4, 6], { seed: 9, ...f64 });

  it('normalises after each part, or before it', () => {
    const after = new nn.TransformerEncoderLayer(6, 2, options).eval();
    const norm = (s: Tensor): Tensor => layerNorm(s, 6);
    const forward = (layer: nn.TransformerEncoderLayer, s: Tensor): Tensor =>
      layer.linear2.forward(layer.activation(layer.linear1.forward(s)));
    const first = norm(source.add(after.selfAttn.forward(source)[0]));
    close(after.forward(source).data, norm(first.add(forward(after, first))).data);

    const before = new nn.TransformerEncoderLayer(6, 2, { normFirst: true, activation: 'gelu', ...options }).eval();
    const second = source.add(before.selfAttn.forward(norm(source))[0]);
    close(before.forward(source).data, second.add(forward(before, norm(second))).data);
    assert.notDeepEqual(
      before.linear1.forward(source).relu().toArray(),
      before.activation(before.linear1.forward(source)).toArray(),
    );
  });

  it('lets no place see what comes after it under a causal mask', () => {
    const layer = new nn.TransformerEncoderLayer(6, 2, options).eval();
    const masks = { srcMask: nn.causalMask(4) };
    const whole = layer.forward(source, masks);
    const start = layer.forward(source.slice(1, 0, 2), { srcMask: nn.causalMask(2) });
    close(whole.slice(1, 0, 2).data, start.data);
    const padded = layer.forward(source, {
      srcKeyPaddingMask: [
        [false, false, true, true],
        [false, false, true, true],
      ],
    });
    close(padded.slice(1, 0, 2).data, layer.forward(source.slice(1, 0, 2)).data);
  });

  it('names its parts as PyTorch does', () => {
    const layer = new nn.TransformerEncoderLayer(4, 2, { dimFeedforward: 3 });
    assert.deepEqual(
      layer.namedParameters().map(([name]) => name),
      [
        'selfAttn.inProjWeight',
        'selfAttn.inProjBias',
        'selfAttn.outProj.weight',
        'selfAttn.outProj.bias',
        'linear1.weight',
        'linear1.bias',
        'linear2.weight',
        'linear2.bias',
        'norm1.weight',
        'norm1.bias',
        'norm2.weight',
        'norm2.bias',
      ],
    );
  });

  it('is the same for the same seed, and drops out while training', () => {
    const [a, b] = [new nn.TransformerEncoderLayer(6, 2, options), new nn.TransformerEncoderLayer(6, 2, options)];
    const first = a.forward(source).toArray();
    assert.deepEqual(first, b.forward(source).toArray());
    assert.notDeepEqual(first, a.forward(source).toArray());
    assert.deepEqual(a.eval().forward(source).toArray(), a.forward(source).toArray());
  });

  it('has the gradients of central differences', () => {
    for (const normFirst of [false, true]) {
      const layer = new nn.TransformerEncoderLayer(4, 2, {
        dimFeedforward: 3,
        normFirst,
        activation: 'gelu',
        dropout: 0,
        seed: 6,
        ...f64,
      });
      checkGradients(layer, [[1, 3, 4]], (s) => layer.forward(s, { srcMask: nn.causalMask(3) }));
    }
  });
});
