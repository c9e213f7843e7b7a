import { type TensorLike, asTensor } from '../autograd/create.ts';
import { cat, stack, unbind } from '../autograd/functions/index.ts';
import { checkOptions } from '../autograd/options.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { ShapeError } from '../tensor/errors.ts';
import { showShape } from '../tensor/shape.ts';
import { Dropout } from './dropout.ts';
import { Module } from './module.ts';
import { seedsFrom } from './parameter.ts';
import {
  type CellOptions,
  GRUCell,
  LSTMCell,
  type LSTMState,
  RNNCell,
  type RNNCellOptions,
} from './recurrent-cells.ts';

export interface RecurrentOptions extends CellOptions {
  /** Layers above one another, each reading what the one below gave. Default 1. */
  readonly numLayers?: number;
  /** Whether sequences are [N, T, …] rather than [T, N, …]. Default false, as in PyTorch. */
  readonly batchFirst?: boolean;
  /** Dropout between layers. Default 0. */
  readonly dropout?: number;
  /** Whether each layer also reads from the end; outputs are joined, forward first. Default false. */
  readonly bidirectional?: boolean;
}
export interface RNNOptions extends RecurrentOptions {
  readonly nonlinearity?: 'tanh' | 'relu';
}

const recurrentOptions = [
  'numLayers',
  'batchFirst',
  'dropout',
  'bidirectional',
  'bias',
  'nonlinearity',
  'seed',
  'dtype',
];

/**
 * A cell, unrolled over a sequence. x [T, N, inputSize], [N, T, inputSize] with `batchFirst`, or [T, inputSize]; the output has
 * the hidden states of the last layer in the same order, [..., directions · hiddenSize]. States are
 * [numLayers · directions, N, hiddenSize]: layer by layer, forward before backward.
 */
abstract class Recurrent<Cell extends Module> extends Module {
  /** Layer by layer; with `bidirectional` the forward cell of a layer, then its backward cell. */
  readonly cells: readonly Cell[];
  readonly dropout: Dropout;
  readonly batchFirst: boolean;
  readonly bidirectional: boolean;

  constructor(
    inputSize: number,
    hiddenSize: number,
    options: RecurrentOptions,
    make: (inputSize: number, seed: number) => Cell,
  ) {
    super();
    checkOptions(new.target.name, options, recurrentOptions);
    const { numLayers = 1, batchFirst = false, dropout = 0, bidirectional = false, seed } = options;
    if (!Number.isSafeInteger(numLayers) || numLayers < 1)
      throw new RangeError(`${this.constructor.name}: numLayers must be a whole number from 1, not ${numLayers}.`);
    const seeds = seedsFrom(seed);
    const directions = bidirectional ? 2 : 1;
    this.batchFirst = batchFirst;
    this.bidirectional = bidirectional;
    this.cells = Array.from({ length: numLayers * directions }, (_, i) =>
      make(i < directions ? inputSize : directions * hiddenSize, seeds()),
    );
    this.dropout = new Dropout(dropout, { seed: seeds() });
  }

  /** One step of a cell. A state is what the cell carries on, its output first. */
  protected abstract step(cell: Cell, x: Tensor, state: readonly Tensor[] | null): readonly Tensor[];

  protected unroll(input: TensorLike, initial: readonly Tensor[] | null): [output: Tensor, final: Tensor[]] {
    const x = asTensor(input);
    const rank = x.shape.length;
    if (rank !== 2 && rank !== 3) {
      const expected = this.batchFirst ? '[N, T, features]' : '[T, N, features]';
      throw new ShapeError(
        `${this.constructor.name}: x ${showShape(x.shape)}: expected ${expected}, or [T, features] for one sequence.`,
      );
    }
    const time = this.batchFirst && rank === 3 ? 1 : 0;
    const directions = this.bidirectional ? 2 : 1;
    const last = this.cells.length / directions - 1;
    const finals: (readonly Tensor[])[] = [];
    let steps = unbind(x, time);
    for (let layer = 0; layer <= last; layer++) {
      const outputs = Array.from({ length: directions }, (_, direction) => {
        const index = layer * directions + direction;
        const start = initial?.map((all) => all.select(0, index)) ?? null;
        const { states, final } = this.#through(this.cells[index]!, steps, start, direction === 1);
        finals.push(final);
        return states;
      });
      const [forward, backward] = outputs as [Tensor[], Tensor[]?];
      steps = backward ? forward.map((state, t) => cat([state, backward[t]!], -1)) : forward;
      if (layer < last) steps = steps.map((step) => this.dropout.forward(step));
    }
    return [stack(steps, time), finals[0]!.map((_, part) => stack(finals.map((final) => final[part]!)))];
  }

  /** One cell over the whole sequence. */
  #through(
    cell: Cell,
    steps: readonly Tensor[],
    start: readonly Tensor[] | null,
    backwards: boolean,
  ): { states: Tensor[]; final: readonly Tensor[] } {
    let state = start;
    const states = (backwards ? [...steps].reverse() : steps).map((x) => (state = this.step(cell, x, state))[0]!);
    return { states: backwards ? states.reverse() : states, final: state! };
  }
}

/** `RNNCell` over sequences. */
export class RNN extends Recurrent<RNNCell> {
  constructor(inputSize: number, hiddenSize: number, options: RNNOptions = {}) {
    super(inputSize, hiddenSize, options, (size, seed) => new RNNCell(size, hiddenSize, ofCell(options, seed)));
  }

  forward(x: TensorLike, hidden: Tensor | null = null): [output: Tensor, hidden: Tensor] {
    const [output, [final]] = this.unroll(x, hidden && [hidden]);
    return [output, final!];
  }

  protected step(cell: RNNCell, x: Tensor, state: readonly Tensor[] | null): readonly Tensor[] {
    return [cell.forward(x, state?.[0] ?? null)];
  }
}

/** `GRUCell` over sequences. */
export class GRU extends Recurrent<GRUCell> {
  constructor(inputSize: number, hiddenSize: number, options: RecurrentOptions = {}) {
    super(inputSize, hiddenSize, options, (size, seed) => new GRUCell(size, hiddenSize, ofCell(options, seed)));
  }

  forward(x: TensorLike, hidden: Tensor | null = null): [output: Tensor, hidden: Tensor] {
    const [output, [final]] = this.unroll(x, hidden && [hidden]);
    return [output, final!];
  }

  protected step(cell: GRUCell, x: Tensor, state: readonly Tensor[] | null): readonly Tensor[] {
    return [cell.forward(x, state?.[0] ?? null)];
  }
}

/** `LSTMCell` over sequences. */
export class LSTM extends Recurrent<LSTMCell> {
  constructor(inputSize: number, hiddenSize: number, options: RecurrentOptions = {}) {
    super(inputSize, hiddenSize, options, (size, seed) => new LSTMCell(size, hiddenSize, ofCell(options, seed)));
  }

  forward(x: TensorLike, state: LSTMState | null = null): [output: Tensor, state: LSTMState] {
    const [output, [hidden, cell]] = this.unroll(x, state);
    return [output, [hidden!, cell!]];
  }

  protected step(cell: LSTMCell, x: Tensor, state: readonly Tensor[] | null): readonly Tensor[] {
    return cell.forward(x, state as LSTMState | null);
  }
}

const ofCell = ({ bias, dtype, nonlinearity }: RNNOptions, seed: number): RNNCellOptions => ({
  seed,
  ...(bias === undefined ? {} : { bias }),
  ...(dtype === undefined ? {} : { dtype }),
  ...(nonlinearity === undefined ? {} : { nonlinearity }),
});
