import assert from 'node:assert/strict';
import { ShapeError, type Tensor, cat, nn, randn, stack, tensor } from '../../../engine/library.ts';
import { checkGradients, close } from './layer-check.ts';

const f64 = { dtype: 'float64' } as const;
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const [inputs, hidden] = [3, 2];

/** W·x + b in plain numbers, of a cell's weight and bias. */
function rows(weight: Tensor, bias: Tensor, x: ArrayLike<number>): number[] {
  return Array.from(bias.data, (b, r) =>
    Array.from(x).reduce((sum, value, c) => sum + weight.data[r * x.length + c]! * value, b),
  );
}

interface Weights {
  readonly weightIh: Tensor;
  readonly weightHh: Tensor;
  readonly biasIh: Tensor | null;
  readonly biasHh: Tensor | null;
}
const sums = (cell: Weights, x: ArrayLike<number>, h: ArrayLike<number>): [number[], number[]] => [
  rows(cell.weightIh, cell.biasIh!, x),
  rows(cell.weightHh, cell.biasHh!, h),
];

const x = tensor([0.5, -1, 2], f64);
const h = tensor([0.3, -0.7], f64);
const c = tensor([-0.2, 0.9], f64);

describe('cells', () => {
  it('RNNCell follows its formula', () => {
    for (const [nonlinearity, f] of [
      ['tanh', Math.tanh],
      ['relu', (s: number) => Math.max(0, s)],
    ] as const) {
      const cell = new nn.RNNCell(inputs, hidden, { nonlinearity, seed: 1, ...f64 });
      const [a, b] = sums(cell, x.data, h.data);
      close(
        cell.forward(x, h).data,
        a.map((s, i) => f(s + b[i]!)),
      );
    }
  });

  it('LSTMCell has its gates in the order i, f, g, o', () => {
    const cell = new nn.LSTMCell(inputs, hidden, { seed: 2, ...f64 });
    const [a, b] = sums(cell, x.data, h.data);
    const gate = (block: number, unit: number): number => a[block * hidden + unit]! + b[block * hidden + unit]!;
    const cells = [0, 1].map((u) => sigmoid(gate(1, u)) * c.data[u]! + sigmoid(gate(0, u)) * Math.tanh(gate(2, u)));
    const [nextH, nextC] = cell.forward(x, [h, c]);
    close(nextC.data, cells);
    close(
      nextH.data,
      cells.map((value, u) => sigmoid(gate(3, u)) * Math.tanh(value)),
    );
  });

  it('GRUCell has its gates in the order r, z, n, and resets after the product', () => {
    const cell = new nn.GRUCell(inputs, hidden, { seed: 3, ...f64 });
    const [a, b] = sums(cell, x.data, h.data);
    const expected = [0, 1].map((u) => {
      const r = sigmoid(a[u]! + b[u]!);
      const z = sigmoid(a[hidden + u]! + b[hidden + u]!);
      const n = Math.tanh(a[2 * hidden + u]! + r * b[2 * hidden + u]!);
      return (1 - z) * n + z * h.data[u]!;
    });
    close(cell.forward(x, h).data, expected);
  });

  it('start from zeros, alone and in batches', () => {
    const cell = new nn.GRUCell(inputs, hidden, { seed: 3, ...f64 });
    close(cell.forward(x).data, cell.forward(x, tensor([0, 0], f64)).data);
    const batch = stack([x, x.mul(2)]);
    const result = cell.forward(batch);
    assert.deepEqual(result.shape, [2, hidden]);
    close(result.data.slice(2), cell.forward(x.mul(2)).data);
    const [state, memory] = new nn.LSTMCell(inputs, hidden, { bias: false }).forward([[1, 2, 3]]);
    assert.deepEqual(
      [state.shape, memory.shape],
      [
        [1, hidden],
        [1, hidden],
      ],
    );
  });

  it('begin within 1/√hidden, and name their parameters', () => {
    const cell = new nn.LSTMCell(20, 16, { seed: 4 });
    assert.deepEqual(
      cell.namedParameters().map(([name, { shape }]) => `${name} ${shape.join('×')}`),
      ['weightIh 64×20', 'weightHh 64×16', 'biasIh 64', 'biasHh 64'],
    );
    for (const parameter of cell.parameters()) {
      const largest = Math.max(...Array.from(parameter.data, Math.abs));
      assert.ok(largest <= 0.25 && largest > 0.2, `${largest}`);
    }
    assert.equal(new nn.RNNCell(2, 2, { bias: false }).parameters().length, 2);
  });

  it('have the gradients of central differences', () => {
    const rnn = new nn.RNNCell(inputs, hidden, { seed: 1, ...f64 });
    checkGradients(
      rnn,
      [
        [4, inputs],
        [4, hidden],
      ],
      (a, b) => rnn.forward(a, b),
    );
    const gru = new nn.GRUCell(inputs, hidden, { seed: 1, ...f64 });
    checkGradients(
      gru,
      [
        [4, inputs],
        [4, hidden],
      ],
      (a, b) => gru.forward(a, b),
    );
    const lstm = new nn.LSTMCell(inputs, hidden, { seed: 1, ...f64 });
    const run = (a: Tensor, b: Tensor, d: Tensor): Tensor => cat([...lstm.forward(a, [b, d])], 0);
    checkGradients(
      lstm,
      [
        [4, inputs],
        [4, hidden],
        [4, hidden],
      ],
      (a, b, d) => run(a, b, d),
    );
  });
});

