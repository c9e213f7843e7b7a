import { type TensorLike, asTensor, zeros } from '../autograd/create.ts';
import { oneOf, optionsOf } from '../autograd/options.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { linear } from '../ops/composite/index.ts';
import { Module } from './module.ts';
import {
  type LayerOptions,
  type LayerSettings,
  drawnBelow,
  layerDefaults,
  requireSizes,
  seedsFrom,
} from './parameter.ts';

export interface CellOptions extends LayerOptions {
  /** Whether there are biases. Default true. */
  readonly bias?: boolean;
}
export interface RNNCellOptions extends CellOptions {
  readonly nonlinearity?: 'tanh' | 'relu';
}

/** What all cells have: weights for the input and for the hidden state, one block of rows a gate, from U(−1/√hiddenSize, 1/√hiddenSize). */
abstract class Cell extends Module {
  /** [gates · hiddenSize, inputSize] */
  readonly weightIh: Tensor;
  /** [gates · hiddenSize, hiddenSize] */
  readonly weightHh: Tensor;
  /** [gates · hiddenSize] */
  readonly biasIh: Tensor | null;
  /** [gates · hiddenSize] */
  readonly biasHh: Tensor | null;
  readonly hiddenSize: number;

  constructor(name: string, gates: number, inputSize: number, hiddenSize: number, options: CellOptions) {
    super();
    const { bias, seed, dtype } = optionsOf<LayerSettings & { bias: boolean }>(name, options, {
      bias: true,
      ...layerDefaults,
    });
    requireSizes(name, { inputSize, hiddenSize });
    const drawn = drawnBelow(1 / Math.sqrt(hiddenSize), seedsFrom(seed), dtype);
    const rows = gates * hiddenSize;
    this.hiddenSize = hiddenSize;
    this.weightIh = drawn([rows, inputSize]);
    this.weightHh = drawn([rows, hiddenSize]);
    this.biasIh = bias ? drawn([rows]) : null;
    this.biasHh = bias ? drawn([rows]) : null;
  }

  protected ofInput(x: TensorLike): Tensor {
    return linear(x, this.weightIh, this.biasIh);
  }

  protected ofHidden(h: Tensor): Tensor {
    return linear(h, this.weightHh, this.biasHh);
  }

  /** The state before the first step, for inputs like x. */
  protected nothing(x: TensorLike): Tensor {
    const { shape } = asTensor(x);
    return zeros([...shape.slice(0, -1), this.hiddenSize], { dtype: this.weightHh.dtype });
  }
}

/** h′ = tanh(W_ih·x + b_ih + W_hh·h + b_hh) (Elman 1990), or relu for tanh. x [N, inputSize] and h [N, hiddenSize], or both without N. */
export class RNNCell extends Cell {
  readonly nonlinearity: 'tanh' | 'relu';

  constructor(inputSize: number, hiddenSize: number, { nonlinearity = 'tanh', ...options }: RNNCellOptions = {}) {
    super('RNNCell', 1, inputSize, hiddenSize, options);
    this.nonlinearity = oneOf('RNNCell', 'nonlinearity', nonlinearity, ['tanh', 'relu']);
  }

  /** @param hidden zeros where there is none. */
  forward(x: TensorLike, hidden: Tensor | null = null): Tensor {
    const sum = this.ofInput(x).add(this.ofHidden(hidden ?? this.nothing(x)));
    return this.nonlinearity === 'tanh' ? sum.tanh() : sum.relu();
  }
}

/** What an LSTM carries from step to step: the hidden state, which is its output, and the cell's. */
export type LSTMState = readonly [hidden: Tensor, cell: Tensor];

/**
 * c′ = σ(f)·c + σ(i)·tanh(g) and h′ = σ(o)·tanh(c′), with (i, f, g, o) the blocks of W_ih·x + b_ih + W_hh·h + b_hh
 * (Hochreiter and Schmidhuber 1997; with the forget gate of Gers et al. 2000). x [N, inputSize]; h and c [N, hiddenSize], or all without N.
 */
export class LSTMCell extends Cell {
  constructor(inputSize: number, hiddenSize: number, options: CellOptions = {}) {
    super('LSTMCell', 4, inputSize, hiddenSize, options);
  }

  /** @param state zeros where there is none. */
  forward(x: TensorLike, state: LSTMState | null = null): LSTMState {
    const [h, c] = state ?? [this.nothing(x), this.nothing(x)];
    const [i, f, g, o] = this.ofInput(x).add(this.ofHidden(h)).chunk(4, -1) as [Tensor, Tensor, Tensor, Tensor];
    const cell = f.sigmoid().mul(c).add(i.sigmoid().mul(g.tanh()));
    return [o.sigmoid().mul(cell.tanh()), cell];
  }
}

/**
 * h′ = (1 − z)·n + z·h with r = σ(i_r + h_r), z = σ(i_z + h_z) and n = tanh(i_n + r·h_n), where (i_r, i_z, i_n) are the blocks of
 * W_ih·x + b_ih and (h_r, h_z, h_n) those of W_hh·h + b_hh (Cho et al. 2014; as PyTorch, r after the product).
 * x [N, inputSize] and h [N, hiddenSize], or both without N.
 */
export class GRUCell extends Cell {
  constructor(inputSize: number, hiddenSize: number, options: CellOptions = {}) {
    super('GRUCell', 3, inputSize, hiddenSize, options);
  }

  /** @param hidden zeros where there is none. */
  forward(x: TensorLike, hidden: Tensor | null = null): Tensor {
    const h = hidden ?? this.nothing(x);
    const [ir, iz, input] = this.ofInput(x).chunk(3, -1) as [Tensor, Tensor, Tensor];
    const [hr, hz, recalled] = this.ofHidden(h).chunk(3, -1) as [Tensor, Tensor, Tensor];
    const candidate = input.add(ir.add(hr).sigmoid().mul(recalled)).tanh();
    // (1 − z)·n + z·h with one product less.
    return candidate.add(iz.add(hz).sigmoid().mul(h.sub(candidate)));
  }
}
