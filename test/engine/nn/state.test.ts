import assert from 'node:assert/strict';
import { type Tensor, nn, param, randn, tensor } from '../../../engine/library.ts';

class Net extends nn.Module {
  readonly body = new nn.Sequential(new nn.Conv2d(1, 2, 3), new nn.BatchNorm2d(2), new nn.ReLU(), new nn.Flatten());
  readonly selfAttn = new nn.Linear(8, 2);
  readonly scale = param(2);

  forward(x: Tensor): Tensor {
    return this.selfAttn.forward(this.body.forward(x)).mul(this.scale);
  }
}

const x = randn([3, 1, 4, 4], { seed: 1 });

describe('stateDict', () => {
  it('has all parameters and running statistics by name', () => {
    const state = new Net().stateDict();
    assert.deepEqual(
      Object.entries(state).map(([name, { shape, dtype }]) => `${name} [${shape.join()}] ${dtype}`),
      [
        'scale [] float32',
        'body.0.weight [2,1,3,3] float32',
        'body.0.bias [2] float32',
        'body.1.weight [2] float32',
        'body.1.bias [2] float32',
        'selfAttn.weight [2,8] float32',
        'selfAttn.bias [2] float32',
        'body.1.runningMean [2] float64',
        'body.1.runningVar [2] float64',
        'body.1.numBatchesTracked [] int32',
      ],
    );
  });

  it('is a copy that training leaves alone', () => {
    const layer = new nn.BatchNorm(2);
    const state = layer.stateDict();
    layer.forward([
      [1, 2],
      [3, 5],
    ]);
    assert.deepEqual(state['runningMean']!.toArray(), [0, 0]);
    assert.deepEqual(layer.stateDict()['numBatchesTracked']!.item(), 1);
    assert.equal(state['weight']!.requiresGrad, false);
  });

  it('gives another network the same outputs, through JSON too', () => {
    const [one, other] = [new Net(), new Net()];
    one.forward(x);
    other.loadStateDict(JSON.parse(JSON.stringify(one.stateDict())) as Record<string, number[]>);
    assert.deepEqual(other.eval().forward(x).toArray(), one.eval().forward(x).toArray());
    // The parameters stay the ones that an optimiser knows.
    assert.equal(other.namedParameters()[0]![1].requiresGrad, true);
  });

  it("understands PyTorch's names", () => {
    const net = new nn.Sequential(new nn.BatchNorm1d(1));
    net.loadStateDict({
      '0.weight': [2],
      '0.bias': [1],
      '0.running_mean': [10],
      '0.running_var': [3],
      '0.num_batches_tracked': 7,
    });
    // (13 − 10) / √(3 + 1e-5) · 2 + 1
    assert.ok(
      Math.abs(
        net
          .eval()
          .forward([[13]])
          .item() -
          (6 / Math.sqrt(3.00001) + 1),
      ) < 1e-6,
    );
    assert.equal(net.stateDict()['0.numBatchesTracked']!.item(), 7);
  });

  it('says what does not fit, and then takes over nothing', () => {
    const layer = new nn.Linear(2, 1);
    const before = layer.weight.toArray();
    assert.throws(() => layer.loadStateDict({ weight: [[1, 2]], gain: 3 }), {
      name: 'ArgumentError',
      message: 'loadStateDict: missing: bias; not known here: gain. With { strict: false } the rest is loaded.',
    });
    assert.throws(() => layer.loadStateDict({ weight: [[1, 2]], bias: [1, 2] }), {
      name: 'ShapeError',
      message: 'loadStateDict: bias has shape [1], not [2].',
    });
    assert.deepEqual(layer.weight.toArray(), before);
    layer.loadStateDict({ weight: tensor([[1, 2]]), gain: 3 }, { strict: false });
    assert.deepEqual(layer.weight.toArray(), [[1, 2]]);
  });
});