describe('unrolled layers', () => {
  const sequence = randn([5, 2, inputs], { seed: 7, ...f64 });
  const at = (s: Tensor, t: number): Tensor => s.slice(0, t, t + 1).squeeze(0);

  it('apply their cell step by step', () => {
    const lstm = new nn.LSTM(inputs, hidden, { seed: 1, ...f64 });
    const [output, [last, memory]] = lstm.forward(sequence);
    let state: nn.LSTMState | null = null;
    for (let t = 0; t < 5; t++) {
      state = lstm.cells[0]!.forward(at(sequence, t), state);
      close(at(output, t).data, state[0].data);
    }
    assert.deepEqual(
      [output.shape, last.shape, memory.shape],
      [
        [5, 2, hidden],
        [1, 2, hidden],
        [1, 2, hidden],
      ],
    );
    close(last.data, state![0].data);
    close(memory.data, state![1].data);
  });

  it('read sequences of either order, and one alone', () => {
    const options = { seed: 1, ...f64 };
    const [output, last] = new nn.GRU(inputs, hidden, options).forward(sequence);
    const [byBatch, lastByBatch] = new nn.GRU(inputs, hidden, { batchFirst: true, ...options }).forward(
      sequence.transpose(0, 1),
    );
    close(byBatch.transpose(0, 1).data, output.data);
    close(lastByBatch.data, last.data);
    const alone = sequence.slice(1, 0, 1).squeeze(1);
    const [single, lastSingle] = new nn.GRU(inputs, hidden, options).forward(alone);
    assert.deepEqual(
      [single.shape, lastSingle.shape],
      [
        [5, hidden],
        [1, hidden],
      ],
    );
    close(single.data, output.slice(1, 0, 1).data);
  });

  it('stack layers: the second reads what the first gave', () => {
    const rnn = new nn.RNN(inputs, hidden, { numLayers: 2, nonlinearity: 'relu', seed: 1, ...f64 });
    const [output, last] = rnn.forward(sequence);
    const states: (Tensor | null)[] = [null, null];
    for (let t = 0; t < 5; t++) {
      states[0] = rnn.cells[0]!.forward(at(sequence, t), states[0]);
      states[1] = rnn.cells[1]!.forward(states[0], states[1]);
      close(at(output, t).data, states[1].data);
    }
    close(last.data, stack(states as Tensor[]).data);
  });

  it('read from the end too, and join both, forward first', () => {
    const gru = new nn.GRU(inputs, hidden, { bidirectional: true, seed: 1, ...f64 });
    const [output, last] = gru.forward(sequence);
    assert.deepEqual(
      [output.shape, last.shape],
      [
        [5, 2, 2 * hidden],
        [2, 2, hidden],
      ],
    );
    let state: Tensor | null = null;
    for (let t = 4; t >= 0; t--) {
      state = gru.cells[1]!.forward(at(sequence, t), state);
      close(at(output, t).slice(-1, hidden).data, state.data);
    }
    close(at(last, 1).data, state!.data);
    const deep = new nn.GRU(inputs, hidden, { bidirectional: true, numLayers: 2 });
    assert.deepEqual(deep.cells[2]!.weightIh.shape, [3 * hidden, 2 * hidden]);
  });

  it('go on from a state that is given', () => {
    const lstm = new nn.LSTM(inputs, hidden, { numLayers: 2, bidirectional: false, seed: 1, ...f64 });
    const [whole, final] = lstm.forward(sequence);
    const [, middle] = lstm.forward(sequence.slice(0, 0, 3));
    const [rest, end] = lstm.forward(sequence.slice(0, 3), middle);
    close(rest.data, whole.slice(0, 3).data);
    close(end[1].data, final[1].data);
  });

  it('drop out between layers while training, and not after the last', () => {
    const gru = new nn.GRU(inputs, hidden, { numLayers: 2, dropout: 0.5, seed: 1, ...f64 });
    const run = (): Tensor => gru.forward(sequence)[0];
    assert.notDeepEqual(run().toArray(), run().toArray());
    gru.eval();
    const plain = new nn.GRU(inputs, hidden, { numLayers: 2, seed: 1, ...f64 });
    assert.deepEqual(run().toArray(), plain.forward(sequence)[0].toArray());
    const single = new nn.GRU(inputs, hidden, { dropout: 0.5, seed: 1, ...f64 });
    assert.deepEqual(single.forward(sequence)[0].toArray(), single.forward(sequence)[0].toArray());
  });

  it('have the gradients of central differences', () => {
    const lstm = new nn.LSTM(inputs, hidden, { numLayers: 2, bidirectional: true, seed: 1, ...f64 });
    checkGradients(lstm, [[3, 2, inputs]], (s) => {
      const [output, [last, memory]] = lstm.forward(s);
      return output.sum().add(last.mul(2).sum()).add(memory.sin().sum());
    });
  });

  it('say what shape they read', () => {
    const lstm = new nn.LSTM(inputs, hidden, { batchFirst: true });
    assert.throws(
      () => lstm.forward([1, 2, 3]),
      (error: Error) => error instanceof ShapeError && /LSTM: x \[3\]: expected \[N, T, features\]/.test(error.message),
    );
    assert.throws(() => new nn.RNN(2, 2, { numLayers: 0 }), /numLayers/);
  });
});
