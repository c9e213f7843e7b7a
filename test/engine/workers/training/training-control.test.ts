import assert from 'node:assert/strict';
import type { ModulePath } from '../../../../engine/base/brand.ts';
import { TrainingControl } from '../../../../engine/workers/training/training-control.ts';
import type { TrainedParameter } from '../../../../engine/protocol/training.ts';
import { type RunRequest, type RunResult, defaultBudget } from '../../../../engine/protocol/worker.ts';
import type { Trace } from '../../../../engine/trace/format.ts';
import { TestTrainer } from '../../node/test-trainer.ts';

const entry = 'model.ts' as ModulePath;
const place = { root: '/work', entry };
const other = { root: '/work', entry: 'other.ts' as ModulePath };
const ran = (text: string): RunResult => ({ trace: null, problems: [], timings: [], files: [{ path: entry, text }] });

/** A live file whose text is `before`, and what was done to it. */
function setUp() {
  const trainers: TestTrainer[] = [];
  const requests: (RunRequest & { readonly model: string | null })[] = [];
  const world = {
    mayRun: true,
    files: ran('before').files as RunResult['files'] | null,
    weights: undefined as readonly TrainedParameter[] | undefined,
    presented: [] as (string | null)[],
    reruns: 0,
    changes: 0,
  };
  const control: TrainingControl = new TrainingControl({
    start: (request, changed) => {
      requests.push(request);
      const trainer = new TestTrainer(request, changed);
      trainers.push(trainer);
      return trainer;
    },
    program: () => {
      const weights = control.weightsFor(place);
      const request = { ...place, overlays: new Map(), budget: defaultBudget };
      return world.mayRun ? { ...request, ...(weights && { weights }) } : null;
    },
    model: () => 'shown',
    files: () => world.files,
    present: (step: Trace | null) => void world.presented.push(step && step.files[0]!.text),
    rerun: () => void world.reruns++,
    changed: () => void world.changes++,
  });
  const start = (): TestTrainer => {
    control.move({ kind: 'start', model: null });
    return trainers.at(-1)!;
  };
  return { control, trainers, requests, world, start };
}
const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('control of a training', () => {
  it('begins nothing where nothing may run, and moves nothing where there is nothing', () => {
    const { control, trainers, world } = setUp();
    world.mayRun = false;
    control.move({ kind: 'start', model: 'm' });
    for (const kind of ['run', 'pause', 'step', 'reset', 'stop'] as const) control.move({ kind });
    control.move({ kind: 'show', step: 3 });
    assert.deepEqual([trainers.length, control.state, world.presented], [0, null, []]);
  });

  it('begins with the model that was named, else the one that is shown, and goes', () => {
    const { control, requests, start } = setUp();
    start();
    control.move({ kind: 'start', model: 'named' });
    assert.deepEqual(
      requests.map(({ model }) => model),
      ['shown', 'named'],
    );
    assert.equal(control.state!.phase, 'running');
  });

  it('has one training at a time, and hears no more of the one before', () => {
    const { control, trainers, start } = setUp();
    start();
    start();
    assert.deepEqual(
      trainers.map(({ disposed }) => disposed),
      [true, false],
    );
    trainers[0]!.make(7);
    assert.equal(control.state!.step, 0);
    control.move({ kind: 'stop' });
    assert.deepEqual([trainers[1]!.disposed, control.state], [true, null]);
  });

  it('passes on what is done to it', () => {
    const { control, start } = setUp();
    start();
    control.move({ kind: 'speed', stepsPerSecond: 10 });
    control.move({ kind: 'pause' });
    control.move({ kind: 'step' });
    assert.deepEqual([control.state!.speed, control.state!.phase, control.state!.step], [10, 'paused', 1]);
    control.move({ kind: 'run' });
    assert.equal(control.state!.phase, 'running');
    control.move({ kind: 'reset' });
    assert.equal(control.state!.step, 0);
  });

  it('goes at the speed that was chosen also where it is begun anew', () => {
    const { control, start } = setUp();
    start();
    assert.equal(control.state!.speed, null);
    control.move({ kind: 'speed', stepsPerSecond: 10 });
    assert.equal(start().report.speed, 10);
    control.move({ kind: 'speed', stepsPerSecond: null });
    assert.equal(start().report.speed, null);
  });

  it('is the training of one file', () => {
    const { control, start } = setUp();
    start();
    assert.notEqual(control.stateOf(place), null);
    assert.equal(control.stateOf(other), null);
    assert.equal(control.stateOf(null), null);
  });

  describe('shows steps', () => {
    it('when their trace is there, and the live run again', async () => {
      const { control, world, start } = setUp();
      const trainer = start();
      trainer.make(50);
      control.move({ kind: 'show', step: 12 });
      assert.equal(control.state!.shown, null);
      await trainer.answer();
      assert.deepEqual([control.state!.shown, world.presented], [12, ['step 12']]);
      assert.deepEqual(control.shownProgram!.training, { model: 'shown', step: 12 });
      control.move({ kind: 'show', step: null });
      assert.deepEqual([control.state!.shown, world.presented, control.shownProgram], [null, ['step 12', null], null]);
    });

    it('of all that were asked for meanwhile only the last', async () => {
      const { control, world, start } = setUp();
      const trainer = start();
      trainer.make(50);
      for (const step of [1, 2, 3, 4]) control.move({ kind: 'show', step });
      await trainer.answer();
      await trainer.answer();
      assert.deepEqual([trainer.asked, world.presented], [[1, 4], ['step 4']]);
    });

    it('not when one has gone back to live, or ended it, meanwhile', async () => {
      for (const move of [{ kind: 'show', step: null }, { kind: 'stop' }] as const) {
        const { control, world, start } = setUp();
        const trainer = start();
        trainer.make(50);
        control.move({ kind: 'show', step: 12 });
        control.move(move);
        await trainer.answer();
        assert.deepEqual(world.presented, []);
      }
    });

    it('and stays where it was when a trace is gone', async () => {
      const { control, world, start } = setUp();
      const trainer = start();
      trainer.make(50);
      control.move({ kind: 'show', step: 12 });
      await trainer.answer();
      control.move({ kind: 'show', step: 13 });
      await trainer.answer(false);
      assert.deepEqual([control.state!.shown, world.presented], [12, ['step 12']]);
      control.move({ kind: 'show', step: 14 });
      await trainer.answer();
      assert.deepEqual([control.state!.shown, world.presented], [14, ['step 12', 'step 14']]);
    });
  });

  describe('of a text that is edited', () => {
    it('pauses, returns to live, and does not go on', async () => {
      const { control, world, start } = setUp();
      const trainer = start();
      trainer.make(50);
      control.move({ kind: 'show', step: 12 });
      await trainer.answer();
      control.ran(place, ran('after'));
      const { edited, phase, shown } = control.state!;
      assert.deepEqual([edited, phase, shown, world.presented.at(-1)], [true, 'paused', null, null]);
      control.move({ kind: 'run' });
      control.move({ kind: 'step' });
      assert.deepEqual([control.state!.phase, control.state!.step], ['paused', 50]);
    });

    it('may go on when the edit is taken back', () => {
      const { control, start } = setUp();
      start();
      control.ran(place, ran('after'));
      control.ran(place, ran('before'));
      control.move({ kind: 'run' });
      assert.deepEqual([control.state!.edited, control.state!.phase], [false, 'running']);
    });

    it('is not edited by runs of the same text, of other files, or by the first run of a text that was never run', () => {
      const { control, world, start } = setUp();
      world.files = null;
      start();
      control.ran(other, ran('after'));
      control.ran(place, ran('first'));
      control.ran(place, ran('first'));
      assert.equal(control.state!.edited, false);
      control.ran(place, ran('second'));
      assert.equal(control.state!.edited, true);
    });

    it('is trained on from its weights where they are kept, and anew where they are not', async () => {
      for (const on of [true, false]) {
        const { control, requests, start } = setUp();
        start().make(50, 'paused');
        await soon();
        control.move({ kind: 'keepWeights', on });
        control.ran(place, ran('after'));
        start();
        assert.equal(requests[1]!.weights?.[0]!.values[0], on ? 50 : undefined);
      }
    });
  });

  describe('keeps weights', () => {
    const weightsOf = (control: TrainingControl): number | null => control.weightsFor(place)?.[0]!.values[0] ?? null;

    it('from where it stands still, and runs the live file with them', async () => {
      const { control, world, start } = setUp();
      const trainer = start();
      trainer.make(50);
      await soon();
      assert.deepEqual([weightsOf(control), world.reruns], [null, 0]);
      trainer.set({ phase: 'paused' });
      await soon();
      assert.deepEqual([weightsOf(control), control.state!.weightsOf, world.reruns], [50, 50, 1]);
      assert.equal(control.weightsFor(other), null);
      trainer.set({ phase: 'paused' });
      await soon();
      assert.equal(world.reruns, 1, 'the same weights are not run again');
    });

    it('as long as that is on', async () => {
      const { control, world, start } = setUp();
      start().make(50, 'finished');
      await soon();
      control.move({ kind: 'keepWeights', on: false });
      assert.deepEqual([weightsOf(control), control.state!.weightsOf, world.reruns], [null, null, 2]);
      control.move({ kind: 'keepWeights', on: true });
      assert.deepEqual([weightsOf(control), world.reruns], [50, 3]);
    });

    it('until it is reset or ended', async () => {
      for (const kind of ['reset', 'stop'] as const) {
        const { control, world, start } = setUp();
        start().make(50, 'finished');
        await soon();
        control.move({ kind });
        assert.deepEqual([weightsOf(control), world.reruns], [null, 2]);
      }
    });

    it('and says which the live run could not take over', async () => {
      const { control, start } = setUp();
      start().make(50, 'finished');
      await soon();
      const weightsKept = [
        { name: 'w', ordinal: 0, kept: true, why: null },
        { name: 'b', ordinal: 0, kept: false, why: 'it was [2]' },
      ];
      control.ran(place, { ...ran('before'), weightsKept });
      assert.deepEqual(control.state!.notKept, ['b: it was [2]']);
      control.move({ kind: 'keepWeights', on: false });
      assert.deepEqual(control.state!.notKept, []);
    });

    it('not for a training of the text as it was begun anew', async () => {
      const { requests, start } = setUp();
      start().make(50, 'finished');
      await soon();
      start();
      assert.equal(requests[1]!.weights, undefined);
    });
  });

  it('tells losses to findings: of that model, while the text is the one that was trained', () => {
    const { control, start } = setUp();
    const trainer = start();
    assert.equal(control.lossesOf(place, 'shown'), null);
    trainer.set({ step: 5, loss: { steps: [1, 3, 4, 5], values: [9, 7, null, 8] } });
    assert.deepEqual(control.lossesOf(place, 'shown'), [9, Infinity, 7, Infinity, 8]);
    assert.equal(control.lossesOf(place, 'another'), null);
    control.ran(place, ran('after'));
    assert.equal(control.lossesOf(place, 'shown'), null);
  });
});
