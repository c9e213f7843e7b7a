import { quantile } from '../quantiles.ts';
import type { Times } from './conversation.ts';
import { type WorkloadName, workloads } from './workloads.ts';

/** An engine's answers to one workload. */
export interface Row {
  readonly key: string;
  /** Why there are no times; empty when there are. */
  note: string;
  readonly samples: readonly Times[];
}

/** What the sandbox may take longer than plain Node. */
const sandboxShare = 1.5;

/** Milliseconds a step: the least, and the median. In the sandbox also what writing it into the trace takes afterwards. */
interface Step {
  readonly least: number;
  readonly median: number;
  readonly trace: number | null;
}

export function table(name: WorkloadName, rows: readonly Row[]): string {
  const { title, target } = workloads[name];
  const steps = rows.map(({ samples }) => stepOf(samples));
  const ours = steps[0]?.median ?? NaN;
  const lines = rows.map(({ key, note }, i) => {
    const step = steps[i];
    if (!step || note !== '') return `  ${key.padEnd(20)} ${note}`;
    const { least, median, trace } = step;
    const told =
      i === 0
        ? verdict(step, target)
        : trace === null
          ? ''
          : `${verdict(step, sandboxShare * target)}, trace +${shown(trace)}`;
    const ratio = i === 0 ? '' : `${(median / ours).toFixed(2)} ×`;
    return `  ${key.padEnd(20)}${shown(least).padStart(9)}${shown(median).padStart(9)}${ratio.padStart(11)}   ${told}`.trimEnd();
  });
  return [`\n${name}, ${title}`, `  ms a step${''.padEnd(11)}    least   median      ratio`, ...lines].join('\n');
}

/** The median decides; a machine that others use at the same time may only now and then show what the engine can. */
function verdict({ least, median }: Step, target: number): string {
  const said = median <= target ? 'reached' : least <= target ? 'reached at best' : 'missed';
  return `at most ${target}: ${said}`;
}

const shown = (milliseconds: number): string => milliseconds.toFixed(milliseconds < 10 ? 2 : 1);

function stepOf(samples: readonly Times[]): Step | null {
  const times = samples.flatMap((sample) => sample.times);
  if (times.length === 0) return null;
  const trace = samples.flatMap((sample) => ('trace' in sample ? sample.trace : []));
  return {
    least: quantile(times, 0),
    median: quantile(times, 0.5),
    trace: trace.length === 0 ? null : quantile(trace, 0.5),
  };
}
