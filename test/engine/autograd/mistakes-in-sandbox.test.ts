import assert from 'node:assert/strict';
import { Sandbox, impatient, textAt } from '../sandbox/sandbox.ts';

interface Mistake {
  /** In a model with `w` [2] and `x` [2, 3]. */
  readonly line: string;
  readonly says: RegExp;
  /** What the problem is about; the whole line when left out. */
  readonly at?: string;
  readonly code?: string;
}

/** What people write who know PyTorch or TensorFlow.js, and slips of the pen. */
const mistakes: readonly Mistake[] = [
  // Layers and optimisers
  { line: 'new nn.Lineer(2, 3)', says: /There is no 'nn\.Lineer'\. Did you mean 'nn\.Linear'\?$/ },
  { line: 'new rg.Linear(2, 3)', says: /There is no 'Linear'\. Did you mean 'nn\.Linear'\?$/ },
  { line: 'nn.init.xavier_uniform_(w)', says: /Did you mean 'nn\.init\.xavierUniform'\?$/ },
  { line: 'new nn.CrossEntropyLoss()', says: /Here it is crossEntropy\(logits, target\)\.$/ },
  { line: 'new nn.ModuleList([])', says: /Here it is an array that is a field of the module\.$/ },
  { line: 'nn.functional.relu(x)', says: /There is no 'functional'\. Here it is the functions of the library itself/ },
  { line: 'new optim.Adam({ lr: 1 })', says: /Here it is optim\.adam\(\{ lr \}\) for model\(…\), or optim\.stepper/ },
  { line: 'optim.lr_scheduler.StepLR(w, 1)', says: /Here it is a function of the step, in place of lr/ },
  { line: 'optim.adam([w])', says: /^adam: parameters do not go here: optim\.stepper/, code: 'argument' },
  { line: 'optim.adagrd({ lr: 1 })', says: /Did you mean 'optim\.adagrad'\?$/ },
  {
    line: 'const net = new nn.Linear(3, 2); net(x)',
    says: /If net is a module, call net\.forward\(…\)\.$/,
    at: 'net(x)',
  },
  { line: 'new nn.Linear(3, 2)(x)', says: /A module is called by its forward method\.$/ },
  {
    line: 'new nn.Linear(4, 2).forward(x)',
    says: /^linear: x \[2, 3\], weight \[2, 4\], bias \[2\]: .* The weight is for 4 features, x has 3\.$/,
    code: 'shape',
  },
  // Methods and functions
  { line: 'rg.F.relu(x)', says: /There is no 'F'\. Here it is the functions of the library itself/ },
  { line: 'rg.reluu(x)', says: /There is no 'reluu'\. Did you mean 'relu'\?$/ },
  { line: 'x.log_softmax(1)', says: /Did you mean 'logSoftmax'\?$/ },
  { line: 'x.shape()', says: /'shape' is no method: write it without parentheses\.$/ },
  { line: 'x.size(0)', says: /'size' is no method: .* The size of a dimension is x\.shape\[0\]\.$/ },
  { line: 'x.at(0)', says: /Of a tensor, 'at' is here x\.select\(0, i\)\.$/ },
  { line: 'x.t()', says: /There is no 't'\. Here it is T\.$/ },
  { line: 'x.nanToNum()', says: /Here it is where\(x\.isNaN\(\), 0, x\)\.$/ },
  { line: 'x.svd()', says: /There is no 'svd'\. Here it is nothing: inverse comes nearest\.$/ },
  { line: 'const y = w + 1; y.sum()', says: /What stands before '\.sum\(' is no tensor\.$/, at: 'y.sum()' },
  {
    line: 'class A extends nn.Module { l = new nn.ReLU(); forward(x) { return this.l(x); } } new A().forward(x)',
    says: /If this\.l is a module, call this\.l\.forward\(…\)\.$/,
    at: 'this.l(x)',
  },
  { line: 'optim.sgd({ lr: 1 }).step()', says: /Here it is optim\.stepper\(optimizer, parameters\)\.step\(\)\.$/ },
  { line: 'x.numpy()', says: /Here it is data\.$/ },
  { line: 'w.grad.item()', says: /grad is null until backward\(\) has run/ },
  { line: 'x.where(x.greater(0), 0)', says: /'where' is no method of a tensor, but a function: where\(…\)\.$/ },
  { line: 'x.cat(x)', says: /'cat' is no method of a tensor, but a function: cat\(…\)\.$/ },
  { line: 'x.clip(0, 1)', says: /Here it is clamp\.$/ },
  { line: 'x.broadcast_to([2, 3])', says: /Did you mean 'broadcastTo'\?$/ },
  { line: 'rg.triangular_solve(x, x)', says: /Here it is solveTriangular\.$/ },
  { line: 'w.grad = w', says: /^grad: a gradient is computed, not set; null forgets it\./, at: 'w.grad = w;' },
  // What would be undefined, or left out without a word
  {
    line: 'const y = x[0]',
    says: /^x\[0\]: a tensor is no list\. x\.select\(0, 0\) is its part there/,
    code: 'argument',
    at: 'const y = x[0];',
  },
  {
    line: 'const n = x.length',
    says: /x\.shape\[0\] is how many parts it has/,
    code: 'argument',
    at: 'const n = x.length;',
  },
  {
    line: 'w.requires_grad = false',
    says: /^requires_grad: .* is settled when it is made/,
    at: 'w.requires_grad = false;',
  },
  {
    line: 'w.data = x',
    says: /^data: the content of a tensor is not set\. nn\.init/,
    code: 'argument',
    at: 'w.data = x;',
  },
  {
    line: 'x.add(x, { alpha: 2 })',
    says: /^add: there is no place for a further argument, an object with alpha\. Write x\.add\(y\.mul\(alpha\)\)\.$/,
    code: 'argument',
  },
  { line: "x.div(2, { rounding_mode: 'floor' })", says: /Write x\.div\(y\)\.floor\(\)\.$/, code: 'argument' },
  { line: 'x.relu(0.1)', says: /^relu: there is no place for a further argument, 0\.1\.$/, code: 'argument' },
  { line: 'x.cumsum(1, true, true)', says: /^cumsum: there is no place for a further argument/, code: 'argument' },
  {
    line: 'w.sum().backward(w)',
    says: /takes no gradient\. Write y\.mul\(g\)\.sum\(\)\.backward\(\)/,
    code: 'argument',
  },
  {
    line: 'w.sum().backward({ retainGraph: true })',
    says: /^backward: takes no options\. The graph stays/,
    code: 'argument',
  },
  // Arguments
  {
    line: 'x.sum({ dim: 1, keepdim: true })',
    says: /They stand by themselves, one after another: 1, true\.$/,
    code: 'argument',
  },
  { line: "rg.einsum('ij,ij->', [x, x])", says: /^einsum: operands stand one after another/, code: 'argument' },
  { line: 'rg.tensor([w.sum(), w.sum()])', says: /^tensor: there are tensors in a list\. stack\(/, code: 'argument' },
  {
    line: 'rg.gather(x, w, 1)',
    says: /^gather: dim must be a number, not a tensor of shape \[2\]\.$/,
    code: 'argument',
  },
  { line: 'x.index(0)', says: /^index: takes a list with an entry for each dimension/, code: 'argument' },
  { line: 'rg.pad(x, [[1, 1], [0, 0]])', says: /^pad: margins stand in one list/, code: 'argument' },
  { line: 'x.slice([0, 1], [1, 2])', says: /^slice: takes a dimension, a start and an end/, code: 'argument' },
  {
    line: 'rg.randint(10, [3])',
    says: /^randint: takes two ends and a shape: randint\(0, 10, \[3\]\)\.$/,
    code: 'argument',
  },
  { line: 'rg.dropout(x, { p: 0.5 })', says: /not an object with p\.$/ },
  {
    line: 'optim.cosineAnnealing(0.1, 100)',
    says: /such as \{ steps: 100 \}, of which steps is missing/,
    code: 'argument',
  },
  {
    line: 'x.softmax({ dim: 1 })',
    says: /^softmax: dim must be a number, not an object with dim\. It stands by itself: write 1\.$/,
    code: 'argument',
  },
  { line: 'x.cumsum({ axis: 1 })', says: /^cumsum: dim must be a number, .* write 1\.$/, code: 'argument' },
  {
    line: 'x.std(0, { correction: 0 })',
    says: /^std: there is no option 'correction'\. Did you mean 'unbiased'/,
    code: 'argument',
  },
  { line: 'rg.where(x > 0, x, 0)', says: /^A tensor is no number: .*x\.greater\(0\) for x > 0/, code: 'argument' },
  {
    line: 'rg.exp(x + 1)',
    says: /^exp: .* JavaScript adds tensors as texts: write a\.add\(b\) for a \+ b\.$/,
    code: 'argument',
  },
  { line: 'x.unsqueeze()', says: /^unsqueeze: no dimension was given\. Is an argument missing\?$/, code: 'shape' },
  { line: 'rg.layerNorm(x)', says: /^layerNorm: a shape is a list of whole numbers, not undefined\.$/, code: 'shape' },
  { line: 'rg.full([2])', says: /^full: fills a shape with one number, not with undefined\.$/, code: 'argument' },
  { line: 'x.view(-1, -1)', says: /Only one size may be −1\.$/, code: 'shape' },
  { line: "rg.zeros([2], { dtype: 'half' })", says: /^zeros: there is no dtype 'half': use float32/, code: 'argument' },
  {
    line: 'rg.tensor([1, 2, 3, 4], [2, 2])',
    says: /^tensor: the content's own arrays say the shape; of one flat list write tensor\(content\)\.reshape\(\[2, 2\]\)\.$/,
    code: 'argument',
  },
  { line: 'x.add(undefined)', says: /^add: .* Is an argument missing\?$/, code: 'argument' },
  { line: 'x.sum(2)', says: /^sum: dimension 2 does not exist in a tensor of 2 dimensions\.$/, code: 'shape' },
  { line: 'rg.stack([x, w])', says: /^stack: shapes \[2, 3\] and \[2\] differ/, code: 'shape' },
  { line: 'x.matmul(x).tanh()', says: /transpose of the second\?$/, code: 'shape', at: 'x.matmul(x)' },
  { line: 'param(w.mul(2))', says: /^param: this tensor requires a gradient already/ },
  { line: 'rg.zeros([2, 2]).inverse()', says: /^inverse: the matrix of x \[2, 2\] is singular/, code: 'argument' },
  // Gradients
  { line: 'x.argmax(1).sum().backward()', says: /no gradient passes through argmax\.$/ },
  { line: 'w.mul(2).backward()', says: /^backward: starts from a scalar, but this tensor has shape \[2\]/ },
];

/** The mistake stands in line 6; types are let go, as an editor would mark some of these too. */
const program = (line: string): string => `// @ts-nocheck
import * as rg from 'retrograd';
import { model, nn, optim, param } from 'retrograd';
const w = param([1, 2]), x = param([[1, 2, 3], [4, 5, 6]]);
export default model(() => {
  ${line};
  return w.sum();
});
`;

describe('a mistake', function () {
  this.timeout(20_000);
  let sandbox: Sandbox;
  before(() => (sandbox = new Sandbox()));
  after(() => sandbox.dispose());

  for (const { line, says, at = line, code = 'thrown' } of mistakes) {
    it(`is told at its place: ${line}`, async () => {
      const result = await sandbox.run(program(line), impatient);
      const [problem] = result.problems;
      assert.ok(problem, 'nothing was told');
      assert.match(problem.message, says);
      assert.deepEqual([problem.code, textAt(result, problem)], [code, at]);
    });
  }

  for (const [name, says] of [
    ['torch', /Here it is the library itself: import \* as rg from 'retrograd'/],
    ['F', /Here it is the functions of the library itself/],
    ['Linear', /Did you mean 'nn\.Linear'\?$/],
    ['SGD', /Here it is optim\.sgd\(\{ lr \}\)/],
    ['cross_entropy', /Did you mean 'crossEntropy'\?$/],
    ['randomNormal', /Here it is randn\.$/],
  ] as const) {
    it(`is told of an import: ${name}`, async () => {
      const result = await sandbox.run(`import { ${name} } from 'retrograd';\nexport const a = ${name};\n`, impatient);
      assert.deepEqual([result.problems[0]?.code, textAt(result, result.problems[0]!)], ['unknown-import', name]);
      assert.match(result.problems[0]!.message, says);
    });
  }

  it('that cuts a loss off from all parameters is named where the model is', async () => {
    const result = await sandbox.run(
      "import { model, param } from 'retrograd';\nconst w = param([1, 2]);\nexport default model(() => w.detach().sum());\n",
    );
    assert.match(result.problems[0]!.message, /leads back to no parameter: no gradient passes through detach\.$/);
  });
});