describe('layers', () => {
  it('are refused sizes and options that are none, by name', () => {
    const untyped = (value: unknown): never => value as never;
    for (const [make, message] of [
      [() => new nn.Linear(3, untyped(undefined)), /^Linear: outFeatures must be a whole number from 1, not undefined/],
      [
        () => new nn.Linear(3, 2, untyped({ biass: false })),
        /^Linear: there is no option 'biass'. Did you mean 'bias'/,
      ],
      [() => new nn.Conv2d(1, 2, 0), /^Conv2d: kernelSize must be a whole number from 1, not 0/],
      [
        () => new nn.Conv2d(1, 2, 3, untyped({ strides: 2 })),
        /^Conv2d: there is no option 'strides'. Did you mean 'stride'/,
      ],
      [() => new nn.LSTM(2, 0), /^LSTMCell: hiddenSize must be a whole number from 1, not 0/],
      [
        () => new nn.LSTM(2, 3, untyped({ num_layers: 2 })),
        /^LSTM: there is no option 'num_layers'. Did you mean 'numLayers'/,
      ],
      [
        () => new nn.Embedding(untyped('a'), 2),
        /^Embedding: numEmbeddings must be a whole number from 1, not the text 'a'/,
      ],
      [() => new nn.LayerNorm([0]), /^LayerNorm: normalizedShape must be a whole number from 1, not 0/],
      [() => new nn.Dropout(0.1, untyped({ sed: 1 })), /^Dropout: there is no option 'sed'. Did you mean 'seed'/],
      [
        () => new nn.Sequential(untyped([new nn.Tanh()])),
        /^Sequential: layer 0 .* in no list: new nn\.Sequential\(a, b\)/,
      ],
      [() => new nn.MaxPool2d(2, untyped(2)).forward(x), /^maxPool2d: options are an object/],
      [() => new nn.BatchNorm2d(1).forward([[1]]), /^BatchNorm2d: x \[1, 1\]: expected \[N, C, H, W\]/],
    ] as const)
      assert.throws(make, { message });
  });

  it('of functions are these functions', () => {
    const z = randn([2, 3], { seed: 2 });
    const pairs: readonly [nn.Module & { forward(x: Tensor): Tensor }, Tensor][] = [
      [new nn.ReLU(), z.relu()],
      [new nn.ReLU6(), z.relu6()],
      [new nn.SELU(), z.selu()],
      [new nn.SiLU(), z.silu()],
      [new nn.Mish(), z.mish()],
      [new nn.Sigmoid(), z.sigmoid()],
      [new nn.LogSigmoid(), z.logSigmoid()],
      [new nn.Tanh(), z.tanh()],
      [new nn.Softsign(), z.softsign()],
      [new nn.Hardsigmoid(), z.hardsigmoid()],
      [new nn.Hardswish(), z.hardswish()],
      [new nn.LeakyReLU(0.2), z.leakyRelu(0.2)],
      [new nn.ELU(2), z.elu(2)],
      [new nn.CELU(2), z.celu(2)],
      [new nn.GELU({ approximate: 'tanh' }), z.gelu({ approximate: 'tanh' })],
      [new nn.Softplus({ beta: 2 }), z.softplus({ beta: 2 })],
      [new nn.Hardtanh(-0.5, 0.5), z.hardtanh(-0.5, 0.5)],
      [new nn.Softmax(0), z.softmax(0)],
      [new nn.LogSoftmax(1), z.logSoftmax(1)],
      [new nn.Flatten(0), z.flatten()],
      [new nn.Identity(), z],
    ];
    for (const [layer, expected] of pairs)
      assert.deepEqual(layer.forward(z).toArray(), expected.toArray(), layer.constructor.name);
    assert.deepEqual(new nn.MaxPool1d(2).forward(z).toArray(), z.maxPool1d(2).toArray());
    assert.deepEqual(new nn.AvgPool1d(3).forward(z).toArray(), z.avgPool1d(3).toArray());
    assert.deepEqual(new nn.AdaptiveAvgPool2d(1).forward(x).toArray(), x.adaptiveAvgPool2d(1).toArray());
  });
});
