/**
 * Our own engine in the sandbox, as the editor runs it: the program instrumented, its ops recorded in QuickJS and executed on the
 * host, and every value and gradient kept for the trace. The guest has no clock: a step is what a training loop of 2n steps takes
 * longer than one of n, within the limits that a user's program has.
 */
import { startRunner } from '../../engine/node/runner.ts';
import { type RunResult, defaultBudget } from '../../engine/protocol/worker.ts';
import { trainingLoop } from './training-loop.ts';
import { type Checked, type Leaves, type WorkloadName, workloads } from './workloads.ts';

export interface SandboxTimes {
  /** Steps of the shorter run; the longer one has twice as many. */
  readonly steps: number;
  readonly short: readonly RunTimes[];
  readonly long: readonly RunTimes[];
}

/** Milliseconds of a run: of the program itself, and of writing down what it kept as a trace when it was over. */
export interface RunTimes {
  readonly run: number;
  readonly trace: number;
}

interface PreparedSandbox {
  readonly check: () => Promise<Checked>;
  readonly measure: (milliseconds: number) => Promise<SandboxTimes>;
}

/** Set by who starts this process: where the built worker and the programs are. */
const { RETROGRAD_WORKER: workerFile = '', RETROGRAD_BENCH: root = '' } = process.env;
const runner = startRunner({ workerFile, spare: false });

export const start = (): string => 'Retrograd, sandbox';

export function prepare(workload: WorkloadName, leaves: Leaves): PreparedSandbox {
  const { sandboxSteps: steps } = workloads[workload];
  const run = async (body: string): Promise<RunResult> => {
    const { entry, overlays } = trainingLoop(workload, body, leaves);
    const result = await runner.run({
      root,
      entry,
      overlays,
      // The usual limits, but for time: what is measured here is how much of it is needed.
      budget: { ...defaultBudget, softDeadline: 60_000, hardDeadline: 70_000 },
    });
    const error = result?.problems.find(({ severity }) => severity === 'error');
    if (!result || error) throw new Error(error?.message ?? 'The run was replaced.');
    return result;
  };
  const loop = async (count: number): Promise<RunTimes> => {
    const { timings } = await run(`for (let i = 0; i < ${count}; i++) step();`);
    const of = (wanted: string): number => timings.find(({ stage }) => stage === wanted)?.milliseconds ?? NaN;
    return { run: of('run'), trace: of('record') };
  };

  const check = async (): Promise<Checked> => {
    // A line of the log has an end, so every number has a line.
    const { trace } = await run(
      `const { loss, norms } = check();
      console.log(loss);
      for (const [name, norm] of Object.entries(norms)) console.log(name + ' ' + norm);`,
    );
    const [loss, ...lines] = trace?.log.map(({ text }) => text) ?? [];
    const norms: Record<string, number> = {};
    for (const line of lines) {
      const [parameter = '', norm] = line.split(' ');
      norms[parameter] = Number(norm);
    }
    return { loss: Number(loss), norms };
  };
  const measure = async (milliseconds: number): Promise<SandboxTimes> => {
    const times = { steps, short: [] as RunTimes[], long: [] as RunTimes[] };
    const until = performance.now() + milliseconds;
    while (performance.now() < until || times.long.length < 2) {
      times.short.push(await loop(steps));
      times.long.push(await loop(2 * steps));
    }
    return times;
  };
  return { check, measure };
}
