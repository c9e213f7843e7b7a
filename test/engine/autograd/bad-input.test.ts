import assert from 'node:assert/strict';
import * as rg from '../../../engine/library.ts';

/** What JavaScript lets through although the types do not. */
const untyped = (value: unknown): never => value as never;

const p = rg.param([1, 2]);

interface Refusal {
  readonly what: string;
  readonly of: () => unknown;
  readonly name: string;
  readonly says: RegExp;
}

const refusals: readonly Refusal[] = [
  {
    what: 'a parameter of a parameter',
    of: () => rg.param(p),
    name: 'GradientError',
    says: /^param: .* already.*param\(x\.detach\(\)\)/,
  },
  {
    what: 'a parameter of what depends on one',
    of: () => rg.param(p.mul(2)),
    name: 'GradientError',
    says: /^param: .* already/,
  },
  {
    what: 'backward from a vector',
    of: () => p.mul(2).backward(),
    name: 'GradientError',
    says: /^backward: .* \[2\]\. Reduce it first/,
  },
  {
    what: 'backward from a constant',
    of: () => rg.tensor(1).backward(),
    name: 'GradientError',
    says: /^backward: .* nothing that requires a gradient/,
  },
  {
    what: 'a parameter of integers',
    of: () => rg.param([1], { dtype: 'int32' }),
    name: 'GradientError',
    says: /int32 .* float32 and float64/,
  },
  {
    what: 'a derivative with respect to integers',
    of: () => rg.grad((x) => x)(rg.tensor([1], { dtype: 'int32' })),
    name: 'GradientError',
    says: /^grad: .*int32/,
  },
  {
    what: 'a gradient of a vector',
    of: () => rg.grad((x) => x.mul(2))([1, 2]),
    name: 'GradientError',
    says: /^grad: .*\[2\].* jacobian/,
  },
  {
    what: 'the largest of nothing',
    of: () => rg.tensor([[]]).max(),
    name: 'ShapeError',
    says: /^max: .*\[1, 0\] has no elements/,
  },
  {
    what: 'a dimension that is not there',
    of: () => rg.zeros([2, 3]).sum(2),
    name: 'ShapeError',
    says: /^sum: dimension 2 .* 2 dimensions/,
  },
  {
    what: 'a negative dimension that is not there',
    of: () => rg.zeros([2, 3]).sum(-3),
    name: 'ShapeError',
    says: /^sum: dimension -3 /,
  },
  {
    what: 'a dimension that is not there, in a part of a composite',
    of: () => rg.zeros([2, 3]).softmax(3),
    name: 'ShapeError',
    says: /^softmax: .*dimension 3 /,
  },
  {
    what: 'shapes that do not broadcast',
    of: () => rg.zeros([2, 3]).add(rg.zeros([2])),
    name: 'ShapeError',
    says: /^add: shapes \[2, 3\] and \[2\] .*dimension −1 is 3 in one and 2 in the other/,
  },
  {
    what: 'a product that wants a transpose',
    of: () => rg.zeros([2, 3]).matmul(rg.zeros([2, 3])),
    name: 'ShapeError',
    says: /^matmul: \[2, 3\] times \[2, 3\]: .*transpose of the second\?/,
  },
  {
    what: 'a product with a vector of another length',
    of: () => rg.zeros([2, 3]).matmul([1, 2]),
    name: 'ShapeError',
    says: /^matmul: \[2, 3\] times \[2\]: 3 elements meet 2/,
  },
  {
    what: 'a matrix product with a scalar',
    of: () => rg.tensor(1).matmul(p),
    name: 'ShapeError',
    says: /^matmul: \[\] times \[2\]: .*use mul\(\)/,
  },
  { what: 'nothing', of: () => rg.add(p, untyped(undefined)), name: 'ArgumentError', says: /numbers, not undefined/ },
  { what: 'null', of: () => rg.tensor(untyped(null)), name: 'ArgumentError', says: /numbers, not null/ },
  { what: 'a text', of: () => rg.add(p, untyped('3')), name: 'ArgumentError', says: /not the text '3'/ },
  {
    what: 'a promise',
    of: () => rg.add(p, untyped(Promise.resolve(1))),
    name: 'ArgumentError',
    says: /not a promise/,
  },
  { what: 'a function', of: () => rg.exp(untyped(() => 1)), name: 'ArgumentError', says: /not a function/ },
  {
    what: 'ragged arrays',
    of: () => rg.tensor([[1, 2], [3]]),
    name: 'ShapeError',
    says: /block of shape \[2, 2\]: found an array of 1 at depth 1/,
  },
  {
    what: 'an option of the wrong kind',
    of: () => p.clamp(untyped('a')),
    name: 'ArgumentError',
    says: /^clamp: min must be a number or null, not the text 'a'/,
  },
  {
    what: 'options where a number stands',
    of: () => p.leakyRelu(untyped({ negativeSlope: 0.2 })),
    name: 'ArgumentError',
    says: /^leakyRelu: negativeSlope must be a number, not an object with negativeSlope/,
  },
  {
    what: 'a shape that is a number',
    of: () => rg.zeros(untyped(3)),
    name: 'ShapeError',
    says: /^zeros: .*Write \[3\]/,
  },
  { what: 'a shape below 0', of: () => rg.zeros([-1]), name: 'ShapeError', says: /^zeros: .*\[-1\]/ },
  { what: 'half a row', of: () => rg.ones([1.5]), name: 'ShapeError', says: /^ones: .*\[1\.5\]/ },
  {
    what: 'a reshape to a number',
    of: () => p.reshape(untyped(2)),
    name: 'ShapeError',
    says: /^reshape: .*Write \[2\]/,
  },
  {
    what: 'a reshape that loses elements',
    of: () => p.reshape([3]),
    name: 'ShapeError',
    says: /^reshape: 2 elements of shape \[2\] do not fit \[3\]/,
  },
  {
    what: 'a class that is not there',
    of: () => rg.crossEntropy(rg.zeros([2, 3]), [0, 5]),
    name: 'ShapeError',
    says: /^crossEntropy: target 5 of sample 1 is no class; there are 3/,
  },
  {
    what: 'a dtype that is not there',
    of: () => rg.tensor([1], { dtype: untyped('float16') }),
    name: 'ArgumentError',
    says: /float16.*float32, float64, int32 or bool/,
  },
  { what: 'the number of a vector', of: () => p.item(), name: 'ShapeError', says: /^item: .*\[2\]/ },
];

