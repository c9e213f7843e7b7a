import assert from 'node:assert/strict';
import { ShapeError, type Tensor, nn, ones, randn, setDefaultDtype, tensor } from '../../../engine/library.ts';
import { checkGradients, close } from './layer-check.ts';

const f64 = { dtype: 'float64' } as const;
const largest = ({ data }: Tensor): number => Math.max(...Array.from(data, Math.abs));
const fill = (parameter: Tensor | null, numbers: ArrayLike<number>): void => parameter!.data.set(numbers);

describe('Linear', () => {
  it('multiplies by the transposed weight and adds the bias', () => {
    const layer = new nn.Linear(2, 3, f64);
    fill(layer.weight, [1, 2, 3, 4, 5, 6]);
    fill(layer.bias, [0.5, -1, 0]);
    // [1·1 + 2·10, 3·1 + 4·10, 5·1 + 6·10] and the bias.
    assert.deepEqual(layer.forward([1, 10]).toArray(), [21.5, 42, 65]);
    assert.deepEqual(layer.forward(ones([4, 5, 2], f64)).shape, [4, 5, 3]);
  });

  it('starts within 1/√in, from its seed', () => {
    const layer = new nn.Linear(100, 50, { seed: 1 });
    for (const parameter of layer.parameters()) assert.ok(largest(parameter) <= 0.1 && largest(parameter) > 0.09);
    assert.deepEqual(layer.weight.toArray(), new nn.Linear(100, 50, { seed: 1 }).weight.toArray());
    assert.notDeepEqual(layer.weight.toArray(), new nn.Linear(100, 50, { seed: 2 }).weight.toArray());
    // Neighbouring seeds, and the parts of one layer, share no numbers.
    const numbers = [...layer.parameters(), ...new nn.Linear(100, 50, { seed: 2 }).parameters()].flatMap(({ data }) =>
      Array.from(data.subarray(0, 50)),
    );
    assert.equal(new Set(numbers).size, numbers.length);
  });

  it('differs from layer to layer without a seed', () => {
    assert.notDeepEqual(new nn.Linear(3, 3).weight.toArray(), new nn.Linear(3, 3).weight.toArray());
  });

  it('has the default dtype, or its own', () => {
    assert.equal(new nn.Linear(2, 2).weight.dtype, 'float32');
    assert.equal(new nn.Linear(2, 2, f64).bias!.dtype, 'float64');
    setDefaultDtype('float64');
    try {
      assert.equal(new nn.Linear(2, 2).weight.dtype, 'float64');
    } finally {
      setDefaultDtype('float32');
    }
  });

  it('refuses sizes that are none', () => {
    for (const size of [0, -1, 1.5, NaN])
      assert.throws(
        () => new nn.Linear(size, 2),
        (error: Error) => error instanceof ShapeError && error.message.includes(String(size)),
      );
  });

  it('has the gradients of central differences', () => {
    const layer = new nn.Linear(3, 2, { seed: 1, ...f64 });
    checkGradients(layer, [[2, 4, 3]], (x) => layer.forward(x));
  });
});

