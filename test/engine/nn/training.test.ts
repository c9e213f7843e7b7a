import assert from 'node:assert/strict';
import {
  type Tensor,
  bceWithLogits,
  crossEntropy,
  model,
  nn,
  optim,
  randn,
  tanh,
  tensor,
} from '../../../engine/library.ts';

describe('training', () => {
  it('an MLP learns xor', () => {
    const net = new nn.Sequential(new nn.Linear(2, 8, { seed: 1 }), tanh, new nn.Linear(8, 1, { seed: 2 }));
    const x = tensor([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    const y = tensor([[0], [1], [1], [0]]);
    const fit = model(() => bceWithLogits(net.forward(x), y), { optimizer: optim.adam({ lr: 0.05 }), steps: 200 });
    const losses = fit.train();
    // ln 2 is the loss of one who knows nothing.
    assert.ok(losses[0]! > 0.6 && losses.at(-1)! < 0.02, `${losses[0]!} to ${losses.at(-1)!}`);
    assert.deepEqual(net.forward(x).greater(0).toArray(), [[0], [1], [1], [0]]);
  });

  it('an LSTM remembers the first bit of a sequence', () => {
    class Memory extends nn.Module {
      readonly lstm = new nn.LSTM(1, 6, { batchFirst: true, seed: 3 });
      readonly out = new nn.Linear(6, 2, { seed: 4 });

      forward(x: Tensor): Tensor {
        const [, [hidden]] = this.lstm.forward(x);
        return this.out.forward(hidden.squeeze(0));
      }
    }
    const net = new Memory();
    const bits = randn([16, 6, 1], { seed: 5 }).greater(0);
    const x = bits.mul(2).sub(1);
    const first = bits.slice(1, 0, 1).reshape([16]);
    const optimizer = optim.clipped(optim.adamw({ lr: optim.cosineAnnealing(0.05, { steps: 120 }) }), { maxNorm: 1 });
    const losses = model(() => crossEntropy(net.forward(x), first), { optimizer, steps: 80 }).train();
    assert.ok(losses[0]! > 0.6 && losses.at(-1)! < 0.02, `${losses[0]!} to ${losses.at(-1)!}`);
  });

  it('a transformer layer learns which place is marked', () => {
    class Pointer extends nn.Module {
      readonly embed = new nn.Linear(2, 8, { seed: 1 });
      readonly encoder = new nn.TransformerEncoderLayer(8, 2, { dimFeedforward: 16, dropout: 0, seed: 2 });
      readonly out = new nn.Linear(8, 2, { seed: 3 });

      forward(x: Tensor): Tensor {
        return this.out.forward(this.encoder.forward(this.embed.forward(x)).mean(1));
      }
    }
    const net = new Pointer();
    // [mark, bit] at five places; the answer is the bit of the marked place.
    const bits = randn([12, 5], { seed: 6 }).greater(0).data;
    const x = tensor(
      Array.from({ length: 12 }, (_, n) =>
        Array.from({ length: 5 }, (_, t) => [Number(t === n % 5), bits[n * 5 + t]!]),
      ),
    );
    const y = Array.from({ length: 12 }, (_, n) => bits[n * 5 + (n % 5)]!);
    const losses = model(() => crossEntropy(net.forward(x), y), {
      optimizer: optim.adam({ lr: 0.02 }),
      steps: 80,
    }).train();
    assert.ok(losses[0]! > 0.4 && losses.at(-1)! < 0.05, `${losses[0]!} to ${losses.at(-1)!}`);
  });

  it('gives the same numbers when it is run again', () => {
    const run = (): number[] => {
      const net = new nn.Sequential(
        new nn.Linear(3, 5, { seed: 1 }),
        new nn.BatchNorm(5),
        new nn.Dropout(0.3, { seed: 2 }),
        new nn.Linear(5, 1, { seed: 3 }),
      );
      const x = randn([6, 3], { seed: 4 });
      return model(() => net.forward(x).square().mean(), { optimizer: optim.rmsprop(), steps: 5 }).train();
    };
    assert.deepEqual(run(), run());
  });
});
