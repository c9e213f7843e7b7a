import type { Block } from '../../autograd/block.ts';
import type { TapeNode, TapePass } from '../../autograd/tape-node.ts';
import { t } from '../../base/l10n.ts';
import type { TypedArray } from '../../tensor/dtype.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { dtypes, mostInStep } from '../stream.ts';
import { GuestError } from './guest-error.ts';
import type { Instance } from './instance.ts';
import { KnownSteps } from './known-steps.ts';
import { LeavesBefore } from './leaves-before.ts';
import { RunStopped } from './limits.ts';
import type { ModelToRun } from './models.ts';
import type { Recorder } from './recorder.ts';
import type { Replay } from './replay.ts';
import type { Tape } from './tape.ts';
import { TrainingTensors } from './training-tensors.ts';
import type { UpdateState, Updates } from './updates.ts';
import type { Work } from './work.ts';

/** Told of a step while its gradients are there: before the optimiser, and after. */
export interface Look {
  /** Whether it wants to know the names of what the forward pass makes. */
  readonly wantsNames: boolean;
  named(tensor: TapeNode, name: string): void;
  before(pass: TapePass): void;
  after(): void;
}

/** What steps have made on this side of the wall. */
export interface TapeState {
  /** Contents of leaves that they changed, by the leaf's place among all from before the first step. */
  readonly leaves: ReadonlyMap<number, TypedArray>;
  /** Tensors that the program still has. */
  readonly made: readonly Block[];
  readonly updates: UpdateState;
  /** Steps of each of the program's batches that are over. */
  readonly batches: readonly number[];
}

/** What a training happens to, on this side of the wall. */
export interface Trained {
  readonly recorder: Recorder;
  readonly tape: Tape;
  readonly updates: Updates;
  readonly replay: Replay;
  /** Whether a function of the user's does the same each time that all it calls does. */
  readonly isRepeatable: (scope: number) => boolean;
}

/** A model's training, a step at a time: forward, backward, update. Nothing is recorded from here to `end`, and what nobody needs any more is let go. */
export class TrainingSteps {
  readonly recorder: Recorder;
  readonly tape: Tape;
  readonly replay: Replay;
  readonly #known: KnownSteps;
  #instance: Instance;
  readonly #updates: Updates;
  readonly #before: LeavesBefore;
  readonly #made: TrainingTensors;
  /** What has a gradient of the step before. */
  #graded: readonly TapeNode[];

  /** @throws GuestError for a model without an optimizer */
  constructor(
    readonly model: ModelToRun,
    instance: Instance,
    { recorder, tape, updates, replay, isRepeatable }: Trained,
    readonly work: Work,
  ) {
    this.recorder = recorder;
    this.tape = tape;
    this.replay = replay;
    this.#known = new KnownSteps(tape, replay.routine, isRepeatable, !updates.isHere);
    this.#updates = updates;
    if (!model.optimizer)
      throw new GuestError('TypeError', t('{0} has no optimizer: it has no second step of training.', model.name), '');
    this.#instance = instance;
    this.#before = new LeavesBefore(tape);
    this.#made = new TrainingTensors(tape);
    this.#graded = recorder.parameters();
    recorder.recording = false;
    instance.control('follow');
    instance.control('mute', 1);
  }

  /** The loss before the update. @throws what the model throws, GuestError, RunStopped */
  next(look: Look | null = null): number {
    const { model, tape } = this;
    for (const node of this.#graded) tape.runtime.clearGradient(node);
    const loss = tape.tensor(this.#forward(look));
    if (sizeOf(loss.shape) !== 1) throw new RunStopped('internal', 'The loss is no scalar.');
    if (!loss.requiresGrad) {
      const message = `The loss of ${model.name} depends on no parameter: make one with param(…).`;
      throw new GuestError('GradientError', message, '');
    }
    const pass = this.#backward(loss);
    const { number } = loss;
    look?.before(pass);
    this.#updates.run(this.#instance, this.#graded);
    look?.after();
    if (!this.#beside || this.replay.routine.batches !== null) this.#instance.control('advance', model.index);
    if (this.#made.areMany) this.settle();
    return number;
  }

  /** Lets go of every tensor of the steps made that the program has no more. */
  settle(): void {
    this.#drop();
    this.#made.settle(this.#instance);
  }

  /** What makes the difference between now and before the first step; null where that is more than numbers. */
  state(): TapeState | null {
    this.settle();
    const made = this.#made.all;
    // What leads back to parameters is a graph of its own: such a moment cannot be gone back to.
    if (made.some(({ requiresGrad }) => requiresGrad)) return null;
    return {
      leaves: this.#before.changed(),
      made: made.map(({ data, shape, dtype }) => ({ data, shape, dtype })),
      updates: this.#updates.state,
      batches: this.tape.batches.steps,
    };
  }

  /** Goes on where another training of the same program stood. This one has made no step yet. */
  resume({ leaves, made, updates, batches }: TapeState, instance: Instance, from: TrainingSteps): void {
    this.#instance = instance;
    // The steps that it knows were made elsewhere.
    instance.control('forgetSteps');
    // Modules name their parameters once, which they have done.
    this.#before.name(this.recorder, from.#before, from.recorder);
    this.#before.hold(leaves);
    this.tape.keep(this.#made.first, []);
    for (const { data, shape, dtype } of made)
      this.tape.leaf('constant', dtypes.indexOf(dtype), false, Float64Array.from(data), shape);
    this.#updates.resume(updates);
    this.tape.batches.resume(batches);
  }

  /** What comes next is recorded again. */
  end(): void {
    const { recorder } = this;
    this.#drop();
    recorder.recording = true;
    this.#before.tell(recorder);
    this.#instance.control('mute', 0);
  }

  #forward(look: Look | null): number {
    const { model, recorder } = this;
    this.#drop();
    if (!look?.wantsNames) return this.#step();
    this.#known.passUnseen();
    recorder.unrecorded = (tensor, name) => look.named(tensor, name);
    this.#instance.control('mute', 0);
    const loss = this.#instance.number('forward', model.index);
    this.#instance.control('mute', 1);
    recorder.unrecorded = null;
    return loss;
  }

  #step(): number {
    const { model, tape, replay } = this;
    const { routine } = replay;
    const known = this.#known.next;
    const [base, bytes, { batches }] = [tape.count, tape.bytes, routine];
    routine.begin();
    if (known) {
      if (batches !== null) replay.rows(batches);
      routine.repeat(known.tensors);
      routine.end();
      this.#beside = { base, bytes };
      return base + known.place;
    }
    const answer = this.#instance.number('step', model.index);
    const told = -1 - answer;
    if (told >= 0) routine.repeat(Math.floor(told / mostInStep));
    routine.end();
    const place = told >= 0 ? told % mostInStep : answer - base;
    this.#known.made({ tensors: tape.count - base, place }, this.#instance);
    return base + place;
  }

  /** Tensors of a step that the guest does not know of go before it is asked again: both sides count alike. */
  #drop(): void {
    if (!this.#beside) return;
    this.tape.keep(this.#beside.base, []);
    this.tape.bytes = this.#beside.bytes;
    this.#beside = null;
  }
  #beside: { readonly base: number; readonly bytes: number } | null = null;

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
}
