/** What 10,000 steps of W2 leave behind in Node, and what one takes, written as JSON. */
import { type Sample, isSampled, sample } from './memory-sample.ts';
import { prepared } from './programs/program.ts';
import { program } from './programs/W2.ts';
import { workloads } from './workloads.ts';

export interface Steps {
  /** Bytes that one step's graph takes while it is held: its values and gradients. */
  readonly held: number;
  readonly samples: readonly Sample[];
}

const { step } = prepared(program, workloads.W2.leaves());
const samples: Sample[] = [];
for (let i = 0; i <= 10_000; i++) {
  if (isSampled(i)) samples.push(await sample(i));
  step();
}
const before = await sample(10_000);
const kept = Array.from({ length: 20 }, step);
const held = ((await sample(10_000)).used - before.used) / kept.length;
process.stdout.write(JSON.stringify({ held, samples } satisfies Steps));