describe('convolutions', () => {
  it('have PyTorch’s shapes of parameters and results', () => {
    const line = new nn.Conv1d(4, 6, 3, { groups: 2, stride: 2, padding: 1 });
    assert.deepEqual(line.weight.shape, [6, 2, 3]);
    assert.deepEqual(line.forward(ones([2, 4, 9])).shape, [2, 6, 5]);
    const image = new nn.Conv2d(3, 8, [3, 5], { padding: [1, 2], dilation: 1, bias: false });
    assert.deepEqual([image.weight.shape, image.bias], [[8, 3, 3, 5], null]);
    assert.deepEqual(image.forward(ones([2, 3, 6, 7])).shape, [2, 8, 6, 7]);
    const grown = new nn.ConvTranspose2d(4, 6, 3, { stride: 2, padding: 1, outputPadding: 1, groups: 2 });
    assert.deepEqual(grown.weight.shape, [4, 3, 3, 3]);
    assert.deepEqual(grown.forward(ones([1, 4, 5, 5])).shape, [1, 6, 10, 10]);
  });

  it('start within 1/√fanIn, which for the transposed one counts outputs, as in PyTorch', () => {
    const bounds: [nn.Module, number][] = [
      [new nn.Conv2d(8, 30, 3, { groups: 2, seed: 1 }), 1 / Math.sqrt(4 * 9)],
      [new nn.Conv1d(8, 90, 3, { seed: 1 }), 1 / Math.sqrt(8 * 3)],
      [new nn.ConvTranspose2d(30, 16, 3, { seed: 1 }), 1 / Math.sqrt(16 * 9)],
    ];
    for (const [layer, bound] of bounds) {
      for (const parameter of layer.parameters())
        assert.ok(largest(parameter) <= bound * (1 + 1e-7) && largest(parameter) > 0.8 * bound);
    }
  });

  it('slide a filter over the image', () => {
    const layer = new nn.Conv2d(1, 1, 2, f64);
    fill(layer.weight, [1, 2, 3, 4]);
    fill(layer.bias, [0.5]);
    const x = [
      [
        [
          [1, 0, 2],
          [0, 3, 0],
          [4, 0, 5],
        ],
      ],
    ];
    // 1·1 + 4·3, 2·2 + 3·3; 2·3 + 3·4, 1·3 + 4·5.
    assert.deepEqual(layer.forward(x).toArray(), [
      [
        [
          [13.5, 13.5],
          [18.5, 23.5],
        ],
      ],
    ]);
  });

  it('refuse channels that make no groups', () => {
    assert.throws(() => new nn.Conv2d(3, 4, 3, { groups: 2 }), /3 channels do not make 2 groups/);
    assert.throws(() => new nn.Conv1d(4, 3, 3, { groups: 2 }), /3 channels/);
    assert.throws(() => new nn.ConvTranspose2d(3, 4, 3, { groups: 2 }), /3 channels/);
  });

  it('have the gradients of central differences', () => {
    const options = { stride: 2, padding: 1, groups: 2, seed: 1, ...f64 };
    const line = new nn.Conv1d(2, 4, 3, options);
    checkGradients(line, [[2, 2, 5]], (x) => line.forward(x));
    const image = new nn.Conv2d(2, 4, [3, 2], options);
    checkGradients(image, [[1, 2, 4, 3]], (x) => image.forward(x));
    const grown = new nn.ConvTranspose2d(2, 4, 3, { outputPadding: 1, ...options });
    checkGradients(grown, [[1, 2, 3, 2]], (x) => grown.forward(x));
  });
});

describe('pooling layers', () => {
  it('take the largest or the mean of each window', () => {
    const x = [
      [
        [
          [1, 2, 5, 6],
          [3, 4, 7, 8],
        ],
      ],
    ];
    assert.deepEqual(new nn.MaxPool2d(2).forward(x).toArray(), [[[[4, 8]]]]);
    assert.deepEqual(new nn.AvgPool2d(2).forward(x).toArray(), [[[[2.5, 6.5]]]]);
    assert.deepEqual(new nn.MaxPool2d([2, 2], { stride: 1 }).forward(x).toArray(), [[[[4, 7, 8]]]]);
    // Without its padding the first window is 1 alone.
    const options = { padding: 1, countIncludePad: false };
    assert.deepEqual(new nn.AvgPool2d(2, options).forward(x).toArray(), [
      [
        [
          [1, 3.5, 6],
          [3, 5.5, 8],
        ],
      ],
    ]);
    assert.equal(new nn.MaxPool2d(2).parameters().length, 0);
  });
});

describe('Dropout', () => {
  it('drops elements while training, and scales up the others', () => {
    const { data } = new nn.Dropout(0.25, { seed: 1 }).forward(ones([4000], f64));
    const kept = data.filter((x) => x !== 0);
    assert.ok(kept.every((x) => Math.abs(x - 4 / 3) < 1e-15));
    // Three standard errors.
    assert.ok(Math.abs(kept.length / 4000 - 0.75) < 3 * Math.sqrt((0.25 * 0.75) / 4000));
  });

  it('draws anew each time, and alike from one seed', () => {
    const [a, b] = [new nn.Dropout(0.5, { seed: 1 }), new nn.Dropout(0.5, { seed: 1 })];
    const x = ones([50]);
    const [first, second] = [a.forward(x).toArray(), a.forward(x).toArray()];
    assert.notDeepEqual(first, second);
    assert.deepEqual([b.forward(x).toArray(), b.forward(x).toArray()], [first, second]);
  });

  it('lets everything through in evaluation', () => {
    const x = ones([50]);
    assert.deepEqual(new nn.Dropout(0.9).eval().forward(x).toArray(), x.toArray());
    assert.throws(() => new nn.Dropout(1.5), /p must be from 0 to 1, not 1.5/);
  });
});

