import assert from 'node:assert/strict';
import { Training } from '../../../extension/live/training.ts';
import { TestTrainer } from '../../engine/node/test-trainer.ts';
import { good, place, setUp, soon } from './fakes.ts';

/** A live file that has run, and a training of it. */
async function training() {
  const { live, runner, world } = setUp();
  const trainers: TestTrainer[] = [];
  const trained = new Training(
    live,
    (request, changed) => {
      const trainer = new TestTrainer(request, changed);
      trainers.push(trainer);
      return trainer;
    },
    (root) => world.allowed.has(root),
  );
  live.follow(place('model.ts'));
  await soon();
  await runner.answer(good('model.ts'));
  return { live, runner, world, trained, trainers };
}

describe('a training in the editor', () => {
  it('is of the live file; another one that is looked at has none, and leaves it going', async () => {
    const { live, trained, trainers } = await training();
    trained.move({ kind: 'start', model: 'm' });
    trainers[0]!.make(7);
    assert.equal(trained.state?.step, 7);
    live.follow(place('other.ts'));
    assert.deepEqual([trained.state, trained.any?.step, trainers[0]!.disposed], [null, 7, false]);
    assert.equal(trained.weightsFor(place('other.ts')), null);
    live.follow(place('model.ts'));
    assert.equal(trained.state?.step, 7);
  });

  it('returns from a step to the live graph when another file is looked at', async () => {
    const { live, trained, trainers } = await training();
    trained.move({ kind: 'start', model: 'm' });
    trainers[0]!.make(7);
    trained.move({ kind: 'show', step: 3 });
    await trainers[0]!.answer();
    assert.equal(trained.state?.shown, 3);
    assert.equal(trained.shownProgram?.training?.step, 3);
    live.follow(place('other.ts'));
    await soon();
    assert.equal(trained.any?.shown, null);
    trained.move({ kind: 'show', step: 3 });
    await trainers[0]!.answer();
    assert.equal(trained.any?.shown, null, 'a message that came late');
  });

  it('ends with the permission to run', async () => {
    const { live, world, trained, trainers } = await training();
    trained.move({ kind: 'start', model: 'm' });
    trained.move({ kind: 'show', step: 3 });
    world.allowed.clear();
    live.refresh();
    assert.deepEqual([trained.any, trainers[0]!.disposed, trained.shownProgram], [null, true, null]);
  });

  it('does not begin where nothing may run', async () => {
    const { world, trained, trainers } = await training();
    world.trusted = false;
    trained.move({ kind: 'start', model: 'm' });
    assert.deepEqual([trained.any, trainers.length], [null, 0]);
  });

  it('tells those who listen', async () => {
    const { live, trained, trainers } = await training();
    let told = 0;
    trained.onDidChange(() => told++);
    trained.move({ kind: 'start', model: 'm' });
    const begun = told;
    trainers[0]!.make(1);
    assert.ok(begun > 0 && told > begun);
    const before = told;
    live.follow(place('other.ts'));
    await soon();
    assert.ok(told > before);
    trained.dispose();
    assert.equal(trainers[0]!.disposed, true);
  });
});
