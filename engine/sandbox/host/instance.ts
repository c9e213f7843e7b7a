import {
  EvalFlags,
  Intrinsics,
  type JSValueHandle,
  JSException,
  QuickJS,
  type QuickJSOptions,
  type Snapshot,
} from 'quickjs-wasi';
import type { HostFunctions } from '../stream.ts';
import { bytes, safely, string, whole, withTexts } from './crossing.ts';
import { GuestError } from './guest-error.ts';
import { RunStopped } from './limits.ts';

export interface InstanceOptions {
  /** A compiled WebAssembly module. */
  readonly wasm: object;
  /** The library for the guest, compiled at build time. */
  readonly bytecode: Uint8Array;
  readonly memory: number;
  /** True when the run's time is over. */
  readonly expired: () => boolean;
  readonly resolve: (from: string, specifier: string) => string;
  readonly load: (module: string) => string;
}

/** 2023-11-14T22:13:20Z, in nanoseconds: every run happens at the same moment, so that it gives the same numbers. */
const fixedTime = 1_700_000_000n * 1_000_000_000n;
/** More, and the host's own stack overflows before QuickJS notices. */
const guestStack = 256 * 1024;

/** Everything that a guest is at one moment. */
export interface GuestMemory {
  readonly bytes: Uint8Array;
  readonly snapshot: Omit<Snapshot, 'memory'>;
  /** The engine's token of the guest's control. */
  readonly control: number;
}

/** Guests before any model code: a copy is there in a fifth of the time that it takes to run the library once more. By its bytecode. */
const fresh = new WeakMap<Uint8Array, GuestMemory>();

/** One QuickJS in its own WebAssembly memory, used for one run and thrown away. The only file that knows the engine. */
export class Instance {
  readonly #vm: QuickJS;
  readonly #expired: () => boolean;
  #control: JSValueHandle | null = null;

  private constructor(vm: QuickJS, expired: () => boolean) {
    this.#vm = vm;
    this.#expired = expired;
  }

  /** A guest that knows the library and nothing else. */
  static async create(options: InstanceOptions, host: HostFunctions): Promise<Instance> {
    const known = fresh.get(options.bytecode);
    if (known) return Instance.restored(known, options, host);
    const vm = await QuickJS.create({
      ...engineOptions(options),
      intrinsics: Intrinsics.ALL & ~Intrinsics.PERFORMANCE,
    });
    const instance = new Instance(vm, options.expired);
    instance.#offer(host);
    vm.evalBytecode(options.bytecode).dispose();
    instance.#pump();
    const control = vm.global.getProp('retrogradControl');
    instance.#control = control;
    vm.evalCode('delete globalThis.retrogradControl').dispose();
    fresh.set(options.bytecode, instance.memory);
    return instance;
  }

