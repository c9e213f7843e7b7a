import type { ModulePath } from '../../base/brand.ts';
import type { Problem } from '../../base/problem.ts';
import type { TrainedParameter } from '../../protocol/training.ts';
import type { Budget } from '../../protocol/worker.ts';
import { AnomalyError } from '../../tensor/errors.ts';
import { useRuntime } from '../../tensor/current-runtime.ts';
import type { LogLine, Pass, Site } from '../../trace/format.ts';
import type { HostFunctions } from '../stream.ts';
import type { Engine } from './engine.ts';
import { GuestError } from './guest-error.ts';
import { hostFunctions } from './host-functions.ts';
import { type GuestMemory, Instance, type InstanceOptions } from './instance.ts';
import { RunStopped } from './limits.ts';
import { type ModelToRun, ModelRunner } from './models.ts';
import type { Overrides } from './overrides.ts';
import { ParameterNames } from './parameter-names.ts';
import { type Place, placeInStack, problemOf, startOf } from './problems.ts';
import type { Program } from './program.ts';
import { Recorder } from './recorder.ts';
import { Replay } from './replay.ts';
import { Tape } from './tape.ts';

/** Milliseconds for the last words of a guest that was stopped. */
const grace = 50;

/** A program in its sandbox: a QuickJS that is alive until it is disposed, and what stands on this side of the wall. */
export class Session {
  readonly recorder: Recorder;
  readonly names: ParameterNames;
  readonly tape: Tape;
  readonly models: ModelRunner;
  readonly replay: Replay;
  readonly log: LogLine[] = [];
  /** What is running, for when it stands nowhere else. */
  #place: Place;
  #under: Pick<Pass, 'name' | 'site'>;
  #instance: Instance | null = null;
  #deadline = Infinity;
  /** Once a limit was hit all is over, even if the guest catches what is thrown into it. */
  #stopped: RunStopped | null = null;

  constructor(
    readonly program: Program,
    readonly budget: Budget,
    readonly engine: Engine,
    overrides: Pick<Overrides, 'made' | 'trained'> | null = null,
    weights: readonly TrainedParameter[] = [],
  ) {
    const checkTime = (): void => this.checkTime();
    this.#place = startOf(program.entry);
    this.#under = { name: program.entry, site: null };
    const names = new ParameterNames(weights);
    this.names = names;
    const recorder: Recorder = new Recorder(program.entry, program, {
      made: (id, leaf) => overrides?.made(id, leaf),
      named: (id, leaf, name) => {
        if (!names.named(leaf, name, recorder.table.isUsed(id))) return;
        overrides?.made(id, leaf);
        recorder.table.hold(id);
      },
    });
    this.recorder = recorder;
    this.tape = new Tape(budget);
    this.models = new ModelRunner(program, recorder, this.tape, checkTime, () => overrides?.trained(recorder.leaves));
    const { models, tape } = this;
    this.replay = new Replay(tape, recorder, program, (tensor) => models.backward(tensor), checkTime);
  }

