import assert from 'node:assert/strict';
import type { ModulePath } from '../../../engine/base/brand.ts';
import { Presenter } from '../../../engine/explain/presenter.ts';
import { startRunner } from '../../../engine/node/runner.ts';
import { type RunResult, defaultBudget } from '../../../engine/protocol/worker.ts';
import { Comparing } from '../../../extension/live/comparing.ts';
import { Live } from '../../../extension/live/live.ts';
import { FakeRunner, place, soon } from './fakes.ts';

const program = (w: number, more = ''): string =>
  `import { model, param } from 'retrograd';\nconst w = param(${w});\nexport const m = model(() => {\n  const y = w.square()${more};\n  return y.mul(2);\n});\n`;

describe('the shown graph beside an earlier run', function () {
  this.timeout(60_000);
  const sandbox = startRunner();
  const now = Date.now;
  let clock = 0;
  before(() => {
    Date.now = () => clock;
  });
  after(() => {
    Date.now = now;
    sandbox.dispose();
  });

  async function setUp() {
    const runner = new FakeRunner();
    const live = new Live({
      runner,
      presenter: new Presenter(),
      trusted: () => true,
      allowed: () => true,
      openTexts: () => new Map(),
      budget: () => defaultBudget,
      delay: () => 1,
      weights: () => null,
      report: (error) => assert.fail(String(error)),
    });
    const comparing = new Comparing(live, () => ({}));
    live.follow(place('net.ts'));
    await soon();
    /** The text is this after so many milliseconds, and has run. */
    const typed = async (text: string, after: number): Promise<RunResult> => {
      clock += after;
      const entry = 'net.ts' as ModulePath;
      const budget = { ...defaultBudget, softDeadline: 20_000, hardDeadline: 25_000 };
      const result = await sandbox.run({ root: '/', entry, overlays: new Map([[entry, text]]), budget });
      if (runner.requests.length > 1 || live.lastRun) live.edited(place('net.ts'));
      await soon();
      await runner.answer(result);
      return result!;
    };
    return { live, comparing, typed };
  }

  /** What the comparison says became of the value of y, and how. */
  const told = ({ state }: Comparing): string | null => {
    const y = state?.model?.nodes.find(({ name }) => name === 'y');
    return y ? `${y.value.before} → ${y.value.after} ${y.changes.join('; ')}`.trim() : null;
  };

  it('takes what is typed without a pause for one edit', async () => {
    const { comparing, typed } = await setUp();
    await typed(program(1), 0);
    assert.equal(comparing.withLastEdit(), false);
    await typed(program(2), 10_000);
    await typed(program(3), 300);
    await typed(program(4), 300);
    assert.equal(comparing.withLastEdit(), true);
    // y = w²: 1 before the burst of edits, 16 after it.
    assert.equal(told(comparing), '1.0000 → 16.0000');
    await typed(program(5), 10_000);
    // It is with what one asked for, until one asks again.
    assert.equal(told(comparing), '1.0000 → 25.0000');
    comparing.withLastEdit();
    assert.equal(told(comparing), '16.0000 → 25.0000');
  });

  it('does not take a run of the same text for an edit', async () => {
    const { comparing, typed } = await setUp();
    await typed(program(1), 0);
    await typed(program(1), 10_000);
    assert.equal(comparing.withLastEdit(), false);
    await typed(program(2), 10_000);
    await typed(program(2), 10_000);
    comparing.withLastEdit();
    assert.equal(told(comparing), '1.0000 → 4.0000');
  });

  it('follows the edits until it is ended, and says when there is no such model', async () => {
    const { live, comparing, typed } = await setUp();
    const { trace } = await typed(program(2), 0);
    let changes = 0;
    comparing.onDidChange(() => changes++);
    comparing.begin({ label: 'kept', trace: trace! });
    assert.equal(comparing.state?.model?.summary, 'the same graph with the same numbers');
    await typed(program(2, '.tanh()'), 10_000);
    // tanh(4) = 0.9993
    assert.equal(told(comparing), '4.0000 → 0.9993 square → square, tanh');
    await typed(program(2).replace('const m =', 'const other ='), 10_000);
    assert.deepEqual(comparing.state, { before: 'kept', model: null });
    comparing.end();
    comparing.end();
    assert.deepEqual([comparing.state, comparing.isComparing, changes], [null, false, 2]);
    live.dispose();
  });
});