describe('LayerNorm and GroupNorm', () => {
  it('normalise, scale and shift', () => {
    const layer = new nn.LayerNorm(4, { eps: 0, ...f64 });
    fill(layer.weight, [1, 2, 1, 1]);
    fill(layer.bias, [0, 0, 0, 5]);
    // Mean 0, variance (4 + 1 + 1 + 4) / 4.
    const deviation = Math.sqrt(2.5);
    close(layer.forward(tensor([[-2, -1, 1, 2]], f64)).data, [
      -2 / deviation,
      -2 / deviation,
      1 / deviation,
      2 / deviation + 5,
    ]);
    const groups = new nn.GroupNorm(2, 4, { eps: 0, ...f64 });
    close(groups.forward(tensor([[1, 3, 10, 30]], f64)).data, [-1, 1, -1, 1]);
  });

  it('start as the identity of what is normalised, or have no parameters', () => {
    const layer = new nn.LayerNorm([2, 3]);
    assert.deepEqual(
      [layer.weight!.toArray(), layer.bias!.shape],
      [
        [
          [1, 1, 1],
          [1, 1, 1],
        ],
        [2, 3],
      ],
    );
    assert.equal(new nn.LayerNorm(3, { elementwiseAffine: false }).parameters().length, 0);
    assert.equal(new nn.GroupNorm(2, 4, { affine: false }).parameters().length, 0);
    assert.throws(() => new nn.GroupNorm(3, 4), /4 channels do not make 3 groups/);
  });

  it('have the gradients of central differences', () => {
    const layer = new nn.LayerNorm([2, 3], f64);
    checkGradients(layer, [[2, 2, 3]], (x) => layer.forward(x));
    const groups = new nn.GroupNorm(2, 4, f64);
    checkGradients(groups, [[2, 4, 3]], (x) => groups.forward(x));
  });
});

