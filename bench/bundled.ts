import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { stdout } from 'node:process';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { ModulePath } from '../engine/base/brand.ts';
import { startRunner } from '../engine/node/runner.ts';
import { defaultBudget } from '../engine/protocol/worker.ts';
import type { Trace } from '../engine/trace/format.ts';
import { quantile } from './quantiles.ts';

const entry = 'model.ts' as ModulePath;
/** The TypeScript compiler is a CommonJS module. */
const requireInModules =
  "import { createRequire as makeRequire } from 'node:module'; import { fileURLToPath as toPath } from 'node:url'; const require = makeRequire(import.meta.url), __filename = toPath(import.meta.url), __dirname = toPath(new URL('.', import.meta.url));";

/**
 * Hands over what a module exports, bundled as it is shipped: run from source, functions carry helpers that cost time. Says how
 * busy the machine is, where times are that much longer.
 */
export async function withBundle<Module>(
  file: string,
  body: (module: Module, folder: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'retrograd-bench-'));
  try {
    const outfile = join(folder, 'measure.mjs');
    await build({
      entryPoints: [file],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      minify: true,
      banner: { js: requireInModules },
      logLevel: 'warning',
    });
    stdout.write(`load average ${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} processors\n\n`);
    await body((await import(pathToFileURL(outfile).href)) as Module, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The trace of a program's text. @throws with what the run had to say where it made none */
export async function tracedText(folder: string, text: string): Promise<Trace> {
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

/** Milliseconds: median and 95th percentile of each row, and whether its target is reached. */
export function printTimes(
  title: string,
  rows: readonly (readonly [what: string, numbers: readonly number[], target: number])[],
): void {
  stdout.write(`${title}\n${'milliseconds'.padEnd(38)}  median     p95  target\n`);
  for (const [what, numbers, target] of rows) {
    const reached = quantile(numbers, 0.5) <= target ? 'reached' : 'missed';
    printLine(what, numbers, `${String(target).padStart(7)}  ${reached}`);
  }
}

export function printLine(what: string, numbers: readonly number[], end = ''): void {
  const [median, high] = [quantile(numbers, 0.5), quantile(numbers, 0.95)];
  stdout.write(
    `${what.padEnd(38)}${median.toFixed(2).padStart(8)}${high.toFixed(2).padStart(8)} ${end}`.trimEnd() + '\n',
  );
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, x) => total + x, 0);
