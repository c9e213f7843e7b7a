import { t } from '../../base/l10n.ts';
import type { DType } from '../../tensor/dtype.ts';
import { distributions } from '../../tensor/random.ts';
import type { Attributes } from '../../tensor/runtime.ts';
import { leafKinds, record, scopeKinds } from '../stream.ts';
import { attributesOf, parsed } from './attributes.ts';
import { RunStopped } from './limits.ts';
import type { Places, Recorder } from './recorder.ts';
import type { Tape } from './tape.ts';

const maxTexts = 100_000;

/** Reads the guest's stream: tensors onto the tape, names and places into the trace. */
export class Replay {
  readonly #texts: string[] = [];
  readonly #contents = new Map<number, Float64Array>();
  #contentCount = 0;

  constructor(
    readonly tape: Tape,
    readonly recorder: Recorder,
    readonly places: Places,
    readonly onBackward: (tensor: number) => void,
    /** Throws when the run's time is over: a page may hold seconds of work. */
    readonly checkTime: () => void,
  ) {}

  intern(text: string): number {
    if (this.#texts.length >= maxTexts)
      throw new RunStopped('too-large', t('The model uses too many different names.'));
    return this.#texts.push(text) - 1;
  }

  content(bytes: ArrayBuffer): number {
    const limit = this.tape.limits.tensorBytes;
    if (bytes.byteLength > limit || bytes.byteLength % 8 !== 0)
      throw new RunStopped('too-large', t('A tensor is over the limit of memory.'));
    this.#contents.set(this.#contentCount, new Float64Array(bytes));
    return this.#contentCount++;
  }

  run(bytes: ArrayBuffer, count: number): void {
    if (!Number.isInteger(count) || count < 0 || count * 4 > bytes.byteLength)
      throw new RunStopped('internal', 'The stream has no such length.');
    const reader = new Reader(new Int32Array(bytes, 0, count));
    while (!reader.done) {
      this.checkTime();
      this.#record(reader);
    }
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
      this.checkTime();
      recorder.add(made.op, 'op', made.inputs, made.attributes, made.output);
    });
    return Uint8Array.from(answers).buffer;
  }

  #record(reader: Reader): void {
    const { tape, recorder } = this;
    switch (reader.next()) {
      case record.leaf: {
        const kind = leafKinds[reader.next()];
        const [dtype, requiresGrad, number] = [reader.next(), reader.next() === 1, reader.next()];
        const content = this.#contents.get(number);
        if (!kind || !content) throw new RunStopped('internal', 'A leaf has no content.');
        this.#contents.delete(number);
        recorder.add(kind, kind, [], {}, tape.leaf(kind, dtype, requiresGrad, content, reader.list()));
        return;
      }
      case record.copy: {
        const kind = leafKinds[reader.next()];
        if (!kind) throw new RunStopped('internal', 'There is no such leaf.');
        const [dtype, requiresGrad] = [reader.next(), reader.next() === 1];
        recorder.add(kind, kind, [], {}, tape.copy(kind, dtype, requiresGrad, tape.tensor(reader.next())));
        return;
      }
      case record.generate: {
        const distribution = distributions[reader.next()];
        if (!distribution) throw new RunStopped('internal', 'There is no such distribution.');
        const dtype = reader.next();
        const attributes = this.#attributes(reader.next());
        recorder.add(
          distribution,
          'constant',
          [],
          attributes,
          tape.generate(distribution, dtype, attributes, reader.list()),
        );
        return;
      }
      case record.apply: {
        const op = reader.next();
        const attributes = this.#attributes(reader.next());
        const recording = reader.next() === 1;
        const inputs = reader.list();
        const applied = tape.apply(op, inputs, attributes, recording);
        recorder.add(
          applied.op,
          'op',
          inputs.map((input) => tape.tensor(input)),
          attributes,
          applied.output,
        );
        return;
      }
      case record.site:
        return recorder.site(tape.tensor(reader.next()), reader.next());
      case record.bind:
        return recorder.bind(tape.tensor(reader.next()), reader.next(), reader.next());
      case record.watch:
        return recorder.watch(tape.tensor(reader.next()), this.#text(reader.next()));
      case record.enterScope: {
        const kind = scopeKinds[reader.next()];
        if (!kind) throw new RunStopped('internal', 'There is no such scope.');
        return recorder.stack.enter(kind, this.#text(reader.next()), null);
      }
      case record.enterFunction:
      case record.enterLoop: {
        const place = this.places.scope(reader.next());
        recorder.lastSeen = place ?? recorder.lastSeen;
        return recorder.stack.enter(place?.kind ?? 'function', place?.name ?? '', place);
      }
      case record.iterate:
        return recorder.stack.iterate(reader.next() + this.#base);
      case record.leave:
        return recorder.stack.leave(reader.next() + this.#base);
      case record.assign: {
        const [leaf, from] = [tape.tensor(reader.next()), tape.tensor(reader.next())];
        if (!sameKind(leaf, from)) throw new RunStopped('internal', 'A leaf was given content that does not fit it.');
        tape.runtime.assign(leaf.handle, from.handle);
        return recorder.assigned(leaf);
      }
      case record.clearGradient:
        return tape.tensor(reader.next()).zeroGrad();
      case record.backward:
        return this.onBackward(reader.next());
      case record.detectAnomalies:
        tape.runtime.detectAnomalies(reader.next() === 1);
        return;
      default:
        throw new RunStopped('internal', 'The stream holds an unknown record.');
    }
  }

  /** Depths are the guest's; the host has scopes of its own (a model) below them. */
  #base = 0;
  set baseDepth(depth: number) {
    this.#base = depth;
  }

  #text(number: number): string {
    const text = this.#texts[number];
    if (text === undefined) throw new RunStopped('internal', 'There is no such text.');
    return text;
  }

  #attributes(number: number): Attributes {
    return attributesOf(parsed(this.#text(number)));
  }
}

const sameKind = (
  a: { shape: readonly number[]; dtype: DType },
  b: { shape: readonly number[]; dtype: DType },
): boolean => a.dtype === b.dtype && a.shape.join() === b.shape.join();

class Reader {
  #at = 0;
  constructor(readonly numbers: Int32Array) {}

  get done(): boolean {
    return this.#at >= this.numbers.length;
  }

  next(): number {
    if (this.done) throw new RunStopped('internal', 'The stream ends in the middle of a record.');
    return this.numbers[this.#at++]!;
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
    return Array.from(this.numbers.subarray(this.#at - count, this.#at));
  }
}
