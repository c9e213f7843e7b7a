import type { TapeNode } from '../../autograd/tape-node.ts';
import type { OpName } from '../../ops/index.ts';
import type { DType } from '../../tensor/dtype.ts';
import { expectationKinds } from '../../tensor/expectation.ts';
import { distributions } from '../../tensor/random.ts';
import type { LeafKind } from '../../tensor/runtime.ts';
import { codeMask, dtypes, leafKinds, packed, packedOps, packedTensors, record, scopeKinds } from '../stream.ts';
import { Contents } from './contents.ts';
import { RunStopped } from './limits.ts';
import type { Places, Recorder } from './recorder.ts';
import { Routine } from './routine.ts';
import { StreamReader } from './stream-reader.ts';
import type { Tape } from './tape.ts';
import { Texts } from './texts.ts';
import { Work } from './work.ts';

const longestName = 200;

/** Reads the guest's stream: tensors onto the tape, names and places into the trace. */
export class Replay {
  readonly texts = new Texts();
  readonly contents: Contents;
  readonly work: Work;
  readonly routine: Routine;

  constructor(
    readonly tape: Tape,
    readonly recorder: Recorder,
    readonly places: Places,
    readonly onBackward: (tensor: number) => void,
    /** Throws when the run's time is over: a page may hold seconds of work. */
    checkTime: () => void,
  ) {
    this.contents = new Contents(tape.limits);
    this.work = new Work(checkTime);
    this.routine = new Routine(tape, (shape) => this.work.done(shape));
  }

  run(bytes: ArrayBuffer, count: number): void {
    if (!Number.isInteger(count) || count < 0 || count * 8 > bytes.byteLength)
      throw new RunStopped('internal', 'The stream has no such length.');
    const reader = new StreamReader(new Float64Array(bytes, 0, count));
    while (!reader.done) this.#record(reader);
  }

