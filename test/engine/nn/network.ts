import { type Tensor, crossEntropy, model, nn, optim } from '../../../engine/library.ts';

/** A network of many kinds of layers, which is run in Node and in the sandbox. */
class Net extends nn.Module {
  embedding = new nn.Embedding(6, 4, { seed: 1 });
  blocks = [2, 3].map((seed) => new nn.TransformerEncoderLayer(4, 2, { dimFeedforward: 5, dropout: 0.1, seed }));
  lstm = new nn.LSTM(4, 3, { batchFirst: true, numLayers: 2, seed: 4 });
  norm = new nn.BatchNorm(3);
  out = new nn.Linear(3, 2, { seed: 5 });

  forward(words: number[][]): Tensor {
    let h = this.embedding.forward(words);
    for (const block of this.blocks) h = block.forward(h, { srcMask: nn.causalMask(5) });
    const [, [hidden]] = this.lstm.forward(h);
    return this.out.forward(this.norm.forward(hidden.select(0, 1)));
  }
}

const net = new Net();
const words = [
  [0, 1, 2, 3, 4],
  [5, 4, 3, 2, 1],
  [1, 1, 0, 0, 5],
];
const lr = optim.linearWarmup(optim.cosineAnnealing(0.1, { steps: 10 }), { steps: 3 });

export const learned = model(() => crossEntropy(net.forward(words), [0, 1, 0]), {
  optimizer: optim.clipped(optim.adamw({ lr, amsgrad: true }), { maxNorm: 1 }),
});
