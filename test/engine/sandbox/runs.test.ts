import assert from 'node:assert/strict';
import type { NodeId } from '../../../engine/base/brand.ts';
import type { Pass } from '../../../engine/trace/format.ts';
import { Sandbox, gradientOf, named, scopePath, told, valuesOf } from './sandbox.ts';

/** x = 2, w1 = 3, w2 = −1: u = w1·x = 6, y = w2·u = −6, loss = (y − 1)² = 49. */
const chain = `import { input, model, optim, param } from 'retrograd';
const x = input(2);
const w1 = param(3);
const w2 = param(-1);
export const net = model(() => {
  const u = w1.mul(x);
  const y = w2.mul(u);
  const error = y.sub(1);
  return error.square();
}, { optimizer: optim.sgd({ lr: 0.01 }) });
`;

describe('a run in the sandbox', () => {
  let sandbox: Sandbox;
  before(() => (sandbox = new Sandbox()));
  after(() => sandbox.dispose());

  it('gives the values and gradients of a two-layer chain', async () => {
    const { trace, problems } = await sandbox.run(chain);
    assert.deepEqual(problems, []);
    const pass = trace!.passes[0]!;
    assert.equal(pass.name, 'net');
    assert.equal(pass.kind, 'model');
    assert.deepEqual(valuesOf(trace!.nodes[pass.loss]!), [49]);
    assert.deepEqual(valuesOf(named(trace, 'u')), [6]);
    assert.deepEqual(valuesOf(named(trace, 'y')), [-6]);
    // d loss/d y = 2·(y − 1) = −14; ·w2 → d u = 14; ·x → d w1 = 28; −14·u → d w2 = −84.
    assert.deepEqual(gradientOf(trace, 'error'), [-14]);
    assert.deepEqual(gradientOf(trace, 'y'), [-14]);
    assert.deepEqual(gradientOf(trace, 'u'), [14]);
    assert.deepEqual(gradientOf(trace, 'w1'), [28]);
    assert.deepEqual(gradientOf(trace, 'w2'), [-84]);
    assert.equal(gradientOf(trace, 'x'), null);
  });

  it('tries one step of the optimiser and keeps the weights of the pass', async () => {
    const { trace } = await sandbox.run(chain);
    const step = trace!.passes[0]!.step!;
    assert.equal(step.lossBefore, 49);
    const [w1, w2] = ['w1', 'w2'].map((name) => step.updates.find(({ node }) => node === named(trace, name).id));
    assert.equal(w1!.before.data![0], 3);
    assert.equal(w1!.after.data![0], Math.fround(2.72));
    assert.ok(Math.abs(w2!.after.data![0]! - -0.16) < 1e-6);
    // (−0.16·2.72·2 − 1)² = 1.8704²
    assert.ok(Math.abs(step.lossAfter - 3.49835) < 1e-4, String(step.lossAfter));
    assert.deepEqual(valuesOf(named(trace, 'w1')), [3]);
  });

  it('shows a leaf as it was in each pass, when the program trains it on the way', async () => {
    const { trace } = await sandbox.run(`import { model, optim, param } from 'retrograd';
const w = param(2);
export const net = model(() => w.square(), { optimizer: optim.sgd({ lr: 0.25 }) });
net.step();
`);
    // One step: w = 2 − ¼·2w = 1. The model is shown after it.
    const seen = trace!.passes.map((pass) => {
      const leaf = trace!.nodes.find(({ id, kind }) => kind === 'parameter' && pass.nodes.includes(id))!;
      return [leaf.name, valuesOf(leaf)[0], valuesOf(trace!.nodes[pass.loss]!)[0], gradient(pass, leaf.id)];
    });
    assert.deepEqual(seen, [
      ['w', 2, 4, 4],
      ['w', 1, 1, 2],
    ]);
  });

  it('gives the same trace twice', async () => {
    const text = chain.replace('input(2)', 'randn([3], { seed: 5 }).sum()').replace('input,', 'randn,');
    const [first, second] = [await sandbox.run(text), await sandbox.run(text)];
    assert.ok(first.trace);
    assert.deepEqual(first.trace, second.trace);
  });

  it('knows names, destructuring, loops and calls', async () => {
    const { trace, problems } = await sandbox.run(`import { model, param, scope, type Tensor } from 'retrograd';
const [a, { b }] = [param(2), { b: param(3) }];
const weights = [param(1), param(4)];
function step(h: Tensor, k: number): Tensor {
  const scaled = h.mul(k + 1);
  return scaled;
}
export const m = model(() => {
  let h = a.mul(b);
  for (const [i, w] of weights.entries()) {
    for (let t = 0; t < 2; t++) h = step(h.add(w), t);
    if (i > 5) continue;
  }
  return scope('end', () => h.sum());
});
`);
    assert.deepEqual(problems, []);
    for (const name of ['a', 'b']) assert.equal(named(trace, name).kind, 'parameter');
    assert.deepEqual(
      trace!.nodes.filter(({ kind }) => kind === 'parameter').map(({ name }) => name),
      ['a', 'b', 'weights[0]', 'weights[1]'],
    );
    const scaled = trace!.nodes.filter(({ name }) => name === 'scaled');
    // 6 → (6+1)·1 = 7 → (7+1)·2 = 16 → (16+4)·1 = 20 → (20+4)·2 = 48
    assert.deepEqual(scaled.flatMap(valuesOf), [7, 16, 20, 48]);
    assert.deepEqual(
      scaled.map(({ id }) => scopePath(trace!, id)),
      ['i[0]/t[0]', 'i[0]/t[1]', 'i[1]/t[0]', 'i[1]/t[1]'].map((loops) => `m[0]/model[0]/${loops}/step[0]`),
    );
    assert.equal(scopePath(trace!, trace!.passes[0]!.loss), 'm[0]/model[0]/end[0]/scope[0]');
  });

  it('names what it was told of, whatever was made after it', async () => {
    const { trace, problems } = await sandbox.run(`import { model, param } from 'retrograd';
const a = param([2, 3]);
export default model(() => {
  const product = a.mul(a);
  const total = product.sum();
  const again = product;
  return again.sum().add(total);
});
`);
    assert.deepEqual(problems, []);
    const textsOf = (name: string): string[] =>
      named(trace, name).sites.map((id) => {
        const { start, end } = trace!.sites.get(id)!.span;
        return trace!.files[0]!.text.slice(start, end);
      });
    assert.deepEqual(textsOf('product'), ['a.mul(a)', 'product', 'again']);
    assert.deepEqual(textsOf('total'), ['product.sum()', 'total']);
  });

  it('reads several files and data', async () => {
    const { trace, problems, files } = await sandbox.run({
      'main.ts':
        "import { model } from 'retrograd';\nimport { layer } from './lib/layer.js';\nimport data from './data.json';\nexport default model(() => layer(data.x));\n",
      'lib/layer.ts':
        "import { param, type Tensor } from 'retrograd';\nconst w: Tensor = param([2, 3]);\nexport const layer = (x: number[]): Tensor => w.mul(x).sum();\n",
      'data.json': '{ "x": [10, 100] }',
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      files.map(({ path }) => path),
      ['main.ts', 'lib/layer.ts', 'data.json'],
    );
    assert.deepEqual(valuesOf(trace!.nodes[trace!.passes[0]!.loss]!), [320]);
    assert.equal(trace!.passes[0]!.name, 'default');
    assert.equal(trace!.sites.get(named(trace, 'w').sites[0]!)!.file, 'lib/layer.ts');
  });

  it('reads files that import each other', async () => {
    const { trace, problems } = await sandbox.run({
      'main.ts':
        "import { model, param } from 'retrograd';\nimport { twice } from './lib';\nexport const w = param([2, 3]);\nexport default model(() => twice().sum());\n",
      'lib.ts': "import { w } from './main';\nexport const twice = () => w.mul(2);\n",
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(valuesOf(trace!.nodes[trace!.passes[0]!.loss]!), [10]);
  });

  it('keeps the lines of the log with their places', async () => {
    const { trace } = await sandbox.run(`${chain}console.log('u is', 6, { a: [1] });\nconsole.warn(w1);\n`);
    assert.deepEqual(
      trace!.log.map(({ level, text }) => [level, text.slice(0, 20)]),
      [
        ['log', 'u is 6 {"a":[1]}'],
        ['warn', 'Tensor(3, shape=[], '],
      ],
    );
    const { text } = trace!.files[0]!;
    assert.deepEqual(
      trace!.log.map(({ span }) => text.slice(span.start, span.end)),
      ["console.log('u is', 6, { a: [1] })", 'console.warn(w1)'],
    );
  });

  it('shows a program that calls backward() itself, and several models with their own weights', async () => {
    const { trace } = await sandbox.run(`import { model, param } from 'retrograd';
const w = param(3);
const loss = w.mul(w);
loss.backward();
export const one = model(() => w.mul(2));
export const two = model(() => w.mul(5));
`);
    assert.deepEqual(
      trace!.passes.map(({ name, kind }) => [name, kind]),
      [
        ['loss', 'backward'],
        ['one', 'model'],
        ['two', 'model'],
      ],
    );
    const w = named(trace, 'w').id;
    assert.deepEqual(
      trace!.passes.map(({ gradients }) => gradients.get(w)!.data![0]),
      [6, 2, 5],
    );
    assert.deepEqual(told(await sandbox.run('export const x = 1;\n')), ['no-model main.ts:1']);
  });

  it('keeps the newest passes of a program that trains, and only their nodes', async () => {
    const { trace, problems } = await sandbox.run(`import { model, optim, param, watch } from 'retrograd';
const w = param(1);
const x = w.mul(10);
export const m = model(() => w.mul(w).mul(0.5), { optimizer: optim.sgd({ lr: 0.01 }) });
m.train(200);
`);
    assert.deepEqual(problems, []);
    const passes = trace!.passes;
    assert.deepEqual([passes.length, passes.filter(({ kind }) => kind === 'model').length], [51, 1]);
    trace!.nodes.forEach((node, i) => {
      assert.equal(node.id, i);
      assert.ok(node.inputs.every((input) => input < i));
    });
    assert.deepEqual(valuesOf(named(trace, 'x')), [10]);
    assert.ok(trace!.nodes.length < 1000, String(trace!.nodes.length));
    // d (w²/2)/dw = w, so that w is 0.99^k after k steps.
    const last = passes[50]!;
    const loss = valuesOf(trace!.nodes[last.loss]!)[0]!;
    assert.ok(Math.abs(loss - 0.5 * 0.99 ** 400) < 1e-6, String(loss));
    assert.ok(Math.abs(valuesOf(trace!.nodes[passes[0]!.loss]!)[0]! - 0.5 * 0.99 ** 300) < 1e-6);
  });
});

const gradient = (pass: Pass, id: NodeId): number | undefined => pass.gradients.get(id)?.data?.[0];
