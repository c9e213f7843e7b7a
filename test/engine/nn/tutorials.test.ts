import assert from 'node:assert/strict';
import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ModulePath } from '../../../engine/base/brand.ts';
import type { Model } from '../../../engine/library.ts';
import { startRunner } from '../../../engine/node/runner.ts';
import { type RunResult, type Runner, defaultBudget } from '../../../engine/protocol/worker.ts';
import { newFolder } from '../../conformance/conform.ts';
import { inNode } from '../../conformance/in-node.ts';
import { complaintsOf } from '../../conformance/strict.ts';

const home = fileURLToPath(new URL('../../fixtures/tutorials/', import.meta.url));
const files = readdirSync(home);
const patient = { ...defaultBudget, softDeadline: 20_000, hardDeadline: 25_000 };

/** Programs as courses have them, written by somebody who knows PyTorch. */
describe('programs of tutorials', function () {
  this.timeout(60_000);
  const folder = newFolder();
  let runner: Runner;
  before(() => {
    inNode(folder);
    for (const file of files) copyFileSync(join(home, file), join(folder, file));
    const workerFile = process.env['RETROGRAD_WORKER'];
    runner = startRunner({ spare: false, ...(workerFile === undefined ? {} : { workerFile }) });
  });
  after(() => {
    runner.dispose();
    rmSync(folder, { recursive: true });
  });

  const inThisProcess = async (file: string): Promise<Record<string, unknown>> =>
    (await import(pathToFileURL(join(folder, file)).href)) as Record<string, unknown>;
  const inSandbox = async (file: string): Promise<RunResult> =>
    (await runner.run({ root: folder, entry: file as ModulePath, overlays: new Map(), budget: patient }))!;
  /** Losses of the passes, in order. */
  const lossesOf = ({ trace }: RunResult): number[] =>
    trace!.passes.map(({ loss }) => trace!.nodes[loss]!.value.data![0]!);

  it('are TypeScript that a strict compiler takes', () => {
    assert.deepEqual(complaintsOf(files.map((file) => join(folder, file))), []);
  });

  for (const [file, name, below] of [
    ['house-prices.ts', 'fit', 0.02],
    ['cnn.ts', 'training', 0.01],
    ['transformer.ts', 'training', 0.8],
    ['vae.ts', 'training', 5.2],
  ] as const) {
    it(`train a model, and give the sandbox the same losses: ${file}`, async () => {
      const there = await inSandbox(file);
      assert.deepEqual(there.problems, []);
      const model = (await inThisProcess(file))[name] as Model;
      const losses = model.train();
      assert.ok(losses.at(-1)! < below, `${losses.at(-1)}`);
      const step = there.trace!.passes[0]!.step!;
      assert.deepEqual([step.lossBefore, step.lossAfter], losses.slice(0, 2));
    });
  }

  for (const [file, below] of [
    ['mlp-classifier.ts', 0.3],
    ['char-lstm.ts', 0.1],
  ] as const) {
    it(`train in a loop of their own, bit for bit the same in the sandbox: ${file}`, async () => {
      const { losses } = (await inThisProcess(file)) as { losses: number[] };
      const there = await inSandbox(file);
      assert.deepEqual(there.problems, []);
      assert.deepEqual(lossesOf(there), losses);
      assert.ok(losses.at(-1)! < below, `${losses.at(-1)}`);
    });
  }

  it('come to results', async () => {
    const [houses, letters, points, pictures] = await Promise.all(
      ['house-prices.ts', 'char-lstm.ts', 'mlp-classifier.ts', 'cnn.ts'].map(inThisProcess),
    );
    // A house like the fourth of the table, which cost 170.
    const price = (houses!['predicted'] as (...features: number[]) => number)(65, 2, 40);
    assert.ok(Math.abs(price - 170) < 25, String(price));
    assert.equal(letters!['sample'], 'hello wor');
    assert.ok((points!['accuracy'] as number) > 0.9);
    assert.equal((pictures!['accuracy'] as () => number)(), 1);
  });
});
