import type { ModulePath } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import type { Problem } from '../../base/problem.ts';
import type { Budget, RunRequest, RunResult, RunTiming } from '../../protocol/worker.ts';
import { AnomalyError } from '../../tensor/errors.ts';
import { useRuntime } from '../../tensor/current-runtime.ts';
import type { LogLine, Pass, Site } from '../../trace/format.ts';
import type { PackedTrace } from '../../trace/packed.ts';
import { GuestError, Instance } from './instance.ts';
import { RunStopped } from './limits.ts';
import { ModelRunner } from './models.ts';
import { type Place, placeInStack, problemOf, startOf } from './problems.ts';
import { Overrides } from './overrides.ts';
import { packed } from './pack.ts';
import { Program, type ProgramFiles } from './program.ts';
import { Recorder } from './recorder.ts';
import { Replay } from './replay.ts';
import { Tape } from './tape.ts';

/** What is loaded once per worker and used by every run. */
export interface Engine {
  /** The compiled WebAssembly module of QuickJS. */
  readonly wasm: object;
  readonly bytecode: Uint8Array;
  /** Milliseconds of a steady clock. */
  readonly now: () => number;
  /** Told where the program is, now and then. */
  readonly seen: (place: Place) => void;
}

/** What becomes a run's result once its trace is unpacked. */
export interface PackedResult extends Omit<RunResult, 'trace'> {
  readonly trace: PackedTrace | null;
}

/** What a run may be asked for besides its trace. */
export type Asked = Pick<RunRequest, 'overrides' | 'unfinished' | 'training'>;

/** Milliseconds for the last words of a guest that was stopped. */
const grace = 50;

