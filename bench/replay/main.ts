import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuUsage, stdout } from 'node:process';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Trace } from '../../engine/trace/format.ts';
import { quantile } from '../quantiles.ts';
import type * as Measure from './measure.ts';
import { traced } from './traced.ts';

const workerFile = join(import.meta.dirname, '..', '..', 'dist', 'worker.js');
const targets = { step: 1, reverse: 300 } as const;

/** How long steps and runs of the debugger take in a trace of 100,000 nodes, and what a session costs in memory. */
export async function replay(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'retrograd-bench-'));
  try {
    // What is measured is bundled as it is shipped: run from source, functions carry helpers that cost time.
    await build({
      entryPoints: [join(import.meta.dirname, 'measure.ts'), join(import.meta.dirname, 'memory.ts')],
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      minify: true,
      logLevel: 'warning',
    });
    const measure = (await import(pathToFileURL(join(folder, 'measure.mjs')).href)) as typeof Measure;
    await speed(measure, await traced(folder, 33_333, workerFile));
    memory(join(folder, 'memory.mjs'), folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function speed(measure: typeof Measure, trace: Trace): Promise<void> {
  const { Client, timed } = measure;
  const client = new Client(trace);
  const launches = await launched(measure, trace);
  await client.launch({ pass: 'both' });
  const { length, forwardLength } = client.adapter.session!.playback.stepper.timeline;
  stdout.write(`${trace.nodes.length} nodes, ${length} moments, ${forwardLength} of them forward\n`);
  stdout.write(`${'milliseconds'.padEnd(64)} median     p95  target\n`);
  line('launch, without the run, the first time', launches.wall.slice(0, 1));
  line('    of it processor time', launches.processor.slice(0, 1));
  line('… again', launches.wall.slice(1));
  line('    of it processor time', launches.processor.slice(1));
  const first = await timed(() => client.look());
  line('the first look', [first]);
  for (const [what, position] of [
    ['forward', Math.floor(forwardLength / 2)],
    ['backward, half way', Math.floor((forwardLength + length) / 2)],
    ['backward, near the end', length - 5000],
  ] as const) {
    await client.move('seek', { position });
    await client.look();
    const [steps, looks, backs]: [number[], number[], number[]] = [[], [], []];
    for (let i = 0; i < 1000; i++) {
      steps.push(await timed(() => client.move('next')));
      looks.push(await timed(() => client.look()));
    }
    for (let i = 0; i < 1000; i++) {
      backs.push(await timed(() => client.move('stepBack')));
      await client.look();
    }
    line(`step over, ${what}`, steps, targets.step);
    line(`step back, ${what}`, backs, targets.step);
    line(`call stack, scopes and variables after it, ${what}`, looks);
  }
  await client.move('seek', { position: length });
  const free = await reverses(measure, client, length);
  line('reverse continue across the whole, no breakpoint', free.wall, targets.reverse);
  await client.ask('setDataBreakpoints', { breakpoints: [{ dataId: 'gradient:w', condition: 'norm > 1e30' }] });
  const watched = await reverses(measure, client, length);
  line('… a condition on the gradient of w, at each of its changes', watched.wall.slice(1), targets.reverse);
  line('    of it processor time', watched.processor.slice(1));
  await client.ask('setDataBreakpoints', { breakpoints: [] });
  await client.ask('setExceptionBreakpoints', {
    filters: ['exploding', 'not-finite', 'dead-unit', 'null-gradient'],
  });
  const filtered = await reverses(measure, client, length);
  line('… exception filters, the first time', filtered.wall.slice(0, 1), targets.reverse);
  line('    of it processor time', filtered.processor.slice(0, 1));
  line('… exception filters, again', filtered.wall.slice(1), targets.reverse);
}

/** Milliseconds by the clock, and of the processors: on a machine that others use too only these say what it costs. */
interface Times {
  readonly wall: number[];
  readonly processor: number[];
}

/** The first one runs code that nothing has warmed up, and the collector may be at work on what the run left. */
async function launched({ Client, timed }: typeof Measure, trace: Trace): Promise<Times> {
  const times: Times = { wall: [], processor: [] };
  for (let i = 0; i < 6; i++) {
    const client = new Client(trace);
    const before = cpuUsage();
    times.wall.push(await timed(() => client.launch({ pass: 'both' })));
    const { user, system } = cpuUsage(before);
    times.processor.push((user + system) / 1000);
  }
  return times;
}

async function reverses({ timed }: typeof Measure, client: Measure.Client, length: number): Promise<Times> {
  const times: Times = { wall: [], processor: [] };
  for (let i = 0; i < 6; i++) {
    await client.move('seek', { position: length });
    const before = cpuUsage();
    times.wall.push(await timed(() => client.move('reverseContinue')));
    const { user, system } = cpuUsage(before);
    times.processor.push((user + system) / 1000);
    const { position } = client.adapter.session!.playback;
    if (position !== 0) throw new Error(`It stopped at ${position}.`);
  }
  return times;
}

function memory(program: string, folder: string): void {
  stdout.write(`\n${'a session that has been stepped to the end, beside its trace'.padEnd(62)} bytes a node   whole\n`);
  for (const turns of [8_333, 16_667, 33_333]) {
    const told = execFileSync(process.execPath, ['--expose-gc', program, folder, workerFile, String(turns)], {
      encoding: 'utf8',
    });
    const { nodes, bytes } = JSON.parse(told) as { nodes: number; bytes: number };
    const whole = `${(bytes / 2 ** 20).toFixed(0)} MB`;
    stdout.write(`${`${nodes} nodes`.padEnd(62)}${(bytes / nodes).toFixed(0).padStart(13)}${whole.padStart(8)}\n`);
  }
}

function line(what: string, numbers: readonly number[], target?: number): void {
  const [median, high] = [quantile(numbers, 0.5), quantile(numbers, 0.95)];
  const end = target === undefined ? '' : `${String(target).padStart(7)}  ${median <= target ? 'reached' : 'missed'}`;
  stdout.write(
    `${what.padEnd(62)}${median.toFixed(2).padStart(9)}${high.toFixed(2).padStart(8)} ${end}`.trimEnd() + '\n',
  );
}
