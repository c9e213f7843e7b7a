import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { CheckProgress } from '../../../engine/explain/check/view.ts';
import { startChecker } from '../../../engine/node/checker.ts';
import type { CheckRequest } from '../../../engine/workers/checks/checker.ts';
import { TraceParts, partsOf } from '../../../engine/workers/checks/trace-parts.ts';
import { TextRunner } from '../explain/run-text.ts';

describe('the thread that checks gradients', function () {
  this.timeout(60_000);
  const runner = new TextRunner();
  const checker = startChecker();
  after(() => {
    runner.dispose();
    checker.dispose();
  });

  const small =
    "import { model, param } from 'retrograd';\nconst w = param(2);\nexport const m = model(() => w.square());\n";
  /** One product of 600 × 600 matrices in float64 takes longer than the thread of an editor may be held up. */
  const large = `import { model, param, randn } from 'retrograd';
const w = param(randn([600, 600], { seed: 1 }));
export const m = model(() => w.matmul(w).matmul(w).tanh().mean());
`;
  const requestFor = async (text: string): Promise<CheckRequest> => ({
    trace: await runner.trace(text),
    pass: 0,
    granularity: 'named',
    opened: [],
    node: null,
  });

  it('tells what it found', async () => {
    const view = await checker.check(await requestFor(small));
    assert.equal(view!.passed, true);
    assert.deepEqual(
      view!.rows.map(({ symbol, worst }) => [symbol, worst!.analytic, worst!.numeric]),
      [['∂L/∂w', '4.0000', '4.0000']],
    );
  });

  it('holds nobody up while it does, and can be stopped in the middle of an op', async () => {
    const request = await requestFor(large);
    const progress: CheckProgress[] = [];
    const delay = monitorEventLoopDelay({ resolution: 1 });
    let told!: () => void;
    const underWay = new Promise<void>((resolve) => (told = resolve));
    const checked = checker.check(request, (one) => {
      progress.push(one);
      if (progress.length === 3) told();
    });
    // Handing the trace over is a copy of its numbers, and comes before.
    delay.enable();
    await underWay;
    delay.disable();
    const stopped = performance.now();
    checker.stop();
    assert.equal(await checked, null);
    assert.ok(performance.now() - stopped < 50, `${performance.now() - stopped} ms to stop`);
    assert.ok(delay.percentile(90) / 1e6 < 50, `${delay.percentile(90) / 1e6} ms without an answer`);
    assert.ok(progress[2]!.done > 0 && progress[2]!.done < progress[2]!.total, JSON.stringify(progress));
  });

  it('lets a newer check take the place of one under way', async () => {
    const [first, second] = [checker.check(await requestFor(large)), checker.check(await requestFor(small))];
    assert.equal(await first, null);
    assert.equal((await second)!.rows.length, 1);
  });

  it('is handed a trace in small parts, which make the same trace again', async () => {
    const { trace } = await requestFor(`import { model, param } from 'retrograd';
const w = param(0.5);
export const other = model(() => w.square());
export const m = model(() => { let x = w; for (let i = 0; i < 2500; i++) x = x.mul(0.999); return x; });
`);
    const pass = trace.passes[1]!;
    const parts = [...partsOf(trace, pass)];
    for (const part of parts) if ('items' in part) assert.ok(part.items.length <= 1000);
    const again = new TraceParts();
    for (const part of parts) again.add(structuredClone(part));
    assert.deepEqual(again.trace, { ...trace, passes: [pass], log: [], problems: [] });
    const view = await checker.check({ trace, pass: 1, granularity: 'named', opened: [], node: 'w' });
    assert.equal(view!.summary, 'The gradient agrees with central differences.');
  });

  it('goes on after a failure, which it tells', async () => {
    const request = await requestFor(small);
    await assert.rejects(checker.check({ ...request, node: 'nobody' }), /The check failed: There is no node nobody\./);
    await assert.rejects(checker.check({ ...request, pass: 7 }), /There is no such pass\./);
    assert.equal((await checker.check(request))!.passed, true);
    const nowhere = startChecker('/nowhere/check-worker.js');
    await assert.rejects(nowhere.check(request), /The check failed: .*nowhere/);
    nowhere.dispose();
  });
});
