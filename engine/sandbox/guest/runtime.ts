import { isRecording } from '../../autograd/grad-mode.ts';
import type { DType, TypedArray } from '../../tensor/dtype.ts';
import { type Expectation, expectationKinds } from '../../tensor/expectation.ts';
import { type Distribution, distributions } from '../../tensor/random.ts';
import type {
  Attributes,
  DeclaredModel,
  Described,
  Differentiated,
  DrawnBatches,
  Handle,
  LeafKind,
  Runtime,
} from '../../tensor/runtime.ts';
import { type HostFunctions, differentiated, dtypes, leafKinds, record, scopeKinds } from '../stream.ts';
import type { Shape } from '../../tensor/shape.ts';
import { opNumbers } from './op-numbers.ts';
import { chooseRoutine, forgetSteps, isFollowed, isOfStep, leafOf, noteBeside } from './routine.ts';
import { attributesNumber, internWith, passingAttributes, textNumber } from './texts.ts';
import {
  flush,
  flushEveryOp,
  isMuted,
  leave,
  nextDepth,
  nextTensor,
  opWritten,
  unwritten,
  write,
  writeTo,
} from './writer.ts';

const one = new Float64Array(1);
const halves = new Int32Array(one.buffer);

/** Writes down what the model does. The host reads it when a value is asked for, or when the page is full. */
export class GuestRuntime implements Runtime {
  readonly #host: HostFunctions;
  #watching = false;
  readonly models: DeclaredModel[] = [];

  constructor(host: HostFunctions) {
    this.#host = host;
    writeTo(host.flush);
    internWith(host.intern);
  }

  leaf(kind: LeafKind, content: ArrayLike<number>, what: Described): number {
    if (!isFollowed()) return this.#leaf(kind, content, what);
    const { dtype, requiresGrad, shape } = what;
    if (requiresGrad) noteBeside();
    return leafOf([kind, content, dtype, requiresGrad, shape], () => this.#leaf(kind, content, what));
  }

  #leaf(kind: LeafKind, content: ArrayLike<number>, { dtype, requiresGrad, shape }: Described): number {
    const what = [leafKinds.indexOf(kind), dtypes.indexOf(dtype), Number(requiresGrad)] as const;
    if (content.length === 1) {
      one[0] = content[0]!;
      write(record.leafOfOne, ...what, halves[0]!, halves[1]!, shape.length, ...shape);
    } else {
      const number = this.#host.content(Float64Array.from(content).buffer);
      write(record.leaf, ...what, number, shape.length, ...shape);
    }
    return nextTensor();
  }

  copy(kind: LeafKind, from: Handle, { dtype, requiresGrad }: Described): number {
    noteBeside();
    write(record.copy, leafKinds.indexOf(kind), dtypes.indexOf(dtype), Number(requiresGrad), from as number);
    return nextTensor();
  }

  generate(distribution: Distribution, attributes: Attributes, { dtype, shape }: Described): number {
    noteBeside();
    // With another seed each time, they are different whenever numbers are drawn.
    const text = passingAttributes(attributes);
    write(record.generate, distributions.indexOf(distribution), dtypes.indexOf(dtype), text, shape.length, ...shape);
    return nextTensor();
  }

  apply(op: string, inputs: readonly Handle[], attributes: Attributes): number {
    const text = attributesNumber(attributes);
    write(record.apply, opNumbers.get(op)!, text, Number(isRecording()), inputs.length, ...(inputs as number[]));
    opWritten();
    return nextTensor();
  }

  read(handle: Handle, dtype: DType): TypedArray {
    noteBeside();
    flush();
    const bytes = this.#host.read(handle as number);
    switch (dtype) {
      case 'float32':
        return new Float32Array(bytes);
      case 'float64':
        return new Float64Array(bytes);
      case 'int32':
        return new Int32Array(bytes);
      case 'bool':
        return new Uint8Array(bytes);
    }
  }

  arePlaces(handle: Handle, size: number): boolean {
    if (handle === this.#rows && this.#rowsBelow <= size) return true;
    noteBeside();
    flush();
    return this.#host.arePlaces(handle as number, size);
  }

  oneHot(classes: Handle, shape: Shape, dim: number): number | null {
    noteBeside();
    flush();
    return this.#host.oneHot(Int32Array.of(classes as number, dim, ...shape).buffer) ? nextTensor() : null;
  }

  /**
   * Interpreted, the shuffle takes longer than all that a small model does with the rows. How many there are is known here too,
   * and that they are rows.
   */
  batches(size: number, of: number, seed: number): DrawnBatches {
    const number = this.#host.batches(size, of, seed);
    let first = 0;
    const end = (): number => Math.min(first + size, of);
    return {
      rows: () => {
        noteBeside();
        const count = end() - first;
        chooseRoutine(count);
        write(record.rows, number);
        const handle = nextTensor();
        this.#rows = handle;
        this.#rowsBelow = of;
        return { handle, count };
      },
      advance: () => {
        first = end() === of ? 0 : end();
        write(record.advance, number);
      },
    };
  }
  /** Rows that were made last, which are below a number. */
  #rows = -1;
  #rowsBelow = 0;

  /** Numbers of tensors are about to change. */
  forgetRows(): void {
    this.#rows = -1;
  }

  backward(loss: Handle): void {
    noteBeside();
    write(record.backward, loss as number);
    flush();
  }

  gradient(handle: Handle): number | null {
    noteBeside();
    flush();
    return this.#host.gradient(handle as number) ? nextTensor() : null;
  }

  differentiate(
    output: Handle,
    upstream: Handle | null,
    wrt: readonly Handle[],
    createGraph: boolean,
  ): (Differentiated | null)[] {
    noteBeside();
    flush();
    const question = [output, upstream ?? -1, Number(createGraph), ...wrt] as number[];
    const answers = new Uint8Array(this.#host.differentiate(Int32Array.from(question).buffer));
    return wrt.map((_, i) => {
      const answer = answers[i];
      if (answer === differentiated.none) return null;
      return { handle: nextTensor(), requiresGrad: answer === differentiated.differentiable };
    });
  }

  clearGradient(handle: Handle): void {
    noteBeside();
    write(record.clearGradient, handle as number);
  }

  assign(leaf: Handle, from: Handle): void {
    noteBeside();
    write(record.assign, leaf as number, from as number);
  }

  detectAnomalies(on: boolean): boolean {
    const before = this.#watching;
    if (on === before) return before;
    this.#watching = on;
    forgetSteps();
    flushEveryOp(on);
    write(record.detectAnomalies, Number(on));
    return before;
  }

  enterScope(kind: (typeof scopeKinds)[number], name: string): number {
    if (isMuted()) return unwritten;
    write(record.enterScope, scopeKinds.indexOf(kind), textNumber(name));
    return nextDepth();
  }

  leaveScope(token: unknown): void {
    leave(token);
  }

  name(handle: Handle, name: string): void {
    // Not recorded, it is not shown under its name either.
    if (isOfStep(handle as number)) return;
    noteBeside();
    write(record.watch, handle as number, textNumber(String(name)));
  }

  expectGradient(handle: Handle, { kind, low, high }: Expectation): boolean {
    noteBeside();
    const bounds = new Int32Array(Float64Array.of(low, high).buffer);
    if (isMuted()) return true;
    write(record.expectGradient, expectationKinds.indexOf(kind), handle as number, ...bounds);
    return true;
  }

  declareModel(model: DeclaredModel): void {
    this.models.push(model);
  }
}
