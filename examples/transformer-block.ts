// One block of a transformer, as in GPT and BERT, learns to reverse a sequence: at each place it has to look at another one, which
// is what attention is for. Each half of the block adds to what comes in: x + attention(norm(x)), then x + feedForward(norm(x)).
import { crossEntropy, input, model, nn, optim, param, randint, randn } from 'retrograd';

const length = 6;
const symbols = 6;
const width = 16;

// Sequences of six symbols, and what is wanted of each: the same from back to front. Forty-eight are enough to find the rule; of
// sixteen it learns each by heart.
const sequences = randint(0, symbols, [48, length], { seed: 1 });
const reversed = sequences.flip(1).flatten();

const symbolsIn = new nn.Embedding(symbols, width, { seed: 2 });
// Without it the block could not tell places apart: attention sees a set, not a sequence.
const places = param(randn([length, width], { seed: 3 }).mul(0.5));
const block = new nn.TransformerEncoderLayer(width, 2, { dimFeedforward: 32, dropout: 0, normFirst: true, seed: 4 });
const symbolsOut = new nn.Linear(width, symbols, { seed: 5 });

export const reverse = model(
  () => {
    const tokens = input(sequences);
    const x = symbolsIn.forward(tokens).add(places); // [48, length, width]
    const y = block.forward(x);
    const scores = symbolsOut.forward(y); // [48, length, symbols]
    const wanted = input(reversed);
    const loss = crossEntropy(scores.flatten(0, 1), wanted);
    return loss;
  },
  { optimizer: optim.adam({ lr: 0.02 }), steps: 40 },
);
