import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModulePath, NodeId } from '../../../../engine/base/brand.ts';
import { Presenter } from '../../../../engine/explain/presenter.ts';
import { PanelTasks } from '../../../../engine/workers/tasks/panel-tasks.ts';
import { startChecker } from '../../../../engine/node/checker.ts';
import { startRunner } from '../../../../engine/node/runner.ts';
import type { ToPanel } from '../../../../engine/protocol/panel.ts';
import type { Task } from '../../../../engine/protocol/tasks.ts';
import { type RunRequest, defaultBudget } from '../../../../engine/protocol/worker.ts';

const entry = 'model.ts' as ModulePath;
/** w = 3: L = w², ∂L/∂w = 6. */
const square =
  "import { model, param } from 'retrograd';\nconst w = param(3);\nexport const m = model(() => w.square());\n";

describe('tasks of a panel', function () {
  this.timeout(30_000);
  const runner = startRunner({ spare: false });
  const root = mkdtempSync(join(tmpdir(), 'retrograd-tasks-'));
  const presenter = new Presenter();
  const sent: ToPanel[] = [];
  let mayRun = true;
  let more: Pick<RunRequest, 'training' | 'overrides'> = {};
  let text = square;
  const program = (): RunRequest | null =>
    mayRun ? { root, entry, overlays: new Map([[entry, text]]), budget: defaultBudget, ...more } : null;
  const tasks = new PanelTasks({
    presenter,
    shown: () => presenter.snapshot(),
    program,
    startRunner: () => startRunner({ spare: false }),
    startChecker,
    send: (message) => void sent.push(JSON.parse(JSON.stringify(message)) as ToPanel),
  });
  let requests = 0;

  before(async () => {
    presenter.begin(entry);
    presenter.finish((await runner.run(program()!))!);
  });
  beforeEach(() => {
    sent.length = 0;
    more = {};
    mayRun = true;
    text = square;
  });
  after(() => {
    tasks.dispose();
    runner.dispose();
    rmSync(root, { recursive: true });
  });

  /** The last word on a task: every one that is not stopped has one. */
  const outcome = async (
    task: Task,
    sequence = presenter.snapshot().sequence,
  ): Promise<ToPanel & { request: number }> => {
    const request = ++requests;
    tasks.begin({ type: 'beginTask', request, sequence, task });
    for (;;) {
      const last = sent.find(
        (message): message is Extract<ToPanel, { type: 'taskDone' | 'taskFailed' }> =>
          (message.type === 'taskDone' || message.type === 'taskFailed') && message.request === request,
      );
      if (last) return last;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const change = (to: number, node = 0, element = 0): Task => ({
    kind: 'whatIf',
    changes: [{ node: node as NodeId, element, to }],
  });

  it('a check is answered with what it found', async () => {
    const message = await outcome({ kind: 'check', node: null });
    assert.ok(message.type === 'taskDone' && message.result.kind === 'check');
    assert.equal(message.result.told.summary, 'The gradient agrees with central differences.');
  });

  it('a what-if is answered with a preview, and then with the run', async () => {
    const message = await outcome(change(4));
    assert.ok(message.type === 'taskDone' && message.result.kind === 'whatIf');
    const { loss, preview } = message.result.told;
    // 4² − 3² = 7, predicted 6 · 1, gap 1².
    assert.deepEqual([preview, loss.change.scalar, loss.predicted!.scalar, loss.gap!.scalar], [false, 7, 6, 1]);
    const first = sent[0]!;
    assert.ok(first.type === 'taskProgress' && 'preview' in first.progress);
    assert.deepEqual([first.progress.preview, first.progress.loss], [true, loss]);
  });

  describe('at a later step of training', () => {
    // Gradient descent on w² with η = 0.25 halves w: 8, 4, 2.
    const bowl =
      "import { model, optim, param } from 'retrograd';\nconst w = param(8);\nexport const m = model(() => w.square(), { optimizer: optim.sgd({ lr: 0.25 }), steps: 9 });\n";
    const third = async (): Promise<void> => {
      text = bowl;
      more = { training: { model: 'm', step: 3 } };
      presenter.finish((await runner.run(program()!))!);
    };
    afterEach(async () => {
      more = {};
      text = square;
      presenter.finish((await runner.run(program()!))!);
    });

    it('a what-if is of that step, and says so', async () => {
      await third();
      const message = await outcome(change(3));
      assert.ok(message.type === 'taskDone' && message.result.kind === 'whatIf');
      const { loss, notes, changes } = message.result.told;
      // 3² − 2² = 5, predicted 4 · 1, gap 1².
      assert.deepEqual([loss.change.scalar, loss.predicted!.scalar, loss.gap!.scalar], [5, 4, 1]);
      assert.deepEqual([changes[0]!.before, changes[0]!.after], ['2', '3']);
      assert.match(notes[0]!, /run up to step 3 of training/);
      assert.deepEqual(tasks.toWrite(message.request), [], 'a number of the text is of every step');
    });

    it('a what-if is left to the debugger, where it shows one already', async () => {
      await third();
      more = { ...more, overrides: [{ node: 0 as NodeId, element: 0, from: 2, to: 3 }] };
      const message = await outcome(change(4));
      assert.ok(message.type === 'taskFailed');
      assert.match(message.message, /debugger’s what-if/);
    });
  });

  it('tells where the number of a what-if goes in the text, and only of that one', async () => {
    const message = await outcome(change(4.5));
    assert.deepEqual(
      tasks.toWrite(message.request).map(({ place, to }) => [place.file, place.text, to]),
      [[entry, '3', 4.5]],
    );
    assert.deepEqual(tasks.toWrite(message.request - 1), []);
    assert.deepEqual(tasks.toWrite(0), []);
  });

  it('writes the number that was wished for, and not what float32 makes of it', async () => {
    const { request } = await outcome(change(0.35));
    assert.equal(tasks.toWrite(request)[0]!.to, 0.35);
  });

  const refusals: readonly (readonly [what: string, task: Task, why: RegExp, prepare?: () => void])[] = [
    ['of a node that there is not', change(1, 99), /no such number/],
    ['of a node that is no leaf', change(1, 1), /no such number/],
    ['of an element that there is not', change(1, 0, 5), /no such number/],
    ['where nothing may run', change(1), /Nothing may run/, () => (mayRun = false)],
    ['of a text that has changed', change(1), /The text has changed/, () => (text = `${square}// more`)],
    ['of a text that is broken', change(1), /The text has changed/, () => (text = `${square}const = ;`)],
  ];
  for (const [what, task, why, prepare] of refusals) {
    it(`a what-if fails with a reason: ${what}`, async () => {
      prepare?.();
      const message = await outcome(task);
      assert.ok(message.type === 'taskFailed');
      assert.match(message.message, why);
    });
  }

  it('fails when it is about an older graph', async () => {
    const message = await outcome({ kind: 'check', node: null }, presenter.snapshot().sequence - 1);
    assert.ok(message.type === 'taskFailed');
    assert.match(message.message, /A newer run has taken the place/);
  });

  it('says nothing more of a task that was stopped, or replaced', async () => {
    const { sequence } = presenter.snapshot();
    tasks.begin({ type: 'beginTask', request: 1001, sequence, task: change(7) });
    tasks.begin({ type: 'beginTask', request: 1002, sequence, task: { kind: 'check', node: null } });
    tasks.stop(1002);
    tasks.begin({ type: 'beginTask', request: 1003, sequence, task: change(8) });
    await outcome(change(9));
    await outcome({ kind: 'check', node: null });
    const answered = sent
      .filter(({ type }) => type === 'taskDone')
      .map((message) => 'request' in message && message.request);
    assert.deepEqual(
      answered.filter((request) => Number(request) > 1000),
      [],
    );
  });
});
