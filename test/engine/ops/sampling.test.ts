import assert from 'node:assert/strict';
import { multinomial, randn, randperm, rand, tensor, zeros } from '../../../engine/library.ts';

describe('multinomial', () => {
  it('draws classes as often as their probabilities say', () => {
    const drawn = multinomial([1, 2, 0, 5], 20_000, { replacement: true, seed: 1 });
    assert.equal(drawn.dtype, 'int32');
    const counts = [0, 1, 2, 3].map((k) => drawn.equal(k).sum().item() / drawn.size);
    // Three standard errors of a share of a half: 3·√(0.25/20000) = 0.0106.
    [1 / 8, 2 / 8, 0, 5 / 8].forEach((share, k) => assert.ok(Math.abs(counts[k]! - share) < 0.011, String(counts)));
  });

  it('draws each class once without replacement, row by row', () => {
    const rows = multinomial(rand([50, 4], { seed: 2 }).add(0.1), 4, { seed: 3 });
    assert.deepEqual(rows.shape, [50, 4]);
    for (const row of rows.toArray() as number[][])
      assert.deepEqual(
        [...row].sort((a, b) => a - b),
        [0, 1, 2, 3],
      );
    assert.deepEqual(multinomial([0, 3, 0], 1).toArray(), [1]);
  });

  it('refuses what is no probability, and more than there is', () => {
    assert.throws(() => multinomial([1, -1], 1), /^ArgumentError: multinomial: -1 is no probability/);
    assert.throws(() => multinomial([1, NaN], 1), /NaN is no probability/);
    assert.throws(
      () => multinomial([1, 1], 3),
      /^ShapeError: multinomial: cannot draw 3 of 2 classes without replacement/,
    );
    assert.throws(() => multinomial([1, 0], 2), /2 to be drawn of 1 classes whose probability is not 0/);
    assert.throws(() => multinomial(zeros([2, 2, 2]), 1), /needs probabilities \[C\] or \[N, C\], not \[2, 2, 2\]/);
  });
});

describe('randperm', () => {
  it('has every number once, in another order for another seed', () => {
    const order = randperm(50, { seed: 4 });
    assert.equal(order.dtype, 'int32');
    assert.deepEqual(
      Array.from(order.data).sort((a, b) => a - b),
      Array.from({ length: 50 }, (_, i) => i),
    );
    assert.notDeepEqual(order.toArray(), randperm(50, { seed: 5 }).toArray());
    assert.deepEqual(order.toArray(), randperm(50, { seed: 4 }).toArray());
  });
});

describe('random tensors', () => {
  it('can require a gradient, as other tensors', () => {
    const w = randn([2], { seed: 1, requiresGrad: true });
    w.square().sum().backward();
    assert.deepEqual(w.grad!.toArray(), w.mul(2).toArray());
    assert.equal(tensor(w.detach()).requiresGrad, false);
  });
});
