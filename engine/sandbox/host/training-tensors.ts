import type { TapeNode } from '../../autograd/tape-node.ts';
import { sizeOf } from '../../tensor/shape.ts';
import type { Instance } from './instance.ts';
import { RunStopped } from './limits.ts';
import type { Tape } from './tape.ts';

/** So many tensors and bytes may pile up before it is found out which are in use: asking costs as much as some ten ops. */
const tensorsBetween = 2048;
const bytesBetween = 16 * 2 ** 20;

/** The tensors that steps of a training have made, of which most are of no use when the step is over. */
export class TrainingTensors {
  /** What was there before the first step stays. */
  readonly first: number;
  readonly #bytesBefore: number;
  readonly #retained = new WeakMap<TapeNode, number>();

  constructor(readonly tape: Tape) {
    this.first = tape.count;
    this.#bytesBefore = tape.bytes;
  }

  get all(): TapeNode[] {
    const { tape, first } = this;
    return Array.from({ length: tape.count - first }, (_, i) => tape.tensor(first + i));
  }

  /** Whether it is worth while to settle. */
  get areMany(): boolean {
    const { tape, first } = this;
    return tape.count - first > tensorsBetween || tape.bytes - this.#bytesBefore > bytesBetween;
  }

  /** Lets go of all that the program has no more. */
  settle(instance: Instance): void {
    const { tape, first } = this;
    const { count } = tape;
    const numbers = Array.from(new Int32Array(instance.bytes('collect', first)));
    const areThere = numbers.every(
      (number, i) => number >= first && number < count && (i === 0 || number > numbers[i - 1]!),
    );
    if (!areThere) throw new RunStopped('internal', 'The guest keeps tensors that there are not.');
    tape.keep(first, numbers);
    tape.bytes = this.#bytesBefore;
    for (const tensor of this.all) tape.bytes += this.#bytesOf(tensor);
  }

  /** Of a tensor with all that it was made of in training, which it keeps alive: as `Tape.reserve` counts. */
  #bytesOf(tensor: TapeNode): number {
    const known = this.#retained.get(tensor);
    if (known !== undefined) return known;
    const seen = new Set([tensor]);
    let bytes = 0;
    for (const node of seen) {
      bytes += sizeOf(node.shape) * Float64Array.BYTES_PER_ELEMENT;
      for (const input of node.inputs) if (!input.isLeaf) seen.add(input);
    }
    this.#retained.set(tensor, bytes);
    return bytes;
  }
}
