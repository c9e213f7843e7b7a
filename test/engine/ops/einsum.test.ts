import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ShapeError, type Tensor, einsum, gradcheck, randn, tensor } from '../../../engine/library.ts';
import { secondDerivativeError } from './nested-gradient.ts';

const f64 = { dtype: 'float64' } as const;
const drawn = (shape: readonly number[], seed: number): Tensor => randn(shape, { seed, ...f64 });

/** The sum that the equation writes, by running through every value of every letter. No broadcasting. */
function bruteForce(terms: readonly string[], output: string, operands: readonly Tensor[]): number[] {
  const sizes = new Map<string, number>();
  terms.forEach((term, i) => Array.from(term).forEach((letter, d) => sizes.set(letter, operands[i]!.shape[d]!)));
  const letters = [...output.split(''), ...[...sizes.keys()].filter((letter) => !output.includes(letter))];
  const at = (term: string, values: ReadonlyMap<string, number>): number =>
    Array.from(term).reduce((index, letter) => index * sizes.get(letter)! + values.get(letter)!, 0);
  const result = new Array<number>(
    Array.from(output).reduce((product, letter) => product * sizes.get(letter)!, 1),
  ).fill(0);
  const run = (depth: number, values: Map<string, number>): void => {
    const letter = letters[depth];
    if (letter === undefined) {
      const product = operands.reduce((p, operand, i) => p * operand.data[at(terms[i]!, values)]!, 1);
      result[at(output, values)]! += product;
      return;
    }
    for (let v = 0; v < sizes.get(letter)!; v++) run(depth + 1, values.set(letter, v));
  };
  run(0, new Map());
  return result;
}

describe('einsum', () => {
  const sizes: Readonly<Record<string, number>> = { i: 2, j: 3, k: 4, b: 2, c: 1 };
  const shapeOf = (term: string): number[] => Array.from(term).map((letter) => sizes[letter]!);

  it('is the sum that its equation writes, whatever that is', () => {
    const term = fc
      .array(fc.constantFrom('i', 'j', 'k', 'b', 'c'), { maxLength: 4 })
      .map((letters) => letters.join(''));
    const equation = fc.array(term, { minLength: 1, maxLength: 3 }).chain((terms) =>
      fc.tuple(
        fc.constant(terms),
        fc.shuffledSubarray([...new Set(terms.join(''))]).map((letters) => letters.join('')),
      ),
    );
    fc.assert(
      fc.property(equation, ([terms, output]) => {
        const operands = terms.map((each, i) => drawn(shapeOf(each), i + 1));
        const result = einsum(`${terms.join(',')}->${output}`, ...operands);
        assert.deepEqual(result.shape, shapeOf(output));
        bruteForce(terms, output, operands).forEach((expected, i) =>
          assert.ok(Math.abs(expected - result.data[i]!) < 1e-9 * Math.max(1, Math.abs(expected))),
        );
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  for (const [equation, shapes] of [
    [
      'ij,jk->ik',
      [
        [2, 3],
        [3, 4],
      ],
    ],
    [
      'bij,bkj->bki',
      [
        [2, 2, 3],
        [2, 4, 3],
      ],
    ],
    ['ii->i', [[3, 3]]],
    ['ii', [[3, 3]]],
    [
      'iij,ji->',
      [
        [2, 2, 3],
        [3, 2],
      ],
    ],
    ['i,j,k->kij', [[2], [3], [2]]],
    [
      '...ij,...jk->...ik',
      [
        [4, 1, 2, 3],
        [2, 3, 2],
      ],
    ],
    [
      'b...,b...->b',
      [
        [2, 3, 2],
        [2, 3, 2],
      ],
    ],
    [
      'ij,kj',
      [
        [2, 3],
        [4, 1],
      ],
    ],
  ] as const)
    it(`${equation} has right gradients, and gradients of these`, () => {
      const operands = shapes.map((shape, i) => drawn(shape, i + 1));
      const report = gradcheck((...xs) => einsum(equation, ...xs).sin(), operands);
      assert.ok(report.passed && report.worst < 1e-6, JSON.stringify(report));
      assert.ok(secondDerivativeError((...xs) => einsum(equation, ...xs).sin(), operands) < 1e-6);
    });

  it('without an arrow has the letters that occur once, in alphabetical order; dots come first', () => {
    assert.deepEqual(einsum('ba', drawn([2, 3], 1)).shape, [3, 2]);
    assert.deepEqual(einsum('ij,jk', drawn([2, 3], 1), drawn([3, 4], 2)).shape, [2, 4]);
    assert.deepEqual(einsum('j...k,k', drawn([2, 5, 3], 1), drawn([3], 2)).shape, [5, 2]);
    // The trace of [[1, 2], [3, 4]].
    assert.equal(
      einsum(
        'ii',
        tensor([
          [1, 2],
          [3, 4],
        ]),
      ).item(),
      5,
    );
  });

  it('multiplies by one matrix product, without a permutation where the order suits', () => {
    const [q, k] = [drawn([2, 4, 3], 1), drawn([2, 5, 3], 2)];
    assert.deepEqual(einsum('bqd,bkd->bqk', q, k).data, q.matmul(k.mT).data);
  });

  it('says what does not fit', () => {
    const matrix = drawn([2, 3], 1);
    const message = (equation: string, ...operands: Tensor[]): string => {
      try {
        einsum(equation, ...operands);
      } catch (error) {
        assert.ok(error instanceof ShapeError);
        return error.message;
      }
      return assert.fail('It went through.');
    };
    assert.match(message('ij,jk->ik', matrix), /2 operands written, 1 given/);
    assert.match(message('ijk->i', matrix), /operand 1, 'ijk', has shape \[2, 3\]/);
    assert.match(message('ij,jk->ik', matrix, matrix), /'j' is 3 in one place and 2 in operand 2, \[2, 3\]/);
    assert.match(message('ij->ik', matrix), /'k' of the result is in no operand/);
    assert.match(message('ij->ii', matrix), /twice/);
    assert.match(message('ii', matrix), /'i'/);
    assert.match(message('i.j', matrix), /must be letters/);
    assert.match(message('i->j->k', matrix), /one arrow/);
  });
});
