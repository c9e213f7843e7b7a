import { t } from '../base/l10n.ts';
import { nearest } from '../base/nearest.ts';
import { LineTable } from '../base/span.ts';
import type { Problem } from '../base/problem.ts';
import { PassGraph } from '../analysis/pass-graph.ts';
import type { RunResult, Training } from '../protocol/worker.ts';
import type { Part } from '../replay/stepper/timeline.ts';
import type { Pass, Trace } from '../trace/format.ts';
import { type Arguments, RequestError } from './arguments.ts';
import type { DebugHost, ProgramPlace, WhatIfRun } from './host.ts';

/** What a launch configuration asks for. */
export interface Launch {
  readonly program: string;
  /** Null: the first model, or else the last `backward()`. */
  readonly model: string | null;
  readonly stopOnEntry: boolean;
  readonly part: Part;
  /** Which step of training is replayed; 0 is the last one. From 1. */
  readonly trainingStep: number | null;
  readonly noDebug: boolean;
}

/** A run that can be stepped through. */
export interface Launched {
  readonly place: ProgramPlace;
  readonly trace: Trace;
  readonly graph: PassGraph;
  readonly part: Part;
  /** Why the run ended before its pass did; the pass is then what there was until then. */
  readonly failure: Problem | null;
  readonly result: RunResult;
  /** The trace as what the file does by itself would not show it: of a later step of training, of a later pass of the name, or of a what-if. */
  readonly apart: Trace | null;
}

export function launchOf(given: Arguments): Launch {
  const step = given.optionalWhole('step');
  if (step === 0) throw new RequestError(t("'step' counts the steps of training from 1."));
  return {
    program: given.text('program'),
    model: given.optionalText('model'),
    stopOnEntry: given.flag('stopOnEntry', true),
    part: given.oneOf('pass', ['forward', 'backward', 'both'], 'backward'),
    trainingStep: step,
    noDebug: given.flag('noDebug', false),
  };
}

/** Runs the program, and finds what is to be replayed. Null when the run was stopped. @throws RequestError */
export async function run(launch: Launch, host: DebugHost, whatIf: WhatIfRun | null = null): Promise<Launched | null> {
  const place = host.locate(launch.program);
  if (typeof place === 'string') throw new RequestError(place);
  const result = await host.run({ ...place, training: trainingOf(launch), whatIf });
  if (result === null) return null;
  if (typeof result === 'string') throw new RequestError(result);
  const { trace, problems } = result;
  if (!trace || trace.passes.length === 0) throw new RequestError(whyNothing(problems, result));
  const pass = passOf(trace, launch, () => whyNothing(problems, result));
  const graph = new PassGraph(trace, pass);
  const isFirst =
    trainingOf(launch) === null && whatIf === null && trace.passes.find(({ name }) => name === pass.name) === pass;
  const apart = isFirst ? null : { ...trace, passes: [pass] };
  // What has no gradients can be stepped through forward.
  if (result.unfinished === true && pass === trace.passes.at(-1)) {
    const failure = problems.find(({ severity }) => severity === 'error') ?? null;
    return { place, trace, graph, part: 'forward', failure, result, apart };
  }
  return { place, trace, graph, part: launch.part, failure: null, result, apart };
}

/** Steps that are made before the one that is stepped through; null where it is the first. */
export const trainingOf = ({ model, trainingStep }: Launch): Training | null =>
  trainingStep !== null && trainingStep > 1 ? { model, step: trainingStep } : null;

/** @throws RequestError for a model that is not there. */
function passOf(trace: Trace, { model, trainingStep }: Launch, whyNot: () => string): Pass {
  const { passes } = trace;
  const wanted = model ?? (passes.find(({ kind }) => kind === 'model') ?? passes.at(-1)!).name;
  const named = passes.filter(({ name }) => name === wanted);
  if (named.length === 0) {
    // A run that failed may not have come to it.
    if (trace.problems.some(({ severity }) => severity === 'error')) throw new RequestError(whyNot());
    const names = [...new Set(passes.map(({ name }) => name))];
    const guess = nearest(wanted, names);
    throw new RequestError(
      guess === null
        ? t("There is no model '{0}'; there is {1}.", wanted, names.join(', '))
        : t("There is no model '{0}'; there is {1}. Did you mean '{2}'?", wanted, names.join(', '), guess),
    );
  }
  if (trainingStep === null || named[0]!.kind === 'model') return named.at(-1)!;
  const found = named[trainingStep - 1];
  if (!found)
    throw new RequestError(
      t("'{0}' made {1} steps of training: there is no step {2}.", wanted, named.length, trainingStep),
    );
  return found;
}

function whyNothing(problems: readonly Problem[], { files }: RunResult): string {
  const [problem] = problems;
  if (!problem) return t('The program made nothing that could be stepped through.');
  const text = files.find(({ path }) => path === problem.file)?.text ?? '';
  const { line, column } = new LineTable(text).positionAt(problem.span.start);
  return `${problem.file}:${line}:${column}: ${problem.message}`;
}