  get instance(): Instance {
    if (!this.#instance) throw new RunStopped('internal', 'The sandbox is not open.');
    return this.#instance;
  }

  /** All that the guest is at this moment. */
  get memory(): GuestMemory {
    return this.instance.memory;
  }

  /** From now on there is so much time; `started` when that is not now. */
  grant(milliseconds: number, started = this.engine.now()): void {
    this.#deadline = started + milliseconds;
  }

  async open(): Promise<void> {
    this.#instance = await Instance.create(this.#options(), this.#functions());
  }

  /** Goes on from a moment of another session of the same program, whose texts the guest knows by number. */
  async resume(memory: GuestMemory, { replay }: Session): Promise<void> {
    this.dispose();
    this.replay.texts.adopt(replay.texts);
    this.#instance = await Instance.restored(memory, this.#options(), this.#functions());
  }

  /** Runs the program, all but its models. @throws GuestError, RunStopped */
  async evaluate(): Promise<void> {
    const { entry, modules } = this.program;
    await this.instance.evaluate(modules.get(entry)!.code, entry);
    this.instance.control('flush');
  }

  /** What is done from now on is this model's. */
  begin(model: ModelToRun): void {
    this.#place = model.place ?? startOf(this.program.entry);
    this.#under = model;
    this.engine.seen(this.#place);
  }

  /** @throws RunStopped when a limit was hit that the guest may have caught */
  check(): void {
    if (this.#stopped) throw this.#stopped;
  }

  /** What was thrown, in the user's words and at its place. The guest may run for a last moment. */
  problem(error: unknown): Problem {
    const { program, recorder, engine } = this;
    const instance = this.#instance;
    const done = instance ? lastValue(instance, program) : null;
    // A model's own backward pass runs on this side, and is watched as the guest asked for.
    const stopped = this.#stopped ?? (error instanceof AnomalyError ? this.#stopFor(error) : null);
    const problem = problemOf(
      stopped ?? error,
      stopped?.place ?? errorPlace(error, program, done) ?? this.#place,
      this.#place,
      this.budget.softDeadline,
      (at) => program.modules.get(at.file)?.text.slice(at.span.start, at.span.end) ?? '',
    );
    if (problem.code === 'timeout' && !this.#stopped && instance) {
      // What the guest wrote down but had not sent says which loop it was in; the engine's own line can be off.
      this.#deadline = engine.now() + grace;
      flushQuietly(instance);
    }
    const loop = problem.code === 'timeout' ? recorder.stack.innermostLoop() : null;
    return loop ? { ...problem, file: loop.file, span: loop.span } : problem;
  }

  /** What the model had made when it failed becomes a pass. False where that is nothing. */
  abandon(): boolean {
    if (!this.#stopped && this.#instance) {
      this.#deadline = this.engine.now() + grace;
      flushQuietly(this.#instance);
    }
    return this.recorder.abandonPass(this.#under);
  }

  /** Runs something with the library at work on this session's tape. Whatever the guest asks for does already. */
  within<Result>(body: () => Result): Result {
    const before = useRuntime(this.tape.runtime);
    try {
      return body();
    } finally {
      useRuntime(before);
    }
  }

  /** A guest that ran out of memory may not be able to clean up after itself; its memory goes with it all the same. */
  dispose(): void {
    try {
      this.#instance?.dispose();
    } catch {
      return;
    }
  }

  /** @throws RunStopped when time is over */
  checkTime(): void {
    if (this.engine.now() > this.#deadline) throw new RunStopped('timeout', '');
  }

  #options(): InstanceOptions {
    const { program, engine, budget } = this;
    return {
      wasm: engine.wasm,
      bytecode: engine.bytecode,
      memory: budget.guestBytes,
      expired: () => engine.now() > this.#deadline,
      resolve: (from, specifier) => program.resolved(from, specifier),
      load: (name) => {
        const module = program.modules.get(name as ModulePath);
        if (!module) throw new Error(`Cannot find '${name}'.`);
        return module.code;
      },
    };
  }

  #functions(): HostFunctions {
    const { program, replay, log, recorder, engine, budget } = this;
    return hostFunctions({
      program,
      replay,
      log,
      logLines: budget.logLines,
      flushed: () => {
        if (recorder.lastSeen) engine.seen(recorder.lastSeen);
      },
      limited: (body) => this.#limited(body),
    });
  }

  #limited<Result>(body: () => Result): Result {
    this.check();
    try {
      this.checkTime();
      return this.within(body);
    } catch (error) {
      this.#stopped = this.#stopFor(error);
      throw this.#stopped;
    }
  }

  /** What ends a run, from what was thrown on this side of the wall. */
  #stopFor(error: unknown): RunStopped {
    if (error instanceof RunStopped) return error;
    const message = error instanceof Error ? error.message : String(error);
    if (!(error instanceof AnomalyError)) return new RunStopped('internal', message);
    const { culprit } = this.tape.runtime;
    return new RunStopped('not-finite', message, culprit && this.recorder.placeOf(culprit));
  }
}

/** When the host stopped a run, the guest's stack at that moment still says where. */
const errorPlace = (error: unknown, program: Program, done: Site | null): Place | null =>
  error instanceof GuestError ? placeInStack(error.guestStack, program, done) : null;

function lastValue(instance: Instance, program: Program): Site | null {
  try {
    return program.site(instance.number('lastValue'));
  } catch {
    return null;
  }
}

function flushQuietly(instance: Instance): void {
  try {
    instance.control('flush');
  } catch {
    return;
  }
}
