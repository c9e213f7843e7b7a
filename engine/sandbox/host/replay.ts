import { t } from '../../base/l10n.ts';
import type { TapeNode } from '../../autograd/local-runtime.ts';
import type { OpName } from '../../ops/index.ts';
import type { DType } from '../../tensor/dtype.ts';
import { expectationKinds } from '../../tensor/expectation.ts';
import { distributions } from '../../tensor/random.ts';
import { oneHot } from '../../tensor/kernels/indexing.ts';
import type { Attributes, LeafKind } from '../../tensor/runtime.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { codeMask, dtypes, leafKinds, packed, packedOps, packedTensors, record, scopeKinds } from '../stream.ts';
import { attributesOf, parsed } from './attributes.ts';
import { RunStopped } from './limits.ts';
import type { Places, Recorder } from './recorder.ts';
import { Routine } from './routine.ts';
import type { Tape } from './tape.ts';
import { Work } from './work.ts';

const maxTexts = 100_000;

/** Reads the guest's stream: tensors onto the tape, names and places into the trace. */
export class Replay {
  readonly #texts = new Map<number, string>();
  #textCount = 0;
  readonly #contents = new Map<number, Float64Array>();
  #contentCount = 0;
  readonly #work: Work;
  readonly routine: Routine;

  constructor(
    readonly tape: Tape,
    readonly recorder: Recorder,
    readonly places: Places,
    readonly onBackward: (tensor: number) => void,
    /** Throws when the run's time is over: a page may hold seconds of work. */
    checkTime: () => void,
  ) {
    this.#work = new Work(checkTime);
    this.routine = new Routine(tape, (shape) => this.#work.done(shape));
  }

  intern(text: string): number {
    if (this.#texts.size >= maxTexts) throw new RunStopped('too-large', t('The model uses too many different names.'));
    this.#texts.set(this.#textCount, text);
    return this.#textCount++;
  }

  /** The guest knows texts by the numbers that another one gave them. */
  adoptTexts(from: Replay): void {
    for (const [number, text] of from.#texts) this.#texts.set(number, text);
    this.#textCount = Math.max(this.#textCount, from.#textCount);
  }

  content(bytes: ArrayBuffer): number {
    const limit = this.tape.limits.tensorBytes;
    if (bytes.byteLength > limit || bytes.byteLength % 8 !== 0)
      throw new RunStopped('too-large', t('A tensor is over the limit of memory.'));
    this.#contents.set(this.#contentCount, new Float64Array(bytes));
    return this.#contentCount++;
  }

  oneHot(question: ArrayBuffer): boolean {
    const { tape, recorder } = this;
    const [tensor = -1, dim = -1, ...shape] = new Int32Array(question);
    const classes = tape.tensor(tensor).data;
    const size = sizeOf(shape);
    if (!(dim >= 0 && dim < shape.length) || shape.some((of) => of < 0) || size !== classes.length * shape[dim]!)
      throw new RunStopped('internal', 'Classes do not fit their scores.');
    if (size * Float64Array.BYTES_PER_ELEMENT > tape.limits.tensorBytes)
      throw new RunStopped('too-large', t('A tensor is over the limit of memory.'));
    const content = oneHot(classes, shape, dim);
    if (content === null) return false;
    recorder.add('constant', 'constant', [], {}, tape.leaf('constant', dtypes.indexOf('bool'), false, content, shape));
    return true;
  }

  run(bytes: ArrayBuffer, count: number): void {
    if (!Number.isInteger(count) || count < 0 || count * 8 > bytes.byteLength)
      throw new RunStopped('internal', 'The stream has no such length.');
    const reader = new Reader(new Float64Array(bytes, 0, count));
    while (!reader.done) this.#record(reader);
  }

  /** What a differentiable gradient is made of belongs to the trace: it can be explained like all else. */
  differentiate(question: ArrayBuffer): ArrayBuffer {
    const { tape, recorder } = this;
    const reader = new Reader(new Int32Array(question));
    const output = tape.tensor(reader.next());
    const start = reader.next();
    const createGraph = reader.next() === 1;
    const wrt = reader.rest().map((number) => tape.tensor(number));
    const answers = tape.differentiate(output, start < 0 ? null : tape.tensor(start), wrt, createGraph, (made) => {
      this.#work.done(made.output.shape);
      recorder.add(made.op, 'op', made.inputs, made.attributes, made.output);
    });
    return Uint8Array.from(answers).buffer;
  }

  #record(reader: Reader): void {
    const { tape, recorder, routine } = this;
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
        return this.#work.done([tape.batches.rows(first).length]);
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
        const content = this.#contents.get(number);
        if (!kind || !content) throw new RunStopped('internal', 'A leaf has no content.');
        this.#contents.delete(number);
        return this.#leaf(kind, tape.leaf(kind, dtype, requiresGrad, content, reader.list()));
      }
      case record.leafOfOne: {
        const kind = leafKinds[first];
        if (!kind) throw new RunStopped('internal', 'There is no such leaf.');
        const [dtype, requiresGrad] = [reader.next(), reader.next() === 1];
        const content = new Float64Array(Int32Array.of(reader.next(), reader.next()).buffer);
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
        const attributes = this.#passingAttributes(reader.next());
        const made = tape.generate(distribution, dtype, attributes, reader.list());
        return recorder.add(distribution, 'constant', [], attributes, made);
      }
      case record.apply: {
        const op = tape.op(first);
        const attributes = this.#attributes(reader.next());
        const recording = reader.next() === 1;
        const numbers = reader.list();
        const inputs = numbers.map((input) => tape.tensor(input));
        const output = tape.apply(op, inputs, attributes, recording);
        this.#work.done(output.shape);
        if (routine.isNoting) routine.applied(numbers, output);
        return recorder.add(op, 'op', inputs, attributes, output);
      }
      case record.site:
        return recorder.site(tape.tensor(first), reader.next());
      case record.bind:
        return recorder.bind(tape.tensor(first), reader.next(), reader.next());
      case record.watch:
        return recorder.watch(tape.tensor(first), this.#text(reader.next()));
      case record.enterScope: {
        const kind = scopeKinds[first];
        if (!kind) throw new RunStopped('internal', 'There is no such scope.');
        return recorder.stack.enter(kind, this.#text(reader.next()), null);
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
        const halves = [reader.next(), reader.next(), reader.next(), reader.next()];
        const [low, high] = new Float64Array(Int32Array.from(halves).buffer);
        return recorder.expected(tensor, { kind, low: low!, high: high! });
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
    this.#work.done(output.shape);
    this.recorder.add(op, 'op', inputs, output.attributes, output);
  }

  /** The rows of a step, as the model is fed with them. */
  rows(batches: number): void {
    const { tape, recorder, routine } = this;
    const rows = Float64Array.from(tape.batches.rows(batches));
    if (routine.isNoting) routine.choose(rows.length, batches);
    const made = tape.leaf('input', dtypes.indexOf('int32'), false, rows, [rows.length]);
    this.#work.done(made.shape);
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

  #text(number: number): string {
    const text = this.#texts.get(number);
    if (text === undefined) throw new RunStopped('internal', 'There is no such text.');
    return text;
  }

  /** Few are different from each other: each text is read once. */
  #attributes(number: number): Attributes {
    const known = this.#read.get(number);
    if (known) return known;
    const attributes = Object.freeze(attributesOf(parsed(this.#text(number))));
    this.#read.set(number, attributes);
    return attributes;
  }
  readonly #read = new Map<number, Attributes>();

  /** Nobody refers to them again. */
  #passingAttributes(number: number): Attributes {
    const attributes = Object.freeze(attributesOf(parsed(this.#text(number))));
    this.#texts.delete(number);
    return attributes;
  }
}

const sameKind = (
  a: { shape: readonly number[]; dtype: DType },
  b: { shape: readonly number[]; dtype: DType },
): boolean => a.dtype === b.dtype && a.shape.join() === b.shape.join();

/** The first tensor that a record has in its first number. */
const tensorIn = (head: number): number => (head / packed.tensor) & (packedTensors - 1);

/** Whatever the guest has sent: what is read are whole numbers of 32 bits. */
class Reader {
  #at = 0;
  constructor(readonly numbers: Float64Array | Int32Array) {}

  get done(): boolean {
    return this.#at >= this.numbers.length;
  }

  /** A record's first number, as it was sent. */
  head(): number {
    return this.numbers[this.#at++]!;
  }

  next(): number {
    if (this.done) throw new RunStopped('internal', 'The stream ends in the middle of a record.');
    return this.numbers[this.#at++]! | 0;
  }

  rest(): number[] {
    return Array.from(this.numbers.subarray(this.#at));
  }

  /** A count, then as many numbers. */
  list(): number[] {
    const count = this.next();
    if (count < 0 || this.#at + count > this.numbers.length)
      throw new RunStopped('internal', 'The stream ends in the middle of a list.');
    this.#at += count;
    return Array.from(this.numbers.subarray(this.#at - count, this.#at), (number) => number | 0);
  }
}