describe('bad input', () => {
  for (const { what, of, name, says } of refusals)
    it(`is refused by name: ${what}`, () => assert.throws(of, { name, message: says }));
});

describe('borderline input', () => {
  it('accumulates in leaves when backward() is called twice, and starts anew elsewhere', () => {
    const w = rg.param(2);
    const square = w.square();
    const loss = square.mul(1);
    loss.backward();
    loss.backward();
    // d w²/d w = 4, twice.
    assert.equal(w.grad!.item(), 8);
    assert.equal(square.grad!.item(), 1);
  });

  it('adds up nothing to 0, and finds no mean of it', () => {
    assert.equal(rg.tensor([]).sum().item(), 0);
    assert.ok(Number.isNaN(rg.tensor([]).mean().item()));
  });

  it('multiplies matrices without elements', () =>
    assert.deepEqual(
      rg
        .zeros([2, 0])
        .matmul(rg.zeros([0, 3]))
        .toArray(),
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
    ));

  it('gives a scalar and a vector of one element each the gradient of its own shape', () => {
    const [a, b] = [rg.param(3), rg.param([5])];
    a.mul(b).sum().backward();
    assert.deepEqual([a.grad!.toArray(), b.grad!.toArray()], [5, [3]]);
  });

  it('takes dimensions from the end, and those of a scalar', () => {
    assert.deepEqual(
      rg
        .tensor([
          [1, 2],
          [3, 4],
        ])
        .sum(-1)
        .toArray(),
      [3, 7],
    );
    assert.equal(rg.tensor(4).sum(-1).item(), 4);
  });

  it('hands NaN on, forward and backward', () => {
    const x = rg.param([NaN, 1]);
    const y = x.mul(2).max();
    y.backward();
    assert.ok(Number.isNaN(y.item()));
    assert.equal(String(x), 'Tensor([NaN, 1], shape=[2], float32, requiresGrad)');
  });

  it('has no gradient, rather than zero, where nothing leads to the loss', () => {
    const [a, b] = [rg.param(1), rg.param(1)];
    a.mul(2).backward();
    assert.equal(b.grad, null);
  });
});