  /** A guest that goes on from a moment of another one, of the same program and in the same version of the engine. */
  static async restored(
    { bytes: memory, snapshot, control }: GuestMemory,
    options: InstanceOptions,
    host: HostFunctions,
  ): Promise<Instance> {
    const vm = await QuickJS.restore({ ...snapshot, memory }, engineOptions(options));
    const instance = new Instance(vm, options.expired);
    for (const [name, call] of instance.#hostCalls(host))
      vm.registerHostCallback(name, (...args) => withTexts(() => call(args)));
    instance.#control = vm.importHandle(control);
    return instance;
  }

  get memory(): GuestMemory {
    const control = this.#vm.exportHandle(this.#control!);
    const { memory, ...snapshot } = this.#vm.snapshot();
    return { bytes: memory, snapshot, control };
  }

  /** Runs a module of the program to its end, top-level await included. @throws GuestError, RunStopped */
  async evaluate(code: string, name: string): Promise<void> {
    const promise = this.#guarded(() => this.#vm.evalCode(code, name, EvalFlags.TYPE_MODULE), true);
    this.#pump();
    const { promiseState } = promise;
    if (promiseState === 0) throw new GuestError('Error', 'The file waits for a promise that never settles.', '');
    const settled = await this.#vm.resolvePromise(promise);
    if ('error' in settled) throw this.#read(settled.error);
  }

  /** Calls one of the guest's control functions with numbers. @throws RunStopped when it does not give a number */
  number(name: string, ...numbers: number[]): number {
    return this.#called(name, numbers, whole);
  }

  /** The same for a text. */
  text(name: string, ...numbers: number[]): string {
    return this.#called(name, numbers, string);
  }

  /** The same for bytes. */
  bytes(name: string, ...numbers: number[]): ArrayBuffer {
    return this.#called(name, numbers, bytes);
  }

  control(name: string, ...numbers: number[]): void {
    this.#called(name, numbers, () => undefined);
  }

  /** A training calls as often as it has steps: nothing of a call stays behind. */
  #called<Result>(name: string, numbers: readonly number[], read: (result: JSValueHandle) => Result): Result {
    return this.#vm.withScope(() => {
      const result = this.#guarded(() => {
        const method = this.#control!.getProp(name);
        const given = numbers.map((number) => this.#vm.newNumber(number));
        return this.#vm.callFunction(method, this.#vm.undefined, ...given);
      });
      this.#pump();
      return read(result);
    });
  }

  dispose(): void {
    this.#vm.dispose();
  }

  #offer(host: HostFunctions): void {
    const vm = this.#vm;
    const object = vm.newObject();
    for (const [name, call] of this.#hostCalls(host))
      vm.setProp(
        object,
        name,
        vm.newFunction(name, (...args) => withTexts(() => call(args))),
      );
    vm.setProp(vm.global, 'retrogradHost', object);
  }

  #hostCalls(host: HostFunctions): Map<keyof HostFunctions, (args: readonly JSValueHandle[]) => JSValueHandle> {
    const vm = this.#vm;
    return new Map<keyof HostFunctions, (args: readonly JSValueHandle[]) => JSValueHandle>([
      ['flush', ([stream, count]) => (host.flush(bytes(stream), whole(count)), vm.undefined)],
      ['intern', ([text]) => vm.newNumber(host.intern(string(text)))],
      ['content', ([content]) => vm.newNumber(host.content(bytes(content)))],
      ['read', ([tensor]) => vm.newArrayBuffer(host.read(whole(tensor)))],
      ['arePlaces', ([tensor, size]) => (host.arePlaces(whole(tensor), whole(size)) ? vm.true : vm.false)],
      ['oneHot', ([question]) => (host.oneHot(bytes(question)) ? vm.true : vm.false)],
      ['batches', ([size, of, seed]) => vm.newNumber(host.batches(whole(size), whole(of), whole(seed)))],
      ['gradient', ([tensor]) => (host.gradient(whole(tensor)) ? vm.true : vm.false)],
      ['differentiate', ([question]) => vm.newArrayBuffer(host.differentiate(bytes(question)))],
      ['nameOf', ([site]) => vm.newString(host.nameOf(whole(site)))],
      ['log', ([level, text, stack]) => (host.log(string(level), string(text), string(stack)), vm.undefined)],
    ]);
  }

  /** Jobs one at a time: a promise that makes promises for ever has to meet the deadline too. */
  #pump(): void {
    const exports = this.#vm._getExports();
    while (exports.qjs_is_job_pending() !== 0) {
      if (this.#expired()) throw new RunStopped('timeout', '');
      if (exports.qjs_execute_pending_job() < 0) throw this.#read(this.#vm.getException());
    }
  }

  #guarded(body: () => JSValueHandle, compiling = false): JSValueHandle {
    try {
      return body();
    } catch (error) {
      if (!(error instanceof JSException)) throw error;
      const kind = safely(() => error.name);
      throw new GuestError(
        kind,
        safely(() => error.message),
        safely(() => error.stack ?? ''),
        compiling && kind === 'SyntaxError',
      );
    }
  }

  #read(error: JSValueHandle): GuestError {
    if (!error.isObject)
      return new GuestError('Error', `Thrown: ${safely(() => (error.isSymbol ? 'a symbol' : error.toString()))}`, '');
    const field = (name: string): string => safely(() => this.#guardedField(error, name));
    return new GuestError(field('name') || 'Error', field('message'), field('stack'));
  }

  #guardedField(object: JSValueHandle, name: string): string {
    const value = object.getProp(name);
    return value.isString ? value.toString() : '';
  }
}

const engineOptions = ({ wasm, memory, expired, resolve, load }: InstanceOptions): QuickJSOptions => ({
  wasm,
  memoryLimit: memory,
  maxStackSize: guestStack,
  interruptHandler: expired,
  timezoneOffset: 0,
  moduleLoader: { normalize: textErrors(resolve), load: textErrors(load) },
  wasi: (wasmMemory: { readonly buffer: ArrayBuffer }) => ({
    clock_time_get: (_clock: number, _precision: bigint, result: number) => {
      new DataView(wasmMemory.buffer).setBigUint64(result, fixedTime, true);
      return 0;
    },
  }),
});

const textErrors =
  <Args extends readonly string[]>(call: (...args: Args) => string) =>
  (...args: Args): string =>
    withTexts(() => call(...args));
