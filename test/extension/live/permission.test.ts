import assert from 'node:assert/strict';
import { Permission, type Memory } from '../../../extension/live/permission.ts';

function memory(): Memory & { readonly stored: Map<string, unknown> } {
  const stored = new Map<string, unknown>();
  return {
    stored,
    get: <Value>(key: string) => stored.get(key) as Value | undefined,
    update: async (key, value) => void (value === undefined ? stored.delete(key) : stored.set(key, value)),
  };
}

describe('the permission to run', () => {
  it('is given by root, once, and outlives the window', async () => {
    const kept = memory();
    const permission = new Permission(kept);
    let changes = 0;
    permission.onDidChange(() => changes++);
    assert.ok(!permission.allows('/work') && !permission.any);
    await permission.grant('/work');
    await permission.grant('/work');
    assert.equal(changes, 1);
    const later = new Permission(kept);
    assert.ok(later.allows('/work') && later.any);
    assert.ok(!later.allows('/work/inside') && !later.allows('/'));
  });

  it('is gone when it is taken back', async () => {
    const kept = memory();
    const permission = new Permission(kept);
    await permission.grant('/a');
    await permission.grant('/b');
    await permission.forget();
    assert.ok(!permission.allows('/a') && !permission.allows('/b') && !permission.any);
    assert.equal(kept.stored.size, 0);
  });

  it('reads nothing into a memory it did not write', () => {
    const kept = memory();
    kept.stored.set('retrograd.allowed', true);
    assert.ok(!new Permission(kept).allows('/work'));
  });
});
