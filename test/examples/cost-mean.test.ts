import assert from 'node:assert/strict';
import { explained } from './documents.ts';
import { allNear, chain, gradient, near, value } from './numbers.ts';

describe('cost-mean', () => {
  // w = 0.5, x = (1, 2, 3), t = (2, 0.5, 1): the residuals w·x − t are −1.5, 0.5, 0.5.
  // ∂J/∂w = Σ 1/3·2·residual·x = 1/3·(−3 + 2 + 3) = 2/3.
  it('is the mean of the losses, and its gradient the mean of theirs', () => {
    allNear(
      [...value('cost-mean', 'l1'), ...value('cost-mean', 'l2'), ...value('cost-mean', 'l3')],
      [2.25, 0.25, 0.25],
    );
    near(value('cost-mean', 'J')[0], 2.75 / 3);
    near(gradient('cost-mean', 'w')[0], 2 / 3);
  });

  it('gives each sample its share of ∂J/∂w: −1, 2/3 and 1', () => {
    const { terms, sum } = explained('cost-mean', 'w');
    assert.deepEqual(
      terms.map(({ through }) => through),
      ['l1', 'l2', 'l3'],
    );
    allNear(
      terms.map(({ value: part }) => part),
      [-1, 2 / 3, 1],
    );
    terms.forEach(({ outer }) => near(outer, 1 / 3));
    // Of 2/3: the first pulls the other way.
    allNear(
      terms.map(({ share }) => share),
      [-1.5, 1, 1.5],
    );
    near(sum, 2 / 3);
  });

  // With weights 1, 1, 6: ∂J/∂w = (1·(−3) + 1·2 + 6·3)/8 = 17/8; ∂J/∂ℓᵢ = pᵢ/8.
  it('lets a sample that counts six times as much pull six times as much', () => {
    near(value('cost-mean', 'J', 1)[0], (2.25 + 0.25 + 6 * 0.25) / 8);
    near(gradient('cost-mean', 'w', 1)[0], 17 / 8);
    allNear(gradient('cost-mean', 'l', 1), [1 / 8, 1 / 8, 6 / 8]);
    assert.equal(chain('cost-mean', 'w', 'weighted').length, 2);
  });
});
