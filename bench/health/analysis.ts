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
import { recurrent, sigmoids } from './models.ts';

const entry = 'model.ts' as ModulePath;
const target = 20;
const samples = 60;

/** How long all rules and the leak locator take in traces of about 2,000 nodes. */
export async function analysis(): Promise<void> {
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
      ['layers with weights of their own', sigmoids],
      ['a recurrent net', recurrent],
    ] as const) {
      report(measure, name, await traced(folder, text));
    }
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

function report(measure: typeof Measure, name: string, trace: Trace): void {
  for (let i = 0; i < 20; i++) measure.examined(trace);
  const runs = Array.from({ length: samples }, () => measure.examined(trace));
  const { findings, parameters, stages } = runs[0]!;
  stdout.write(`health, ${trace.nodes.length} nodes: ${name}; ${parameters} parameters, ${findings} findings\n`);
  stdout.write(`${'milliseconds'.padEnd(36)}  median     p95  target\n`);
  const totals = runs.map((run) => [...run.stages.values()].reduce((sum, x) => sum + x, 0));
  const reached = quantile(totals, 0.5) <= target ? 'reached' : 'missed';
  line('everything', totals, `${String(target).padStart(7)}  ${reached}`);
  for (const stage of stages.keys())
    line(
      `  ${stage}`,
      runs.map((run) => run.stages.get(stage)!),
    );
  stdout.write('\n');
}

const line = (what: string, numbers: readonly number[], end = ''): void => {
  const [median, high] = [quantile(numbers, 0.5), quantile(numbers, 0.95)];
  stdout.write(
    `${what.padEnd(36)}${median.toFixed(2).padStart(8)}${high.toFixed(2).padStart(8)} ${end}`.trimEnd() + '\n',
  );
};
