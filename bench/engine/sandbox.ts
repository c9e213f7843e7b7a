/**
 * Our own engine in the sandbox, as the editor's worker runs it: the program instrumented, its ops recorded in QuickJS and executed
 * on the host, and every value and gradient kept for the trace, within the limits that a user's program has. The guest has no
 * clock, but every step ends with a page that it hands over, for the backward pass: from one of these to the next is a step.
 */
import { readFileSync } from 'node:fs';
import { WorkspaceFiles } from '../../engine/node/workspace-files.ts';
import { defaultBudget } from '../../engine/protocol/worker.ts';
import type { Place } from '../../engine/sandbox/host/problems.ts';
import { type PackedResult, runProgram } from '../../engine/sandbox/host/run.ts';
import { trainingLoop } from './training-loop.ts';
import { type Checked, type Leaves, type WorkloadName, workloads } from './workloads.ts';

export interface SandboxTimes {
  readonly times: readonly number[];
  /** Milliseconds a step, once the run is over, to write what was kept as a trace. */
  readonly trace: readonly number[];
}

interface PreparedSandbox {
  readonly check: () => Promise<Checked>;
  readonly measure: (milliseconds: number) => Promise<SandboxTimes>;
}

interface Run {
  readonly result: PackedResult;
  /** When each backward pass was over. */
  readonly ends: readonly number[];
}

/** Set by who starts this process: where the built worker's assets and the programs are. */
const { RETROGRAD_ASSETS: assets = '', RETROGRAD_BENCH: root = '' } = process.env;
const wasm = await WebAssembly.compile(readFileSync(`${assets}/quickjs.wasm`));
const bytecode = new Uint8Array(readFileSync(`${assets}/guest.bin`));
const now = (): number => performance.now();

/** What a step names last before its backward pass: a page that was handed over there held all of the step. */
const lastName = 'programs/program.ts';
const lastNameAt = readFileSync(`${root}${lastName}`, 'utf8').indexOf('result = loss()');

export const start = (): string => 'Retrograd, sandbox';

export function prepare(workload: WorkloadName, leaves: Leaves): PreparedSandbox {
  const { sandboxSteps: steps } = workloads[workload];
  const run = async (body: string): Promise<Run> => {
    const { entry, overlays } = trainingLoop(workload, body, leaves);
    const ends: number[] = [];
    const seen = ({ file, span }: Place): void => {
      if (file === lastName && span.start === lastNameAt) ends.push(now());
    };
    const result = await runProgram(
      entry,
      new WorkspaceFiles(root, overlays),
      // The usual limits, but for time: what is measured here is how much of it is needed.
      { ...defaultBudget, softDeadline: 60_000, hardDeadline: 70_000 },
      { wasm, bytecode, now, seen },
    );
    const error = result.problems.find(({ severity }) => severity === 'error');
    if (error) throw new Error(error.message);
    return { result, ends };
  };
  const loop = (count: number): Promise<Run> => run(`for (let i = 0; i < ${count}; i++) step();`);

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
    const times: number[] = [];
    const trace: number[] = [];
    const until = now() + milliseconds;
    do {
      const { ends, result } = await loop(2 * steps);
      // The first half is for the machine to translate the program, and for the places that are told one by one at first: the
      // loss's too, so that some of those steps seem to end twice.
      if (ends.length < 2 * steps) throw new Error(`${ends.length} ends of ${2 * steps} steps were seen.`);
      for (let i = ends.length - steps; i < ends.length; i++) times.push(ends[i]! - ends[i - 1]!);
      const { milliseconds: record } = result.timings.find(({ stage }) => stage === 'record')!;
      trace.push(record / (2 * steps));
    } while (now() < until);
    return { times, trace };
  };
  return { check, measure };
}
