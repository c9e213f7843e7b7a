import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { ModulePath } from '../engine/base/brand.ts';
import type { FileRun } from '../engine/node/cli/run-file.ts';
import { startRunner } from '../engine/node/runner.ts';
import { LiveFile } from '../engine/node/serve/live-file.ts';
import { servePanel } from '../engine/node/serve/server.ts';
import { defaultBudget } from '../engine/protocol/worker.ts';
import { modelText } from './model-text.ts';
import { summary, quantile } from './quantiles.ts';
import { startChromium } from '../test/chromium.ts';

const edits = 200;
const targets = { trace: 40, values: 80, structure: 400 } as const;
const entry = 'model.ts' as ModulePath;

interface Sample {
  readonly trace: number;
  readonly panel: number;
  readonly stages: ReadonlyMap<string, number>;
}

/** Edit → trace ready, and edit → panel drawn in a real browser, stage by stage. Edits are unsaved buffers, as in the editor. */
export async function latency(): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'retrograd-bench-')));
  const runner = startRunner();
  const live = new LiveFile({ root: folder, entry }, runner);
  live.presenter.begin(entry);
  const server = await servePanel(live, () => undefined);
  const browser = await startChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 900, height: 1000 } });
    await page.goto(server.url);
    const edit = (text: string): Promise<Sample> => measure(live, page, text);
    for (let i = 0; i < 10; i++) await edit(modelText(i / 7, i % 2 === 0));
    const values: Sample[] = [];
    const structure: Sample[] = [];
    for (let i = 0; i < edits; i++) values.push(await edit(modelText(0.4 + i / 1000, false)));
    for (let i = 0; i < edits; i++) structure.push(await edit(modelText(0.4, i % 2 === 0)));
    report(values, structure);
  } finally {
    await browser.close();
    await server.close();
    live.dispose();
    runner.dispose();
    rmSync(folder, { recursive: true });
  }
}

async function measure(live: LiveFile, page: Page, text: string): Promise<Sample> {
  const started = performance.now();
  const result = (await live.runner.run({
    root: live.place.root,
    entry,
    overlays: new Map([[entry, text]]),
    budget: defaultBudget,
  }))!;
  const traced = performance.now();
  live.presenter.finish(result);
  const { sequence } = live.presenter.snapshot();
  const presented = performance.now();
  // Looked at in every frame of the page, so the frame that shows it is part of the time.
  const drawn = page.waitForFunction(
    (wanted) => Number(document.querySelector('[data-testid=panel]')?.getAttribute('data-sequence')) >= wanted,
    sequence,
    { polling: 'raf' },
  );
  live.show({ result, presenter: live.presenter, problems: [] } satisfies FileRun);
  await drawn;
  const ended = performance.now();
  const stages = new Map<string, number>(result.timings.map(({ stage, milliseconds }) => [stage, milliseconds]));
  const inside = [...stages.values()].reduce((sum, x) => sum + x, 0);
  stages.set('to worker and back', traced - started - inside);
  stages.set('present', presented - traced);
  stages.set('send, lay out, draw', ended - presented);
  return { trace: traced - started, panel: ended - started, stages };
}

function report(values: readonly Sample[], structure: readonly Sample[]): void {
  const all = [...values, ...structure];
  const rows: readonly [string, readonly number[], number][] = [
    ['edit → trace ready', all.map(({ trace }) => trace), targets.trace],
    ['edit → panel, values only', values.map(({ panel }) => panel), targets.values],
    ['edit → panel, structure changed', structure.map(({ panel }) => panel), targets.structure],
  ];
  const lines = [
    `${edits} edits of each kind, a model of 60 nodes, milliseconds`,
    `${''.padEnd(34)} median     p95  target`,
  ];
  for (const [what, numbers, target] of rows) {
    const over = quantile(numbers, 0.95) - target;
    lines.push(
      `${what.padEnd(34)}${summary(numbers)} ${String(target).padStart(7)}  ${over <= 0 ? 'reached' : `over by ${over.toFixed(1)}`}`,
    );
  }
  for (const [kind, samples] of [
    ['values only', values],
    ['structure changed', structure],
  ] as const) {
    lines.push('', `where the time goes, ${kind}`);
    for (const stage of samples[0]!.stages.keys())
      lines.push(`  ${stage.padEnd(32)}${summary(samples.map(({ stages }) => stages.get(stage) ?? 0))}`);
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}