describe('BatchNorm', () => {
  const batch = tensor(
    [
      [1, 10],
      [3, 10],
      [5, 40],
    ],
    f64,
  );

  it('normalises with the batch while training, and remembers its statistics', () => {
    const layer = new nn.BatchNorm(2, { eps: 0, ...f64 });
    // Channel 0: mean 3, biased variance 8/3. Channel 1: mean 20, deviations −10, −10, 20: variance 200.
    const [a, b] = [Math.sqrt(8 / 3), Math.sqrt(200)];
    close(layer.forward(batch).data, [-2 / a, -10 / b, 0, -10 / b, 2 / a, 20 / b]);
    // A tenth of the batch's mean, and of its unbiased variance: 4 and 300.
    close(layer.runningMean, [0.3, 2]);
    close(layer.runningVar, [0.9 + 0.4, 0.9 + 30]);
    layer.forward(batch);
    close(layer.runningMean, [0.57, 3.8]);
  });

  it('uses what it remembers in evaluation, and then learns no more', () => {
    const layer = new nn.BatchNorm(2, { eps: 0.5, momentum: 1, ...f64 });
    fill(layer.weight, [2, 1]);
    fill(layer.bias, [0, 7]);
    layer.forward(batch);
    layer.eval();
    const [a, b] = [Math.sqrt(4.5), Math.sqrt(300.5)];
    close(layer.forward(tensor([[4, 20]], f64)).data, [2 / a, 7]);
    close(layer.forward(tensor([[3, 50]], f64)).data, [0, 30 / b + 7]);
    close(layer.runningMean, [3, 20]);
  });

  it('counts all places of a channel, and takes the mean over all batches without a momentum', () => {
    const layer = new nn.BatchNorm(2, { momentum: null, ...f64 });
    layer.forward(
      tensor(
        [
          [
            [1, 3],
            [0, 0],
          ],
          [
            [5, 7],
            [0, 6],
          ],
        ],
        f64,
      ),
    );
    close(layer.runningMean, [4, 1.5]);
    // 9 + 1 + 1 + 9 over 3.
    close(layer.runningVar, [20 / 3, 9]);
    layer.forward(
      tensor(
        [
          [
            [0, 0],
            [0, 0],
          ],
        ],
        f64,
      ),
    );
    close(layer.runningMean, [2, 0.75]);
    assert.deepEqual(layer.eval().forward(ones([1, 2, 3, 3], f64)).shape, [1, 2, 3, 3]);
  });

  it('without running statistics always uses the batch', () => {
    const layer = new nn.BatchNorm(2, { trackRunningStats: false, affine: false, ...f64 });
    const trained = layer.forward(batch).toArray();
    assert.deepEqual(layer.eval().forward(batch).toArray(), trained);
    assert.deepEqual(layer.runningMean, [0, 0]);
    assert.equal(layer.parameters().length, 0);
  });

  it('says what shape it reads', () => {
    assert.throws(() => new nn.BatchNorm(3).forward(batch), /BatchNorm: x \[3, 2\]: expected \[N, 3\]/);
  });

  it('has the gradients of central differences, in training and in evaluation', () => {
    const layer = new nn.BatchNorm(2, f64);
    checkGradients(layer, [[3, 2, 2]], (x) => layer.forward(x));
    layer.eval();
    checkGradients(layer, [[3, 2, 2]], (x) => layer.forward(x));
    const flat = new nn.BatchNorm(2, f64);
    flat.forward(randn([4, 2], { seed: 1, ...f64 }));
    flat.eval();
    checkGradients(flat, [[3, 2]], (x) => flat.forward(x));
  });
});

describe('Embedding', () => {
  it('gives the rows of its table', () => {
    const layer = new nn.Embedding(5, 2, { seed: 1 });
    const table = layer.weight.toArray() as number[][];
    assert.deepEqual(
      layer
        .forward([
          [4, 0],
          [1, 4],
        ])
        .toArray(),
      [
        [table[4], table[0]],
        [table[1], table[4]],
      ],
    );
    layer.forward([4, 1, 4]).sum().backward();
    assert.deepEqual(layer.weight.grad!.toArray(), [
      [0, 0],
      [1, 1],
      [0, 0],
      [0, 0],
      [2, 2],
    ]);
  });

  it('starts as standard normal numbers', () => {
    const numbers = Array.from(new nn.Embedding(100, 100, { seed: 1 }).weight.data);
    const mean = numbers.reduce((sum, x) => sum + x, 0) / 1e4;
    const variance = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 1e4;
    // Three standard errors: 1 / √n, and √(2 / n) for the variance.
    assert.ok(Math.abs(mean) < 0.03 && Math.abs(variance - 1) < 3 * Math.sqrt(2e-4), `${mean} ${variance}`);
  });

  it('has a row that stands for nothing', () => {
    for (const paddingIdx of [2, -1]) {
      const layer = new nn.Embedding(3, 2, { paddingIdx, seed: 1 });
      assert.deepEqual(layer.forward([2, 0]).toArray(), [[0, 0], (layer.weight.toArray() as number[][])[0]]);
      layer.forward([2, 0, 2]).sum().backward();
      assert.deepEqual(layer.weight.grad!.toArray(), [
        [1, 1],
        [0, 0],
        [0, 0],
      ]);
    }
    assert.throws(() => new nn.Embedding(3, 2, { paddingIdx: 3 }), /paddingIdx 3 is no row/);
  });

  it('says which index is no row', () => {
    assert.throws(() => new nn.Embedding(3, 2).forward([0, 3]), ShapeError);
  });

  it('has the gradients of central differences', () => {
    const layer = new nn.Embedding(4, 3, { seed: 1, ...f64 });
    checkGradients(layer, [], () =>
      layer.forward([
        [0, 2],
        [2, 3],
      ]),
    );
  });
});