  #record(reader: StreamReader): void {
    const { tape, recorder, routine, texts } = this;
    const head = reader.head();
    const first = (head / packed.operand) | 0;
    switch (head & codeMask) {
      case record.applyTwo: {
        const [one, two] = [tensorIn(head), (head / packed.secondTensor) | 0];
        this.#applied(tape.op(first & (packedOps - 1)), [tape.tensor(one), tape.tensor(two)]);
        if (routine.isNoting) routine.applied([one, two], tape.latest);
        return;
      }
      case record.applyOne: {
        const one = tensorIn(head);
        this.#applied(tape.op(first & (packedOps - 1)), [tape.tensor(one)]);
        if (routine.isNoting) routine.applied([one], tape.latest);
        return;
      }
      case record.repeat:
        return routine.repeat(first);
      case record.rows:
        return this.rows(first);
      case record.advance:
        tape.batches.advance(first);
        return this.work.done([tape.batches.rows(first).length]);
      case record.siteOfLatest:
        return recorder.site(tape.latest, first);
      case record.bindLatest:
        return recorder.bind(tape.latest, first, -1);
      case record.namedLatest:
        recorder.site(tape.latest, first + 1);
        return recorder.bind(tape.latest, first, -1);
      case record.iterate:
        return recorder.stack.iterate(first + this.#base);
      case record.leaf: {
        const kind = leafKinds[first];
        const [dtype, requiresGrad, number] = [reader.next(), reader.next() === 1, reader.next()];
        if (!kind) throw new RunStopped('internal', 'There is no such leaf.');
        const content = this.contents.take(number);
        return this.#leaf(kind, tape.leaf(kind, dtype, requiresGrad, content, reader.list()));
      }
      case record.leafOfOne: {
        const kind = leafKinds[first];
        if (!kind) throw new RunStopped('internal', 'There is no such leaf.');
        const [dtype, requiresGrad] = [reader.next(), reader.next() === 1];
        const content = Float64Array.of(reader.float());
        return this.#leaf(kind, tape.leaf(kind, dtype, requiresGrad, content, reader.list()));
      }
      case record.copy: {
        const kind = leafKinds[first];
        if (!kind) throw new RunStopped('internal', 'There is no such leaf.');
        const [dtype, requiresGrad] = [reader.next(), reader.next() === 1];
        return recorder.add(kind, kind, [], {}, tape.copy(kind, dtype, requiresGrad, tape.tensor(reader.next())));
      }
      case record.generate: {
        const distribution = distributions[first];
        if (!distribution) throw new RunStopped('internal', 'There is no such distribution.');
        const dtype = reader.next();
        const attributes = texts.passingAttributes(reader.next());
        const made = tape.generate(distribution, dtype, attributes, reader.list());
        return recorder.add(distribution, 'constant', [], attributes, made);
      }
      case record.apply: {
        const op = tape.op(first);
        const attributes = texts.attributes(reader.next());
        const recording = reader.next() === 1;
        const numbers = reader.list();
        const inputs = numbers.map((input) => tape.tensor(input));
        const output = tape.apply(op, inputs, attributes, recording);
        this.work.done(output.shape);
        if (routine.isNoting) routine.applied(numbers, output);
        return recorder.add(op, 'op', inputs, attributes, output);
      }
      case record.site:
        return recorder.site(tape.tensor(first), reader.next());
      case record.bind:
        return recorder.bind(tape.tensor(first), reader.next(), reader.next());
      case record.watch:
        return recorder.watch(tape.tensor(first), texts.text(reader.next()));
      case record.enterScope: {
        const kind = scopeKinds[first];
        if (!kind) throw new RunStopped('internal', 'There is no such scope.');
        return recorder.stack.enter(kind, texts.text(reader.next()).slice(0, longestName), null);
      }
      case record.enterFunction:
      case record.enterLoop: {
        const place = this.places.scope(reader.next());
        recorder.lastSeen = place ?? recorder.lastSeen;
        return recorder.stack.enter(place?.kind ?? 'function', place?.name ?? '', place);
      }
      case record.leave:
        return recorder.stack.leave(first + this.#base);
      case record.assign: {
        const [leaf, from] = [tape.tensor(first), tape.tensor(reader.next())];
        if (!sameKind(leaf, from)) throw new RunStopped('internal', 'A leaf was given content that does not fit it.');
        tape.runtime.assign(leaf, from);
        return recorder.assigned(leaf);
      }
      case record.clearGradient:
        return tape.runtime.clearGradient(tape.tensor(first));
      case record.backward:
        return this.onBackward(first);
      case record.expectGradient: {
        const kind = expectationKinds[first];
        if (!kind) throw new RunStopped('internal', 'There is no such expectation.');
        const tensor = tape.tensor(reader.next());
        return recorder.expected(tensor, { kind, low: reader.float(), high: reader.float() });
      }
      case record.siteOfExpectation:
        return recorder.expectations.at(this.places.site(first)?.id ?? null);
      case record.detectAnomalies:
        tape.runtime.detectAnomalies(first === 1);
        return;
      default:
        throw new RunStopped('internal', 'The stream holds an unknown record.');
    }
  }

  #applied(op: OpName, inputs: readonly TapeNode[]): void {
    const output = this.tape.applyPlain(op, inputs);
    this.work.done(output.shape);
    this.recorder.add(op, 'op', inputs, output.attributes, output);
  }

  /** The rows of a step, as the model is fed with them. */
  rows(batches: number): void {
    const { tape, recorder, routine } = this;
    const rows = Float64Array.from(tape.batches.rows(batches));
    if (routine.isNoting) routine.choose(rows.length, batches);
    const made = tape.leaf('input', dtypes.indexOf('int32'), false, rows, [rows.length]);
    this.work.done(made.shape);
    recorder.add('input', 'input', [], {}, made);
  }

  #leaf(kind: LeafKind, leaf: TapeNode): void {
    if (this.routine.isNoting) this.routine.leaf(kind, leaf);
    this.recorder.add(kind, kind, [], {}, leaf);
  }

  /** Depths are the guest's; the host has scopes of its own (a model) below them. */
  #base = 0;
  set baseDepth(depth: number) {
    this.#base = depth;
  }
}

const sameKind = (
  a: { shape: readonly number[]; dtype: DType },
  b: { shape: readonly number[]; dtype: DType },
): boolean => a.dtype === b.dtype && a.shape.join() === b.shape.join();

/** The first tensor that a record has in its first number. */
const tensorIn = (head: number): number => (head / packed.tensor) & (packedTensors - 1);
