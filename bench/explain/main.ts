import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { stdout } from 'node:process';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { ModulePath } from '../../engine/base/brand.ts';
import { startRunner } from '../../engine/node/runner.ts';
import { defaultBudget } from '../../engine/protocol/worker.ts';
import type { Trace } from '../../engine/trace/format.ts';
import { quantile } from '../quantiles.ts';
import type * as Measure from './measure.ts';
import { recurrent, scalars } from './models.ts';

const entry = 'model.ts' as ModulePath;
const targets = { card: 10, count: 200 } as const;

/** How long a hover card takes in a trace of 2,000 nodes, and the count of all paths in one of 100,000. */
export async function explain(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'retrograd-bench-'));
  try {
    // What is measured is bundled as it is shipped: run from source, functions carry helpers that cost time.
    const outfile = join(folder, 'measure.mjs');
    await build({
      entryPoints: [join(import.meta.dirname, 'measure.ts')],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      minify: true,
      keepNames: true,
      logLevel: 'warning',
    });
    const measure = (await import(pathToFileURL(outfile).href)) as typeof Measure;
    // Where others are at work too, times are that much longer.
    stdout.write(`load average ${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} processors\n\n`);
    for (const [name, text] of [
      ['scalars, each made of the two before it', scalars(665)],
      ['a recurrent net, batch 8, width 16', recurrent(665)],
    ] as const) {
      cards(measure, name, await traced(folder, text));
    }
    for (const granularity of ['named', 'op'] as const)
      count(measure, granularity, await traced(folder, scalars(33_330)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function traced(folder: string, text: string): Promise<Trace> {
  const runner = startRunner({ spare: false });
  try {
    const budget = { ...defaultBudget, softDeadline: 60_000, hardDeadline: 90_000 };
    const result = await runner.run({ root: folder, entry, overlays: new Map([[entry, text]]), budget });
    if (!result?.trace)
      throw new Error(result?.problems.map(({ message }) => message).join('\n') ?? 'The run was lost.');
    return result.trace;
  } finally {
    runner.dispose();
  }
}

function cards(measure: typeof Measure, name: string, trace: Trace): void {
  const samples = 100;
  measure.coldCards(trace, 20);
  const cold = measure.coldCards(trace, samples);
  const warm = measure.warmCards(trace);
  const totals = cold.map((stages) => sum([...stages.values()]));
  print(`hover cards, ${trace.nodes.length} nodes: ${name}`, [
    ['one card, nothing known beforehand', totals, targets.card],
    ['one card after another, all nodes', warm, targets.card],
  ]);
  for (const stage of cold[0]!.keys())
    line(
      `  ${stage}`,
      cold.map((stages) => stages.get(stage)!),
    );
  stdout.write('\n');
}

function count(measure: typeof Measure, granularity: 'named' | 'op', trace: Trace): void {
  measure.counts(trace, granularity);
  const runs = Array.from({ length: 9 }, () => measure.counts(trace, granularity));
  const { digits } = runs[0]!;
  print(
    `paths from the first of ${trace.nodes.length} nodes, ${granularity} granularity: a number of ${digits} digits`,
    [['all paths of all nodes counted', runs.map(({ stages }) => sum([...stages.values()])), targets.count]],
  );
  for (const stage of runs[0]!.stages.keys())
    line(
      `  ${stage}`,
      runs.map(({ stages }) => stages.get(stage)!),
    );
  stdout.write('\n');
}

function print(
  title: string,
  rows: readonly (readonly [what: string, numbers: readonly number[], target: number])[],
): void {
  stdout.write(`${title}\n${'milliseconds'.padEnd(36)}  median     p95  target\n`);
  for (const [what, numbers, target] of rows) {
    const reached = quantile(numbers, 0.5) <= target ? 'reached' : 'missed';
    line(what, numbers, `${String(target).padStart(7)}  ${reached}`);
  }
}

const line = (what: string, numbers: readonly number[], end = ''): void => {
  const [median, high] = [quantile(numbers, 0.5), quantile(numbers, 0.95)];
  stdout.write(
    `${what.padEnd(36)}${median.toFixed(2).padStart(8)}${high.toFixed(2).padStart(8)} ${end}`.trimEnd() + '\n',
  );
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, x) => total + x, 0);
