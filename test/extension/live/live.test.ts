import assert from 'node:assert/strict';
import type { ModulePath } from '../../../engine/base/brand.ts';
import { patience } from '../../../extension/live/scheduler.ts';
import { failed, good, place, setUp, soon } from './fakes.ts';

const entries = (runner: { readonly requests: readonly { readonly entry: string }[] }): string[] =>
  runner.requests.map(({ entry }) => entry);

describe('the live state', () => {
  it('runs nothing under a root that nobody has allowed, whatever happens', async () => {
    const { live, runner, world } = setUp();
    world.allowed.clear();
    live.follow(place('net.ts'));
    live.edited(place('net.ts'));
    live.refresh();
    await soon();
    assert.deepEqual([live.status, runner.requests.length], ['unasked', 0]);
    world.allowed.add('/work');
    live.refresh();
    await soon();
    assert.deepEqual([live.status, entries(runner)], ['running', ['net.ts']]);
  });

  it('runs nothing without trust, even under an allowed root', async () => {
    const { live, runner, world } = setUp();
    world.trusted = false;
    live.follow(place('net.ts'));
    live.edited(place('net.ts'));
    await soon();
    assert.deepEqual([live.status, runner.requests.length], ['untrusted', 0]);
    world.trusted = true;
    live.refresh();
    await soon();
    assert.equal(runner.requests.length, 1);
  });

  it('does not run what was withdrawn during the delay, and stops what is under way', async () => {
    const { live, runner, world } = setUp();
    live.follow(place('net.ts'));
    world.allowed.clear();
    await soon();
    assert.equal(runner.requests.length, 0);
    world.allowed.add('/work');
    live.refresh();
    await soon();
    world.allowed.clear();
    live.refresh();
    await soon();
    assert.deepEqual([runner.requests.length, runner.stops, live.status], [1, 1, 'unasked']);
  });

  it('gathers edits into one run of the newest text, and passes on only what is not on disk', async () => {
    const { live, runner, world } = setUp();
    live.follow(place('net.ts'));
    for (const text of ['1', '12', '123']) {
      world.texts.set('net.ts' as ModulePath, { text, dirty: true });
      live.edited(place('net.ts'));
    }
    world.texts.set('data.json' as ModulePath, { text: '[]', dirty: false });
    await soon();
    assert.equal(runner.requests.length, 1);
    assert.deepEqual([...runner.requests[0]!.overlays], [['net.ts', '123']]);
    await runner.answer(good('net.ts'));
    assert.equal(live.status, 'live');
    assert.deepEqual([...live.lastRun!.texts.keys()], ['net.ts', 'data.json']);
  });

  it('runs again for an edit that came during a run, and shows both', async () => {
    const { live, runner } = setUp();
    let finished = 0;
    live.onDidFinish(() => finished++);
    live.follow(place('net.ts'));
    await soon();
    live.edited(place('net.ts'));
    live.edited(place('net.ts'));
    assert.equal(runner.requests.length, 1);
    await runner.answer(good('net.ts'));
    assert.equal(runner.requests.length, 2);
    await runner.answer(good('net.ts'));
    await soon();
    assert.deepEqual([runner.requests.length, finished, runner.stops, live.running], [2, 2, 0, false]);
  });

  it('ends a run that holds a newer one up', async () => {
    const { live, runner } = setUp();
    live.follow(place('net.ts'));
    await soon();
    live.edited(place('net.ts'));
    await new Promise((resolve) => setTimeout(resolve, patience + 50));
    assert.deepEqual([runner.stops, runner.requests.length, live.running], [1, 2, true]);
  });

  it('re-runs for files of the last run, and for any file while something fails', async () => {
    const { live, runner } = setUp();
    live.follow(place('net.ts'));
    await soon();
    await runner.answer(good('net.ts', 'lib/layer.ts'));
    live.edited(place('other.ts'));
    live.edited(place('lib/layer.ts', '/elsewhere'));
    await soon();
    assert.equal(runner.requests.length, 1);
    live.edited(place('lib/layer.ts'));
    await soon();
    await runner.answer(failed);
    assert.equal(live.status, 'stale');
    live.edited(place('other.ts'));
    await soon();
    assert.deepEqual(entries(runner), ['net.ts', 'net.ts', 'net.ts']);
  });

  it('throws the answer for a file away that is not live any more', async () => {
    const { live, runner } = setUp();
    live.follow(place('a.ts'));
    await soon();
    live.follow(place('b.ts'));
    assert.equal(live.lastRun, null);
    await soon();
    assert.deepEqual([entries(runner), live.snapshot.file], [['a.ts', 'b.ts'], 'b.ts']);
    await runner.answer(good('b.ts'));
    assert.equal(live.status, 'live');
    live.follow(null);
    assert.equal(live.status, 'empty');
  });

  it('keeps the last good graph as stale when it is stopped, and goes on with the next edit', async () => {
    const { live, runner } = setUp();
    live.follow(place('net.ts'));
    await soon();
    live.stop();
    assert.equal(live.status, 'failed');
    live.refresh();
    await soon();
    await runner.answer(good('net.ts'));
    live.edited(place('net.ts'));
    await soon();
    live.stop();
    await soon();
    assert.deepEqual([live.status, live.running], ['stale', false]);
    live.edited(place('net.ts'));
    await soon();
    await runner.answer(good('net.ts'));
    assert.equal(live.status, 'live');
  });

  it('reports a runner that breaks and is ready for the next edit', async () => {
    const { live, runner, world } = setUp();
    live.follow(place('net.ts'));
    await soon();
    await runner.break();
    assert.deepEqual([world.reported.length, live.status], [1, 'failed']);
    live.edited(place('net.ts'));
    await soon();
    assert.equal(runner.requests.length, 2);
  });

  it('announces a run that takes long, and not the quick one that follows a keystroke', async () => {
    const { live, runner } = setUp();
    const seen: string[] = [];
    live.onDidChange(() => seen.push(live.status));
    live.follow(place('net.ts'));
    await soon();
    await runner.answer(good('net.ts'));
    live.edited(place('net.ts'));
    await soon();
    await runner.answer(good('net.ts'));
    assert.deepEqual(seen, ['running', 'live', 'live']);
    live.edited(place('net.ts'));
    await new Promise((resolve) => setTimeout(resolve, 220));
    assert.deepEqual(seen, ['running', 'live', 'live', 'running']);
    await runner.answer(failed);
    assert.equal(seen.at(-1), 'stale');
  });

  it('runs nothing after its end', async () => {
    const { live, runner } = setUp();
    live.follow(place('net.ts'));
    live.dispose();
    await soon();
    assert.deepEqual([runner.requests.length, runner.disposed], [0, true]);
  });
});
