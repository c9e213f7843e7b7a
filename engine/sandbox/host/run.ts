import type { ModulePath } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import type { Problem } from '../../base/problem.ts';
import type { Budget, RunRequest, RunResult, RunTiming } from '../../protocol/worker.ts';
import type { LogLine } from '../../trace/format.ts';
import type { PackedTrace } from '../../trace/packed.ts';
import type { Engine } from './engine.ts';
import { startOf } from './problems.ts';
import { Overrides } from './overrides.ts';
import { packed } from './pack.ts';
import { Program, type ProgramFiles } from './program.ts';
import type { Recorder } from './recorder.ts';
import { Session } from './session.ts';

/** What becomes a run's result once its trace is unpacked. */
export interface PackedResult extends Omit<RunResult, 'trace'> {
  readonly trace: PackedTrace | null;
}

/** What a run may be asked for besides its trace. */
export type Asked = Pick<RunRequest, 'overrides' | 'unfinished' | 'training' | 'weights'>;

/** Runs one program once, from its text to its trace. Throws only when the sandbox itself is broken; the worker is done for then. */
export async function runProgram(
  entry: ModulePath,
  files: ProgramFiles,
  budget: Budget,
  engine: Engine,
  { overrides: given = [], unfinished = false, training, weights }: Asked = {},
): Promise<PackedResult> {
  const clock = stopwatch(engine.now);
  const program = new Program(entry, files);
  clock.lap('instrument');
  if (!program.runnable) return { trace: null, problems: program.problems, files: program.files, timings: clock.laps };

  const problems: Problem[] = [...program.problems];
  const overrides = new Overrides(given, training !== undefined && training.step > 1);
  const session = new Session(program, budget, engine, overrides, weights);
  session.grant(budget.softDeadline);
  let isUnfinished = false;
  try {
    await session.open();
    clock.lap('create');
    await session.evaluate();
    const { models, instance, replay } = session;
    const declared = models.declared(instance);
    const trained = training && declared.find(({ name }) => (training.model ?? name) === name);
    // A step of training is of one model, as the training is that it is shown by: nodes have the same numbers in both.
    for (const model of trained ? [trained] : declared) {
      session.begin(model);
      session.within(() => models.run(model, instance, replay, trained ? training.step : 1));
      session.check();
    }
    if (session.recorder.passes.all.length === 0) {
      const message = t('Nothing to show: this file declares no model(…) and calls no backward().');
      problems.push({ code: 'no-model', severity: 'warning', message, ...startOf(entry) });
    }
  } catch (error) {
    problems.push(session.problem(error));
    isUnfinished = unfinished && session.abandon();
  }
  session.dispose();
  clock.lap('run');
  const trace = traceOf(program, session.recorder, session.log, problems);
  clock.lap('record');
  return {
    trace,
    problems,
    files: program.files,
    timings: clock.laps,
    ...(given.length === 0 ? {} : { overridden: overrides.told(session.recorder, program) }),
    ...(weights && { weightsKept: session.names.told() }),
    ...(isUnfinished && { unfinished: true }),
  };
}

export function traceOf(
  program: Program,
  recorder: Recorder,
  log: readonly LogLine[],
  problems: readonly Problem[],
): PackedTrace | null {
  if (recorder.passes.all.length === 0) return null;
  return { entry: program.entry, files: program.files, ...packed(recorder), log, problems };
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
