import type { TapeNode, TapePass } from '../../autograd/local-runtime.ts';
import { t } from '../../base/l10n.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { GuestError, type Instance } from './instance.ts';
import { RunStopped } from './limits.ts';
import type { ModelToRun } from './models.ts';
import type { Recorder } from './recorder.ts';
import type { Tape } from './tape.ts';
import type { Work } from './work.ts';

/** So many tensors and bytes may pile up before it is found out which are in use: asking costs as much as some ten ops. */
const tensorsBetween = 2048;
const bytesBetween = 16 * 2 ** 20;

/** Told of a step while its gradients are there: before the optimiser, and after. */
export interface Look {
  before(pass: TapePass): void;
  after(): void;
}

/** A model's training, a step at a time: forward, backward, update. Nothing is recorded from here to `end`, and what nobody needs any more is let go. */
export class TrainingSteps {
  readonly #first: number;
  readonly #bytes: number;
  /** What has a gradient of the step before. */
  #graded: readonly TapeNode[];
  readonly #retained = new WeakMap<TapeNode, number>();

  constructor(
    readonly model: ModelToRun,
    readonly instance: Instance,
    readonly recorder: Recorder,
    readonly tape: Tape,
    readonly work: Work,
  ) {
    if (!model.optimizer)
      throw new GuestError('TypeError', t('{0} has no optimizer: it has no second step of training.', model.name), '');
    this.#first = tape.count;
    this.#bytes = tape.bytes;
    this.#graded = recorder.parameters();
    recorder.recording = false;
    instance.control('follow');
    instance.control('mute', 1);
  }

  /** What the program makes from now on is recorded again. */
  end(): void {
    this.recorder.recording = true;
    this.instance.control('mute', 0);
  }

  /** The loss before the update. @throws what the model throws, GuestError, RunStopped */
  next(look: Look | null = null): number {
    const { instance, model, tape } = this;
    for (const node of this.#graded) tape.runtime.clearGradient(node);
    const loss = tape.tensor(instance.number('forward', model.index));
    if (sizeOf(loss.shape) !== 1) throw new RunStopped('internal', 'The loss is no scalar.');
    if (!loss.requiresGrad) {
      const message = `The loss of ${model.name} depends on no parameter: make one with param(…).`;
      throw new GuestError('GradientError', message, '');
    }
    const pass = this.#backward(loss);
    const { number } = loss;
    look?.before(pass);
    instance.control('step', model.index);
    look?.after();
    if (tape.count - this.#first > tensorsBetween || tape.bytes - this.#bytes > bytesBetween) this.settle();
    return number;
  }

  /** Lets go of every tensor of the steps made that the program has no more. */
  settle(): void {
    const { instance, tape } = this;
    const count = tape.count;
    const numbers = Array.from(new Int32Array(instance.bytes('collect', this.#first)));
    const isOrdered = numbers.every(
      (number, i) => number >= this.#first && number < count && !(number <= numbers[i - 1]!),
    );
    if (!isOrdered) throw new RunStopped('internal', 'The guest keeps tensors that there are not.');
    tape.keep(this.#first, numbers);
    tape.bytes = this.#bytes;
    for (let i = 0; i < numbers.length; i++) tape.bytes += this.#bytesOf(tape.tensor(this.#first + i));
  }

  #backward(loss: TapeNode): TapePass {
    const { tape, work } = this;
    const before = tape.bytes;
    const pass = tape.runtime.backward(loss, (_node, _input, { shape }) => {
      work.done(shape);
      tape.reserve(shape);
    });
    tape.bytes = before;
    this.#graded = pass.nodes.filter((node) => node.isLeaf);
    return pass;
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
