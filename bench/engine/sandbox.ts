/**
 * Our own engine in the sandbox, as the editor runs it: the program instrumented, its ops recorded in QuickJS and executed on the
 * host, and every value and gradient kept for the trace. The guest has no clock: a step is what a training loop of 2n steps takes
 * longer than one of n, within the limits that a user's program has.
 */
import type { ModulePath } from '../../engine/base/brand.ts';
import { startRunner } from '../../engine/node/runner.ts';
import { type RunResult, defaultBudget } from '../../engine/protocol/worker.ts';
import { type Checked, type Leaves, type WorkloadName, workloads } from './workloads.ts';

export interface SandboxTimes {
  /** Steps of the shorter run; the longer one has twice as many. */
  readonly steps: number;
  readonly short: readonly number[];
  readonly long: readonly number[];
}

interface PreparedSandbox {
  readonly check: () => Promise<Checked>;
  readonly measure: (milliseconds: number) => Promise<SandboxTimes>;
}

const entry = 'main.ts' as ModulePath;
/** Set by who starts this process: where the built worker and the programs are. */
const { RETROGRAD_WORKER: workerFile = '', RETROGRAD_BENCH: root = '' } = process.env;
const runner = startRunner({ workerFile, spare: false });

export const start = (): string => 'Retrograd, sandbox';

export function prepare(workload: WorkloadName, leaves: Leaves): PreparedSandbox {
  const { sandboxSteps: steps } = workloads[workload];
  const run = async (body: string): Promise<{ result: RunResult; milliseconds: number }> => {
    const text = [
      `import { program } from './programs/${workload}.ts';`,
      `import { prepared } from './programs/program.ts';`,
      `import leaves from './leaves.json';`,
      `const { step, check } = prepared(program, leaves);`,
      body,
    ].join('\n');
    const overlays = new Map([
      [entry, text],
      ['leaves.json' as ModulePath, JSON.stringify(leaves)],
    ]);
    const result = await runner.run({
      root,
      entry,
      overlays,
      // The usual limits, but for time: what is measured here is how much of it is needed.
      budget: { ...defaultBudget, softDeadline: 60_000, hardDeadline: 70_000 },
    });
    const error = result?.problems.find(({ severity }) => severity === 'error');
    if (!result || error) throw new Error(error?.message ?? 'The run was replaced.');
    const stages = result.timings.filter(({ stage }) => stage === 'run' || stage === 'record');
    return { result, milliseconds: stages.reduce((sum, { milliseconds }) => sum + milliseconds, 0) };
  };
  const loop = async (count: number): Promise<number> =>
    (await run(`for (let i = 0; i < ${count}; i++) step();`)).milliseconds;

  const check = async (): Promise<Checked> => {
    // A line of the log has an end, so every number has a line.
    const { result } = await run(
      `const { loss, norms } = check();
      console.log(loss);
      for (const [name, norm] of Object.entries(norms)) console.log(name + ' ' + norm);`,
    );
    const [loss, ...lines] = result.trace?.log.map(({ text }) => text) ?? [];
    const norms: Record<string, number> = {};
    for (const line of lines) {
      const [parameter = '', norm] = line.split(' ');
      norms[parameter] = Number(norm);
    }
    return { loss: Number(loss), norms };
  };
  const measure = async (milliseconds: number): Promise<SandboxTimes> => {
    const times = { steps, short: [] as number[], long: [] as number[] };
    const until = performance.now() + milliseconds;
    while (performance.now() < until || times.long.length < 2) {
      times.short.push(await loop(steps));
      times.long.push(await loop(2 * steps));
    }
    return times;
  };
  return { check, measure };
}
