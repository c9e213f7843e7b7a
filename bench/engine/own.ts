/** Our own engine in plain Node. Bundled before it is measured: a loader that rewrites sources makes it slower. */
import { setDefaultDtype } from 'retrograd';
import { type Prepared, prepared } from './programs/program.ts';
import { program as W1 } from './programs/W1.ts';
import { program as W2 } from './programs/W2.ts';
import { program as W3 } from './programs/W3.ts';
import { program as W4 } from './programs/W4.ts';
import { program as W5 } from './programs/W5.ts';
import type { Leaves, WorkloadName } from './workloads.ts';

const programs = { W1, W2, W3, W4, W5 } as const;

export const start = (): string => 'Retrograd';

export const prepare = (workload: WorkloadName, leaves: Leaves): Prepared => prepared(programs[workload], leaves);

/** The same in float64: what all others are compared with. */
export function reference(workload: WorkloadName, leaves: Leaves): ReturnType<Prepared['check']> {
  setDefaultDtype('float64');
  try {
    return prepare(workload, leaves).check();
  } finally {
    setDefaultDtype('float32');
  }
}