/** Runs one program once, from its text to its trace. Throws only when the sandbox itself is broken; the worker is done for then. */
export async function runProgram(
  entry: ModulePath,
  files: ProgramFiles,
  budget: Budget,
  engine: Engine,
  { overrides: given = [], unfinished = false, training }: Asked = {},
): Promise<PackedResult> {
  const clock = stopwatch(engine.now);
  const program = new Program(entry, files);
  clock.lap('instrument');
  if (!program.runnable) return { trace: null, problems: program.problems, files: program.files, timings: clock.laps };

  const problems: Problem[] = [...program.problems];
  const log: LogLine[] = [];
  let deadline = engine.now() + budget.softDeadline;
  const overrides = new Overrides(given);
  const recorder = new Recorder(entry, program, overrides);
  const tape = new Tape(budget);
  const checkTime = (): void => {
    if (engine.now() > deadline) throw new RunStopped('timeout', '');
  };
  // Once a limit was hit the run is over, even if the guest catches what is thrown into it.
  const limit: { stopped: RunStopped | null } = { stopped: null };
  const limited = <Result>(body: () => Result): Result => {
    if (limit.stopped) throw limit.stopped;
    try {
      checkTime();
      return body();
    } catch (error) {
      limit.stopped = stopFor(error, recorder, tape);
      throw limit.stopped;
    }
  };
  const models = new ModelRunner(program, recorder, tape, checkTime);
  const replay = new Replay(tape, recorder, program, (tensor) => models.backward(tensor), checkTime);

  const before = useRuntime(tape.runtime);
  let place: Place = startOf(entry);
  let under: Pick<Pass, 'name' | 'site'> = { name: entry, site: null };
  let isUnfinished = false;
  let instance: Instance | null = null;
  try {
    instance = await Instance.create(
      {
        wasm: engine.wasm,
        bytecode: engine.bytecode,
        memory: budget.guestBytes,
        expired: () => engine.now() > deadline,
        resolve: (from, specifier) => program.resolved(from, specifier),
        load: (name) => {
          const module = program.modules.get(name as ModulePath);
          if (!module) throw new Error(`Cannot find '${name}'.`);
          return module.code;
        },
      },
      {
        flush: (stream, count) =>
          limited(() => {
            replay.run(stream, count);
            if (recorder.lastSeen) engine.seen(recorder.lastSeen);
          }),
        intern: (text) => limited(() => replay.intern(text)),
        content: (bytes) => limited(() => replay.content(bytes)),
        read: (tensor) => limited(() => copyOf(tape.tensor(tensor).data)),
        gradient: (tensor) => limited(() => tape.gradient(tensor)),
        differentiate: (question) => limited(() => replay.differentiate(question)),
        log: (level, text, stack) =>
          limited(() => {
            if (log.length >= budget.logLines) return;
            log.push({
              level: level === 'warn' || level === 'error' ? level : 'log',
              text,
              ...(placeInStack(stack, program) ?? startOf(entry)),
            });
          }),
      },
    );
    clock.lap('create');
    await instance.evaluate(program.modules.get(entry)!.code, entry);
    instance.control('flush');
    for (const model of models.declared(instance)) {
      place = model.place ?? startOf(entry);
      under = model;
      engine.seen(place);
      const isTrained = training && (training.model === null ? model.index === 0 : training.model === model.name);
      models.run(model, instance, replay, isTrained ? training.step : 1);
      if (limit.stopped) throw limit.stopped;
    }
    if (recorder.passes.length === 0) {
      const message = t('Nothing to show: this file declares no model(…) and calls no backward().');
      problems.push({ code: 'no-model', severity: 'warning', message, ...startOf(entry) });
    }
  } catch (error) {
    const done = instance ? lastValue(instance, program) : null;
    // A model's own backward pass runs on this side, and is watched as the guest asked for.
    const stopped = limit.stopped ?? (error instanceof AnomalyError ? stopFor(error, recorder, tape) : null);
    const problem = problemOf(
      stopped ?? error,
      stopped?.place ?? errorPlace(error, program, done) ?? place,
      place,
      budget.softDeadline,
      (at) => program.modules.get(at.file)?.text.slice(at.span.start, at.span.end) ?? '',
    );
    if (problem.code === 'timeout' && !limit.stopped && instance) {
      // What the guest wrote down but had not sent says which loop it was in; the engine's own line can be off.
      deadline = engine.now() + grace;
      flushQuietly(instance);
    }
    const loop = problem.code === 'timeout' ? recorder.stack.innermostLoop() : null;
    problems.push(loop ? { ...problem, file: loop.file, span: loop.span } : problem);
    if (unfinished && !limit.stopped && instance) {
      deadline = engine.now() + grace;
      flushQuietly(instance);
    }
    isUnfinished = unfinished && recorder.abandonPass(under);
  } finally {
    useRuntime(before);
    disposeQuietly(instance);
  }
  clock.lap('run');
  const trace = traceOf(program, recorder, log, problems);
  clock.lap('record');
  return {
    trace,
    problems,
    files: program.files,
    timings: clock.laps,
    ...(given.length === 0 ? {} : { overridden: overrides.told(recorder, program) }),
    ...(isUnfinished && { unfinished: true }),
  };
}

const copyOf = (data: ArrayBufferView): ArrayBuffer =>
  data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer;

function traceOf(
  program: Program,
  recorder: Recorder,
  log: readonly LogLine[],
  problems: readonly Problem[],
): PackedTrace | null {
  if (recorder.passes.length === 0) return null;
  return { entry: program.entry, files: program.files, ...packed(recorder), log, problems };
}

/** What ends a run, from what was thrown on this side of the wall. */
function stopFor(error: unknown, recorder: Recorder, tape: Tape): RunStopped {
  if (error instanceof RunStopped) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof AnomalyError)) return new RunStopped('internal', message);
  const { culprit } = tape.runtime;
  return new RunStopped('not-finite', message, culprit && recorder.placeOf(culprit));
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

/** A guest that ran out of memory may not be able to clean up after itself; its memory goes with it all the same. */
function disposeQuietly(instance: Instance | null): void {
  try {
    instance?.dispose();
  } catch {
    return;
  }
}

function stopwatch(now: () => number): { laps: RunTiming[]; lap(stage: RunTiming['stage']): void } {
  let last = now();
  const laps: RunTiming[] = [];
  const lap = (stage: RunTiming['stage']): void => {
    const time = now();
    laps.push({ stage, milliseconds: time - last });
    last = time;
  };
  return { laps, lap };
}
