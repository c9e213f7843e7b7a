import assert from 'node:assert/strict';
import * as rg from '../../../engine/library.ts';

/** What JavaScript lets through although the types do not. */
const untyped = (value: unknown): never => value as never;

const read = (x: rg.Tensor, name: string): unknown => Reflect.get(x, name) as unknown;

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
    says: /^param: .* int32 .* float32 and float64/,
  },
  {
    what: 'a derivative with respect to integers',
    of: () => rg.grad((x) => x)(rg.tensor([1], { dtype: 'int32' })),
    name: 'GradientError',
    says: /^grad: .*int32/,
  },
  {
    what: 'a standard that is no float',
    of: () => rg.setDefaultDtype(untyped('float16')),
    name: 'ArgumentError',
    says: /^setDefaultDtype: takes 'float32' or 'float64', not the text 'float16'\.$/,
  },
  {
    what: 'values and places as torch.max gives them',
    of: () => {
      const [values] = p.max(0) as unknown as rg.Tensor[];
      return values;
    },
    name: 'ArgumentError',
    says: /^A tensor is no list: .*x\.max\(dim\) the values alone, x\.argmax\(dim\) their places\.$/,
  },
  {
    what: 'a list of layers',
    of: () => new rg.nn.Sequential(untyped([new rg.nn.Linear(1, 1), rg.relu])),
    name: 'ArgumentError',
    says: /must be a module or a function, not \[an object, .*new nn\.Sequential\(a, b\)\.$/,
  },
  {
    what: 'a gradient as torch.autograd.grad is called',
    of: () => rg.grad(untyped(p.sum()), untyped(p)),
    name: 'ArgumentError',
    says: /^grad: the first argument is a function of tensors, not a tensor\. Write .* grad\(f\)\(w\), or call backward\(\)\.$/,
  },
  {
    what: 'a Jacobian as torch.autograd.functional has it',
    of: () => rg.jacobian((x) => x, untyped(p)),
    name: 'ArgumentError',
    says: /^jacobian: options are an object such as \{ argument: … \}, not a tensor\.$/,
  },
  {
    what: 'an argument as JAX calls it',
    of: () => rg.grad((x) => x.sum(), untyped({ argnums: 1 })),
    name: 'ArgumentError',
    says: /^grad: there is no option 'argnums'\. Did you mean 'argument'\?/,
  },
  {
    what: 'a derivative with respect to an argument that is not there',
    of: () => rg.hessian((x) => x.sum(), { argument: 1 })([1, 2]),
    name: 'GradientError',
    says: /^grad: there is no argument 1; the function was given 1, from 0\.$/,
  },
  {
    what: 'a check of no function',
    of: () => rg.gradcheck(untyped(3), [[1]]),
    name: 'ArgumentError',
    says: /^gradcheck: the first argument is a function of tensors, not 3\.$/,
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
  {
    what: 'nothing',
    of: () => rg.add(p, untyped(undefined)),
    name: 'ArgumentError',
    says: /^add: expected a tensor, .* numbers, not undefined\. Is an argument missing\?$/,
  },
  { what: 'null', of: () => rg.tensor(untyped(null)), name: 'ArgumentError', says: /^tensor: .*numbers, not null/ },
  { what: 'a text', of: () => rg.add(p, untyped('3')), name: 'ArgumentError', says: /^add: .*not the text '3'/ },
  { what: 'nothing, of one argument', of: () => rg.sum(untyped(undefined)), name: 'ArgumentError', says: /^sum: / },
  { what: 'nothing, of a composite', of: () => rg.softmax(untyped(null)), name: 'ArgumentError', says: /^softmax: / },
  {
    what: 'nothing, of a loss',
    of: () => rg.crossEntropy(rg.zeros([2, 3]), untyped(undefined)),
    name: 'ArgumentError',
    says: /^crossEntropy: .*Is an argument missing\?/,
  },
  {
    what: 'options in the place of a tensor',
    of: () => rg.conv2d(rg.zeros([1, 1, 3, 3]), rg.zeros([1, 1, 2, 2]), untyped({ padding: 1 })),
    name: 'ArgumentError',
    says: /^conv2d: .*not an object with padding\. Options come last, after all tensors\.$/,
  },
  {
    what: 'a + b',
    of: () => rg.sum(untyped(`${String(p)}1`)),
    name: 'ArgumentError',
    says: /^sum: .*JavaScript adds tensors as texts: write a\.add\(b\) for a \+ b\.$/,
  },
  { what: 'a number in its place', of: () => untyped(p) * 2, name: 'ArgumentError', says: /x\.mul\(2\) for x \* 2/ },
  { what: 'a comparison', of: () => untyped(p) > 0, name: 'ArgumentError', says: /x\.greater\(0\) for x > 0/ },
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
    what: 'sizes one after the other where they go in a list',
    of: () => rg.randn(untyped(2), untyped(3)),
    name: 'ShapeError',
    says: /^randn: sizes go in a list: randn\(\[2, 3\]\)\.$/,
  },
  {
    what: 'an option that is not there, by a name like it',
    of: () => p.variance(0, untyped({ unbaised: false })),
    name: 'ArgumentError',
    says: /^variance: there is no option 'unbaised'\. Did you mean 'unbiased'\? There are unbiased, keepdim\.$/,
  },
  {
    what: "PyTorch's spelling of an option",
    of: () => rg.crossEntropy(rg.zeros([1, 2]), [0], untyped({ label_smoothing: 0.1 })),
    name: 'ArgumentError',
    says: /^crossEntropy: there is no option 'label_smoothing'\. Did you mean 'labelSmoothing'\?/,
  },
  {
    what: "TensorFlow.js' spelling of an option",
    of: () => rg.conv2d(rg.zeros([1, 1, 3, 3]), rg.zeros([1, 1, 2, 2]), null, untyped({ strides: 2 })),
    name: 'ArgumentError',
    says: /^conv2d: there is no option 'strides'\. Did you mean 'stride'\?/,
  },
  {
    what: 'a number in the place of options',
    of: () => rg.zeros([1, 1, 4, 4]).maxPool2d(2, untyped(2)),
    name: 'ArgumentError',
    says: /^maxPool2d: options are an object such as \{ stride: … \}, not 2\.$/,
  },
  {
    what: 'an argument by name where it stands by itself',
    of: () => p.softmax(untyped({ dim: 0 })),
    name: 'ArgumentError',
    says: /^softmax: .*dim must be .*, not an object with dim\. It stands by itself: write 0\.$/,
  },
  {
    what: 'an axis by name',
    of: () => p.sum(untyped({ axis: 0 })),
    name: 'ArgumentError',
    says: /^sum: dim must be .* write 0\.$/,
  },
  {
    what: 'an order of dimensions for transpose',
    of: () => rg.zeros([2, 3]).transpose(untyped([1, 0])),
    name: 'ShapeError',
    says: /^transpose: .*for the order \[1, 0\] write permute\.$/,
  },
  {
    what: 'tensors in no list',
    of: () => rg.cat(untyped(p), untyped(p)),
    name: 'ArgumentError',
    says: /^cat: tensors go in a list: cat\(\[a, b\], 0\)\.$/,
  },
  {
    what: 'a stack of different shapes',
    of: () => rg.stack([p, [[1]]]),
    name: 'ShapeError',
    says: /^stack: shapes \[2\] and \[1, 1\] differ/,
  },
  {
    what: 'a range to a text',
    of: () => rg.arange(untyped('3')),
    name: 'ArgumentError',
    says: /^arange: takes numbers, not the text '3'/,
  },
  {
    what: 'an equation with an operand too many',
    of: () => rg.einsum('ij,jk', p),
    name: 'ShapeError',
    says: /^einsum: 'ij,jk': 2 operands written, 1 given\.$/,
  },
  {
    what: 'backward through what has no gradient',
    of: () => p.argmax().mul(2).backward(),
    name: 'GradientError',
    says: /^backward: .* requires a gradient: no gradient passes through argmax\.$/,
  },
  {
    what: 'backward through a comparison',
    of: () => p.greater(1).sum().backward(),
    name: 'GradientError',
    says: /no gradient passes through greater\.$/,
  },
  {
    what: 'backward through the places of a sort',
    of: () => p.sort().indices.sum().backward(),
    name: 'GradientError',
    says: /no gradient passes through argsort\.$/,
  },
  {
    what: 'backward through detach',
    of: () => p.detach().sum().backward(),
    name: 'GradientError',
    says: /no gradient passes through detach\.$/,
  },
  {
    what: 'backward through a copy',
    of: () => rg.tensor(p).sum().backward(),
    name: 'GradientError',
    says: /: tensor\(…\) makes a copy that is cut off\.$/,
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
  {
    what: 'a part of a tensor by its number',
    of: () => read(p, '0'),
    name: 'ArgumentError',
    says: /^x\[0\]: a tensor is no list\. x\.select\(0, 0\)/,
  },
  {
    what: 'a new part by its number',
    of: () => Object.assign(p, { 1: 5 }),
    name: 'ArgumentError',
    says: /^x\[1\] = …: tensors do not change/,
  },
  {
    what: 'the length of a tensor',
    of: () => read(p, 'length'),
    name: 'ArgumentError',
    says: /x\.shape\[0\] is how many parts/,
  },
  {
    what: 'the values of a maximum',
    of: () => read(p.max(0), 'values'),
    name: 'ArgumentError',
    says: /x\.argmax\(dim\) gives the places/,
  },
  {
    what: 'a list of what is a tensor',
    of: () => Array.from(untyped(p)),
    name: 'ArgumentError',
    says: /^A tensor is no list/,
  },
  {
    what: 'that a parameter is not learned',
    of: () => Object.assign(p, { requires_grad: false }),
    name: 'GradientError',
    says: /left out of those that the optimiser/,
  },
  {
    what: 'the same in camelCase',
    of: () => Object.assign(p, { requiresGrad: false }),
    name: 'GradientError',
    says: /^requiresGrad: .* is settled when it is made/,
  },
  {
    what: 'content of a tensor',
    of: () => Object.assign(p, { data: [1] }),
    name: 'ArgumentError',
    says: /^data: the content of a tensor is not set/,
  },
  {
    what: 'a further argument of a method',
    of: () => (p as { tanh(...all: unknown[]): unknown }).tanh(1),
    name: 'ArgumentError',
    says: /^tanh: there is no place for a further argument, 1\.$/,
  },
  {
    what: 'an upstream gradient of backward',
    of: () => p.sum().backward(untyped(2)),
    name: 'ArgumentError',
    says: /^backward: starts with 1/,
  },
  {
    what: 'tensors in a list',
    of: () => rg.tensor(untyped([p, p])),
    name: 'ArgumentError',
    says: /^tensor: there are tensors in a list\. stack\(/,
  },
  {
    what: 'a learning rate that is no number',
    of: () => rg.optim.sgd({ lr: untyped('0.1') }),
    name: 'ArgumentError',
    says: /^sgd: lr, the learning rate, is a number .* not the text '0\.1'\.$/,
  },
  {
    what: 'no learning rate where one is needed',
    of: () => rg.optim.sgd(untyped({ momentum: 0.9 })),
    name: 'ArgumentError',
    says: /^sgd: lr.*not undefined\.$/,
  },
  {
    what: 'one beta',
    of: () => rg.optim.adam({ betas: untyped(0.9) }),
    name: 'ArgumentError',
    says: /^adam: betas are two numbers/,
  },
  {
    what: 'nothing to learn',
    of: () => rg.optim.stepper(rg.optim.adam(), []),
    name: 'ArgumentError',
    says: /^stepper: the list of parameters is empty/,
  },
  {
    what: 'a constant to learn',
    of: () => rg.optim.stepper(rg.optim.adam(), [p, rg.tensor(1)]),
    name: 'ArgumentError',
    says: /^stepper: element 1 of the list requires no gradient/,
  },
  {
    what: 'an object for the largest norm',
    of: () => rg.optim.clipGradNorm([p], untyped({ maxNorm: 1 })),
    name: 'ArgumentError',
    says: /^clipGradNorm: maxNorm must be a number/,
  },
  {
    what: 'a model of a tensor',
    of: () => rg.model(untyped(p)),
    name: 'ArgumentError',
    says: /^model: takes a function .* not a tensor of shape \[2\]\.$/,
  },
  {
    what: 'the name of an optimiser',
    of: () => rg.model(() => p.sum(), { optimizer: untyped('adam') }),
    name: 'ArgumentError',
    says: /^model: the optimizer is one such as optim\.adam/,
  },
  {
    what: 'a text for the number of steps',
    of: () => rg.model(() => p.sum(), { steps: untyped('10') }),
    name: 'ArgumentError',
    says: /^model: steps must be a whole number, not the text '10'/,
  },
  {
    what: 'a tensor for noGrad',
    of: () => rg.noGrad(untyped(p)),
    name: 'ArgumentError',
    says: /^noGrad: takes a function/,
  },
  {
    what: 'one tensor where a list is wanted',
    of: () => rg.gradcheck((x) => x.sum(), untyped(p)),
    name: 'ArgumentError',
    says: /^gradcheck: inputs are a list.*write \[x\]/,
  },
  {
    what: 'a width in the place of options',
    of: () => rg.huberLoss(p, p, untyped(0.5)),
    name: 'ArgumentError',
    says: /^huberLoss: options are an object such as \{ delta: 0\.5 \}, not 0\.5\.$/,
  },
  {
    what: 'a text for a seed',
    of: () => rg.rand([2], { seed: untyped('1') }),
    name: 'ArgumentError',
    says: /^rand: the seed must be a number, not the text '1'/,
  },
  {
    what: 'a layer without the size of its kernel',
    of: () => new rg.nn.Conv2d(1, 2, untyped(undefined)),
    name: 'ArgumentError',
    says: /^Conv2d: the kernel's size is missing/,
  },
  { what: 'the number of a vector', of: () => p.item(), name: 'ShapeError', says: /^item: .*\[2\]/ },
];

describe('bad input', () => {
  for (const { what, of, name, says } of refusals)
    it(`is refused by name: ${what}`, () => assert.throws(of, { name, message: says }));
});

describe('sizes and dimensions', () => {
  it('stand in a list or one after the other', () => {
    const x = rg.arange(6, { dtype: 'float32' });
    assert.deepEqual(x.reshape(2, 3).toArray(), x.reshape([2, 3]).toArray());
    assert.deepEqual(x.view(-1, 2).shape, [3, 2]);
    assert.deepEqual(x.reshape(6).shape, [6]);
    assert.deepEqual(x.reshape(2, 3).permute(1, 0).toArray(), x.reshape(2, 3).T.toArray());
    assert.deepEqual(rg.ones([2, 1]).expand(-1, 3).shape, [2, 3]);
    assert.deepEqual(rg.tensor([1, 2]).repeat(2, 1).toArray(), [
      [1, 2],
      [1, 2],
    ]);
    assert.deepEqual(rg.tensor([1]).reshape([]).shape, []);
    assert.deepEqual(rg.eye(2, { dtype: 'int32' }).dtype, 'int32');
  });
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

  it('finds extremes where there are no lanes, and none in lanes without elements', () => {
    assert.deepEqual(rg.zeros([0, 3]).max(1).shape, [0]);
    assert.deepEqual(rg.zeros([0, 3]).softmax(1).shape, [0, 3]);
    assert.deepEqual(rg.zeros([0, 3]).argmax(1).shape, [0]);
    assert.ok(Number.isNaN(rg.crossEntropy(rg.zeros([0, 3]), rg.zeros([0])).item()));
    assert.throws(() => rg.zeros([0, 3]).max(0), /^ShapeError: max: a tensor of shape \[0, 3\] has no elements/);
  });

  it('keeps softmax of nothing, and joins an empty vector to others, as PyTorch does', () => {
    for (const shape of [[0], [2, 0], [0, 3]]) {
      assert.deepEqual(rg.zeros(shape).softmax(-1).shape, shape);
      assert.deepEqual(rg.zeros(shape).logSoftmax(0).shape, shape);
    }
    const none = rg.zeros([0], { requiresGrad: true });
    const one = rg.param([3]);
    rg.cat([one, none]).sum().backward();
    assert.deepEqual([none.grad?.shape, one.grad?.toArray()], [[0], [1]]);
    assert.deepEqual(rg.cat([rg.zeros([2, 3]), none], 1).shape, [2, 3]);
    for (const p of [0, 0.5, 1, 2, -1, Infinity, -Infinity]) {
      assert.equal(rg.zeros([0]).norm({ p }).item(), 0);
      assert.deepEqual(rg.zeros([2, 0]).norm({ p, dim: 1 }).toArray(), [0, 0]);
    }
    assert.deepEqual(rg.zeros([0, 3]).normalize({ p: Infinity, dim: 0 }).shape, [0, 3]);
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
