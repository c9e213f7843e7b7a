import assert from 'node:assert/strict';
import { posix } from 'node:path';
import fc from 'fast-check';
import { extensionOf, folderOf, joined, nameOf, normalized } from '../../../engine/base/paths.ts';

describe('paths with forward slashes', () => {
  const part = fc.constantFrom('a', 'b.ts', '.c', '..d', 'e.', '.', '..', '');
  const path = fc
    .tuple(fc.constantFrom('', '/'), fc.array(part, { maxLength: 6 }))
    .map(([from, parts]) => from + parts.join('/'));

  it('are worked out as Node does', () => {
    fc.assert(
      fc.property(path, path, (a, b) => {
        assert.equal(normalized(a), posix.normalize(a), a);
        assert.equal(joined(a, b), posix.join(a, b), `${a} + ${b}`);
      }),
      { numRuns: 1000 },
    );
  });

  it('are taken apart as Node does', () => {
    // Of a path that ends with a slash, Node takes the part before it for a file.
    const file = path.filter((one) => !one.endsWith('/') && one !== '' && !one.includes('//'));
    fc.assert(
      fc.property(file, (one) => {
        assert.equal(folderOf(one), posix.dirname(one), one);
        assert.equal(nameOf(one), posix.basename(one), one);
        assert.equal(extensionOf(one), posix.extname(one), one);
      }),
      { numRuns: 1000 },
    );
  });
});
