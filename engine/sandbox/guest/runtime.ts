import { ops } from '../../ops/index.ts';
import { type DType, type TypedArray } from '../../tensor/dtype.ts';
import { type Distribution, distributions } from '../../tensor/random.ts';
import { isRecording } from '../../autograd/grad-mode.ts';
import type {
  Attributes,
  DeclaredModel,
  Described,
  Differentiated,
  Handle,
  LeafKind,
  Runtime,
} from '../../tensor/runtime.ts';
import { type HostFunctions, differentiated, dtypes, leafKinds, record, scopeKinds } from '../stream.ts';

const opNumbers: ReadonlyMap<string, number> = new Map(Object.keys(ops).map((name, i) => [name, i]));
const capacity = 8192;
/** So many places go to the host at once: if a small model has to be killed, its last place is known. */
const eager = 150;

/** Writes down what the model does. The host reads it when a value is asked for, or when the page is full. */
export class GuestRuntime implements Runtime {
  readonly #host: HostFunctions;
  #page = new Int32Array(capacity);
  #used = 0;
  #places = 0;
  #depth = 0;
  #watching = false;
  /** The dtype of every tensor so far; its length is the next tensor's number. */
  readonly #tensors: DType[] = [];
  readonly #texts = new Map<string, number>();
  readonly models: DeclaredModel[] = [];

  constructor(host: HostFunctions) {
    this.#host = host;
  }

  leaf(kind: LeafKind, content: ArrayLike<number>, { dtype, requiresGrad, shape }: Described): number {
    const number = this.#host.content(Float64Array.from(content).buffer);
    this.#write(
      record.leaf,
      leafKinds.indexOf(kind),
      dtypes.indexOf(dtype),
      Number(requiresGrad),
      number,
      shape.length,
      ...shape,
    );
    return this.#made(dtype);
  }

  copy(kind: LeafKind, from: Handle, { dtype, requiresGrad }: Described): number {
    this.#write(record.copy, leafKinds.indexOf(kind), dtypes.indexOf(dtype), Number(requiresGrad), from as number);
    return this.#made(dtype);
  }

  generate(distribution: Distribution, attributes: Attributes, { dtype, shape }: Described): number {
    const text = this.#text(attributesText(attributes));
    this.#write(
      record.generate,
      distributions.indexOf(distribution),
      dtypes.indexOf(dtype),
      text,
      shape.length,
      ...shape,
    );
    return this.#made(dtype);
  }

  apply(op: string, inputs: readonly Handle[], attributes: Attributes, { dtype }: Described): number {
    this.#write(
      record.apply,
      opNumbers.get(op)!,
      this.#text(attributesText(attributes)),
      Number(isRecording()),
      inputs.length,
      ...(inputs as number[]),
    );
    // Found out at once, the error is thrown where the op stands.
    if (this.#watching) this.flush();
    return this.#made(dtype);
  }

  read(handle: Handle): TypedArray {
    this.flush();
    const bytes = this.#host.read(handle as number);
    switch (this.#tensors[handle as number]) {
      case 'float32':
        return new Float32Array(bytes);
      case 'float64':
        return new Float64Array(bytes);
      case 'int32':
        return new Int32Array(bytes);
      default:
        return new Uint8Array(bytes);
    }
  }

  backward(loss: Handle): void {
    this.#write(record.backward, loss as number);
    this.flush();
  }

  gradient(handle: Handle): number | null {
    this.flush();
    return this.#host.gradient(handle as number) ? this.#made(this.#tensors[handle as number]!) : null;
  }

  differentiate(
    output: Handle,
    upstream: Handle | null,
    wrt: readonly Handle[],
    createGraph: boolean,
  ): (Differentiated | null)[] {
    this.flush();
    const question = [output, upstream ?? -1, Number(createGraph), ...wrt] as number[];
    const answers = new Uint8Array(this.#host.differentiate(Int32Array.from(question).buffer));
    return (wrt as readonly number[]).map((of, i) => {
      const answer = answers[i];
      if (answer === differentiated.none) return null;
      return { handle: this.#made(this.#tensors[of]!), requiresGrad: answer === differentiated.differentiable };
    });
  }

  clearGradient(handle: Handle): void {
    this.#write(record.clearGradient, handle as number);
  }

  assign(leaf: Handle, from: Handle): void {
    this.#write(record.assign, leaf as number, from as number);
  }

  detectAnomalies(on: boolean): boolean {
    const before = this.#watching;
    this.#watching = on;
    this.#write(record.detectAnomalies, Number(on));
    return before;
  }

  enterScope(kind: (typeof scopeKinds)[number], name: string): number {
    this.#write(record.enterScope, scopeKinds.indexOf(kind), this.#text(name));
    return this.#depth++;
  }

  leaveScope(token: unknown): void {
    if (typeof token !== 'number' || token >= this.#depth || token < 0) return;
    this.#depth = token;
    this.#write(record.leave, token);
  }

  name(handle: Handle, name: string): void {
    this.#write(record.watch, handle as number, this.#text(String(name)));
  }

  declareModel(model: DeclaredModel): void {
    this.models.push(model);
  }

  /** The expression at `site` gave this tensor. */
  site(handle: number, site: number): void {
    this.#write(record.site, handle, site);
    this.#tellPlace();
  }

  bind(handle: number, site: number, index: number): void {
    this.#write(record.bind, handle, site, index);
  }

  enterFunction(site: number): number {
    this.#write(record.enterFunction, site);
    this.#tellPlace();
    return this.#depth++;
  }

  enterLoop(site: number): number {
    this.#write(record.enterLoop, site);
    this.#tellPlace();
    return this.#depth++;
  }

  iterate(token: unknown): void {
    if (typeof token !== 'number' || token >= this.#depth || token < 0) return;
    this.#depth = token + 1;
    this.#write(record.iterate, token);
  }

  flush(): void {
    if (this.#used === 0) return;
    const count = this.#used;
    this.#used = 0;
    this.#host.flush(this.#page.buffer.slice(0, count * Int32Array.BYTES_PER_ELEMENT), count);
  }

  #tellPlace(): void {
    if (this.#places++ < eager) this.flush();
  }

  #made(dtype: DType): number {
    return this.#tensors.push(dtype) - 1;
  }

  #text(text: string): number {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const number = this.#host.intern(text);
    this.#texts.set(text, number);
    return number;
  }

  #write(...numbers: number[]): void {
    if (this.#used + numbers.length > this.#page.length) {
      this.flush();
      if (numbers.length > this.#page.length) this.#page = new Int32Array(numbers.length);
    }
    for (const number of numbers) this.#page[this.#used++] = number;
  }
}

/** JSON has no word for ∞ and NaN: they go as texts, which the host turns back. */
const attributesText = (attributes: Attributes): string =>
  JSON.stringify(attributes, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
