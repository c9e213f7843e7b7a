/**
 * What 10,000 steps of W2 leave behind, written as JSON: the memory in use after a collection, at some steps on the way.
 * Run with `--expose-gc`.
 */
import { prepared } from './programs/program.ts';
import { program } from './programs/W2.ts';
import { workloads } from './workloads.ts';

export interface Sample {
  readonly step: number;
  /** Bytes of JavaScript objects and of the numbers in tensors. */
  readonly used: number;
  /** Bytes of the whole process. */
  readonly resident: number;
}

export interface Steps {
  /** Bytes that one step's graph takes while it is held: its values and gradients. */
  readonly held: number;
  readonly samples: readonly Sample[];
}

const collect = (globalThis as unknown as { gc: () => void }).gc;

/** The numbers of tensors are given back a turn after the tensors. */
async function used(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const { step } = prepared(program, workloads.W2.leaves());
const samples: Sample[] = [];
for (let i = 0; i <= 10_000; i++) {
  if (i % 2500 === 0 || i === 500) samples.push({ step: i, used: await used(), resident: process.memoryUsage.rss() });
  step();
}
const kept = Array.from({ length: 20 }, step);
const held = ((await used()) - samples.at(-1)!.used) / kept.length;
process.stdout.write(JSON.stringify({ held, samples }));
