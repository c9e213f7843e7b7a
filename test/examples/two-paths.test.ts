import assert from 'node:assert/strict';
import { explained } from './documents.ts';
import { allNear } from './numbers.ts';

describe('two-paths', () => {
  // x = 2, y = 3: u = 6, v = 11. ∂z/∂x = v·y + u·1 = 33 + 6; ∂z/∂y = v·x + u·2y = 22 + 36.
  it('lists both paths, each with its share of the sum', () => {
    const { terms, paths, gradient: whole, sum } = explained('two-paths', 'x');
    assert.deepEqual(
      terms.map(({ through, value }) => [through, value]),
      [
        ['u', 33],
        ['v', 6],
      ],
    );
    assert.deepEqual(
      paths.map(({ nodes, product }) => [nodes.join(' '), product]),
      [
        ['x u z', 33],
        ['x v z', 6],
      ],
    );
    assert.equal(whole, 39);
    assert.equal(sum, 39);
    // 33 and 6 of 39.
    allNear(
      terms.map(({ share }) => share),
      [33 / 39, 6 / 39],
    );
    assert.equal(explained('two-paths', 'y').gradient, 58);
  });
});
