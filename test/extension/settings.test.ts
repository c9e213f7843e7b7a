import assert from 'node:assert/strict';
import { defaultBudget } from '../../engine/protocol/worker.ts';
import { Settings } from '../../extension/settings.ts';

const settingsOf = (values: Record<string, unknown>): Settings => new Settings((id) => values[id]);

describe('settings', () => {
  it('are the defaults where nothing is set', () => {
    const settings = settingsOf({});
    assert.deepEqual(settings.budget, defaultBudget);
    assert.equal(settings.granularity, 'named');
    assert.equal(settings.enabled('hover'), true);
  });

  it('give what is set, memory in bytes', () => {
    const settings = settingsOf({
      'retrograd.run.guestMemory': 16,
      'retrograd.granularity': 'op',
      'retrograd.hover.enabled': false,
      'retrograd.run.delay': 0,
    });
    assert.equal(settings.budget.guestBytes, 16_777_216);
    assert.equal(settings.granularity, 'op');
    assert.equal(settings.enabled('hover'), false);
    assert.equal(settings.delay, 0);
  });

  it('treat what has the wrong type as absent', () => {
    const settings = settingsOf({
      'retrograd.run.softDeadline': '1 s',
      'retrograd.granularity': 'fine',
      'retrograd.codeLens.enabled': 1,
      'retrograd.run.delay': NaN,
    });
    assert.equal(settings.budget.softDeadline, 2000);
    assert.equal(settings.granularity, 'named');
    assert.equal(settings.enabled('codeLens'), true);
    assert.equal(settings.delay, 20);
  });

  it('never put the hard deadline before the soft one, nor either at nothing', () => {
    const { softDeadline, hardDeadline } = settingsOf({
      'retrograd.run.softDeadline': 5000,
      'retrograd.run.hardDeadline': 100,
    }).budget;
    assert.deepEqual([softDeadline, hardDeadline], [5000, 5100]);
    assert.equal(settingsOf({ 'retrograd.run.softDeadline': -1 }).budget.softDeadline, 50);
  });
});
