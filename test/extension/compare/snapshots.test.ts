import assert from 'node:assert/strict';
import { type Shelf, Snapshots, bounds } from '../../../extension/features/compare/snapshots.ts';
import type { Trace } from '../../../engine/trace/format.ts';
import { emptyTrace } from '../../engine/trace/empty-trace.ts';

const traceOf = (entry: string, text = ''): Trace => emptyTrace({ [entry]: text });

function kept() {
  const memory = new Map<string, unknown>();
  const files = new Map<string, string>();
  const shelf: Shelf = {
    write: async (name, text) => void files.set(name, text),
    read: async (name) => {
      const text = files.get(name);
      if (text === undefined) throw new Error('ENOENT: no such file');
      return text;
    },
    remove: async (name) => void files.delete(name),
  };
  const snapshots = new Snapshots(
    {
      get: <Value>(key: string) => memory.get(key) as Value | undefined,
      update: async (key, value) => void memory.set(key, value),
    },
    shelf,
  );
  return { snapshots, memory, files };
}

describe('snapshots', () => {
  it('are listed newest first, opened as they were, and deleted with their files', async () => {
    const { snapshots, files } = kept();
    await snapshots.keep('one', traceOf('a.ts', 'first'), 1);
    await snapshots.keep('two', traceOf('a.ts', 'second'), 2);
    assert.deepEqual(
      snapshots.all.map(({ name, file, kept: when }) => [name, file, when]),
      [
        ['two', 'a.ts', 2],
        ['one', 'a.ts', 1],
      ],
    );
    assert.deepEqual(await snapshots.open(snapshots.all[1]!), traceOf('a.ts', 'first'));
    await snapshots.remove(snapshots.all[1]!);
    assert.deepEqual([snapshots.all.length, files.size], [1, 1]);
  });

  it('are replaced by one of the same name and file', async () => {
    const { snapshots, files } = kept();
    await snapshots.keep('one', traceOf('a.ts', 'first'), 1);
    await snapshots.keep('one', traceOf('b.ts'), 2);
    await snapshots.keep('one', traceOf('a.ts', 'again'), 3);
    assert.deepEqual([snapshots.all.length, files.size], [2, 2]);
    assert.deepEqual(await snapshots.open(snapshots.all[0]!), traceOf('a.ts', 'again'));
  });

  it('are no more than so many, and none is lost for another', async () => {
    const { snapshots } = kept();
    for (let i = 0; i < bounds.count; i++) await snapshots.keep(`${i}`, traceOf('a.ts'), i);
    await assert.rejects(snapshots.keep('more', traceOf('a.ts'), 99), /20 snapshots are kept/);
    await snapshots.keep('7', traceOf('a.ts', 'anew'), 100);
    assert.equal(snapshots.all.length, bounds.count);
  });

  it('are no larger than so much together', async () => {
    const { snapshots, files } = kept();
    const third = 'x'.repeat(bounds.bytes / 3);
    await snapshots.keep('a', traceOf('a.ts', third), 1);
    await snapshots.keep('b', traceOf('a.ts', third), 2);
    await assert.rejects(snapshots.keep('c', traceOf('a.ts', third), 3), /room for 64 MB/);
    assert.equal(files.size, 2);
  });

  it('that were damaged or are gone say so', async () => {
    const { snapshots, files } = kept();
    await snapshots.keep('one', traceOf('a.ts'), 1);
    const [one] = snapshots.all;
    files.set(`snapshot-${one!.id}.trace.json`, '{"format":"other"}');
    await assert.rejects(snapshots.open(one!), /“one” cannot be read any more\. trace\.format/);
    files.clear();
    await assert.rejects(snapshots.open(one!), /^NotKept: The snapshot “one” cannot be read any more\.$/);
  });

  it('ignore what lies in their place and is none', () => {
    const { snapshots, memory } = kept();
    for (const stored of [null, 'x', { length: 3 }, [1, { id: 'x', name: 'y' }, null]]) {
      memory.set('retrograd.snapshots', stored);
      assert.deepEqual(snapshots.all, []);
    }
  });
});
