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

/** Milliseconds a step: the least, and the median. */
interface Step {
  readonly least: number;
  readonly median: number;
}

export function table(name: WorkloadName, rows: readonly Row[]): string {
  const { title, target } = workloads[name];
  const steps = rows.map(({ samples }) => stepOf(samples));
  const ours = steps[0]?.median ?? NaN;
  const lines = rows.map(({ key, note }, i) => {
    const step = steps[i];
    if (!step || note !== '') return `  ${key.padEnd(20)} ${note}`;
    const wanted = i > 1 ? null : target * (i === 0 ? 1 : sandboxShare);
    const told = wanted === null ? '' : `   at most ${wanted}: ${step.median <= wanted ? 'reached' : 'missed'}`;
    const ratio = i === 0 ? '' : `${(step.median / ours).toFixed(2)} ×`;
    return `  ${key.padEnd(20)}${shown(step.least)}${shown(step.median)}${ratio.padStart(10)}${told}`;
  });
  return [`\n${name}, ${title}`, `  ms a step${''.padEnd(11)}   least   median     ratio`, ...lines].join('\n');
}

const shown = (milliseconds: number): string => milliseconds.toFixed(milliseconds < 10 ? 2 : 1).padStart(9);

function stepOf(samples: readonly Times[]): Step | null {
  const all = (read: (times: Times) => readonly number[]): number[] => samples.flatMap(read);
  const first = samples[0];
  if (!first) return null;
  if ('times' in first) {
    const times = all((one) => ('times' in one ? one.times : []));
    return { least: quantile(times, 0), median: quantile(times, 0.5) };
  }
  const long = all((one) => ('long' in one ? one.long : []));
  const short = all((one) => ('short' in one ? one.short : []));
  const at = (share: number): number => (quantile(long, share) - quantile(short, share)) / first.steps;
  return { least: at(0), median: at(0.5) };
}
