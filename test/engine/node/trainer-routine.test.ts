import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plainly } from './plain-training.ts';
import { openTraining } from './training-run.ts';

/**
 * What is the same in each step of a training is not run anew in the sandbox. Here are programs in which something is not: in
 * each the body is a model's function, of the step `n`, the parameters `w` and `v`, and the inputs `x` and `z`.
 */
const bodies: Readonly<Record<string, string>> = {
  'nothing changes': 'return w.matmul(x).tanh().sum();',
  'another branch every third step': 'const y = w.matmul(x); return n % 3 === 0 ? y.relu().sum() : y.sigmoid().sum();',
  'an op more in later steps': 'let y = w.matmul(x); if (n > 6) y = y.mul(0.5); return y.square().mean();',
  'more and more ops': 'let y = w; for (let i = 0; i <= n % 5; i++) y = y.add(v).tanh(); return y.sum();',
  'a number that changes': 'return w.mul(1 / (n + 1)).square().sum();',
  'a zero that changes its sign':
    'return x.slice(0, 0, 2).mul(0).add(n % 2 ? 0 : -0).mul(w.square()).atan2(w.abs().neg()).sum();',
  'a number that is none': 'return w.add(x.slice(0, 0, 2).mul(NaN).greater(0).mul(0.25)).square().sum();',
  'other options': 'return w.softmax(n % 2).mul(w.sum(n % 3 === 0 ? 0 : 1, true)).square().sum();',
  'other named options': 'return w.variance(0, { unbiased: n % 4 < 2 }).sum();',
  'a list that is changed': 'list[0][1] = n; return w.matmul(input(list)).square().mean();',
  'a list that grows': 'grown.push(n); return w.sum().mul(tensor(grown).sum()).square().mul(1e-3);',
  'another tensor in the same place': 'return w.matmul(n % 2 ? x : z).square().mean();',
  'arguments change places': 'return (n % 2 ? w.sub(v) : v.sub(w)).sigmoid().sum();',
  'another parameter': 'return (n % 3 ? w : v).square().sum();',
  'another shape': 'return w.slice(1, 0, 1 + (n % 3)).square().sum();',
  'gradients only now and then': 'const h = n % 2 ? w.tanh() : noGrad(() => w.tanh()); return h.mul(v).sum();',
  'another dtype for constants': `setDefaultDtype(n % 2 ? 'float64' : 'float32');
    const c = tensor([0.1, 0.2, 0.3]); setDefaultDtype('float32'); return w.mul(c).square().sum();`,
  'the value of a tensor decides':
    'const y = w.square().sum(); return y.item() > 3 ? y.mul(0.5) : y.add(v.square().sum());',
  'the value of a gradient decides':
    'const g = w.grad; const y = w.square().sum(); return g && g.data[0] > 0.2 ? y.mul(2) : y;',
  'a tensor of the step before': 'const y = w.mul(kept).sum(); kept = w.detach().sigmoid(); return y.square();',
  'a tensor of every fourth step': 'if (n % 4 === 0) kept = w.detach().tanh(); return w.mul(kept).square().sum();',
  'all losses are kept': 'const y = w.square().sum(); all.push(y); return y.add(all[all.length >> 1].detach());',
  'random numbers': 'return w.mul(randn([2, 3])).square().sum();',
  dropout: 'return dropout(w.square(), 0.5).sum();',
  'statistics that run on': 'return norm.forward(w.mul(n + 1)).mul(v).square().mean();',
  'an error that is caught':
    'try { w.reshape([n % 2 ? 6 : 7]); return w.sum().square(); } catch { return w.square().sum(); }',
  'functions in another order': `const [a, b] = n % 2 ? [w.exp(), v.tanh()] : [v.tanh(), w.exp()];
    return n % 2 ? a.sub(b).square().mean() : a.add(b).square().mean();`,
  'classes that are left out': `return crossEntropy(w, tensor([n % 4, n % 3 ? 1 : -100], { dtype: 'int32' }).remainder(3));`,
  'places that are left out': 'return crossEntropy(w, input([n % 2 ? -100 : 1, 2], { dtype: "int32" }));',
  'a content that is given anew': 'const c = zeros([2, 3]); return w.add(c).mul(n % 2 ? 1 : 2).square().sum();',
  'a loss that is no tensor of the step': 'return n % 2 ? fixed : w.square().sum().add(fixed);',
  'a gradient of a gradient':
    'const g = grad((p) => p.pow(3).sum())(w); return (n % 2 ? g.square().sum() : g.sum()).mul(0.01);',
  'a scope and a name': 'return scope(`part ${n % 2}`, () => watch(w.square(), `square ${n}`)).sum();',
  'a module that is switched': 'drop.training = n % 3 === 0; return drop.forward(w.square()).sum();',
  'a module with another part': 'net.layers[1] = n % 2 ? relu : tanh; return net.forward(v).square().sum();',
};

/** The same for functions of their own, with what stands before them: all do the same for seventy steps, and many another thing then. */
const functions: Readonly<
  Record<string, readonly [before: string, model: string, options?: { readonly batch: string }]>
> = {
  'nothing but the library': [
    '',
    '() => { let y = w.matmul(x); y = y.tanh(); const s = y.mul(v).sum(); return s.square().add(w.square().sum()); }',
  ],
  'one expression': ['', '() => w.matmul(x).tanh().square().sum()'],
  'a function with a name': ['function loss() { return w.square().sum(); }', 'loss'],
  'a counter in a function that calls nothing': [
    'const tick = () => { count++; return count < 70 ? 1 : 2; };',
    '() => w.mul(tick()).square().sum()',
  ],
  'a function that hands on what it is given': [
    'const pass = (t) => (count++ < 70 ? t : v);',
    '() => pass(w.square()).sum()',
  ],
  'a function round the function': [
    'const around = (f) => () => { count++; return f().mul(count < 70 ? 1 : 2); };',
    'around(() => w.square().sum())',
  ],
  'numbers taken from a list': [
    'const queue = Array.from({ length: 100 }, (_, i) => (i < 70 ? 1 : 2));',
    '() => w.mul(queue.shift() ?? 0.5).square().sum()',
  ],
  'tensors taken from a list': [
    'const queue = Array.from({ length: 60 }, () => v);',
    '() => w.mul(queue.pop() ?? x.slice(0, 0, 2)).square().sum()',
  ],
  'a list that is cut': [
    'const queue = Array.from({ length: 100 }, () => 1).concat(2);',
    '() => w.mul(queue.splice(0, 1)[0] ?? queue.length).square().sum()',
  ],
  'reading that counts': [
    'const state = { get factor() { count++; return count < 70 ? 1 : 2; } };',
    '() => w.mul(state.factor).square().sum()',
  ],
  'reading through a proxy': [
    'const state = new Proxy({}, { get: () => count++ < 70 ? 1 : 2 });',
    '() => w.mul(state.factor).square().sum()',
  ],
  'a getter of the language': [
    'const state = Object.create(null, { factor: { get: [].shift.bind(Array.from({ length: 400 }, (_, i) => (i < 70 ? 1 : 2))) } });',
    '() => w.mul(state.factor).square().sum()',
  ],
  'code from a text': [
    "const state = { n: 0 };\nconst f = (() => 0).constructor('t', 's', 's.n++; return t.mul(s.n < 70 ? 1 : 2)');",
    '() => f(w, state).square().sum()',
  ],
  'a layer of the language': [
    'const layers = Array.from({ length: 400 }, (_, i) => (i < 70 ? v : w));\nconst net2 = new nn.Sequential([].shift.bind(layers), tanh);',
    '() => net2.forward(w).mul(w).square().sum()',
  ],
  'an operator that counts': [
    'const state = { valueOf: () => count++ < 70 ? 1 : 2 };',
    '() => w.mul(+state).square().sum()',
  ],
  'functions of its own': [
    'const layer = (t, m) => t.matmul(m).tanh();\nfunction twice(t) { return layer(layer(t, x), x); }',
    '() => twice(w).mul(v).sum().square()',
  ],
  'functions of its own, one of which counts': [
    'const layer = (t, m) => { count++; return t.matmul(m).tanh().mul(count < 70 ? 1 : 2); };\nfunction twice(t) { return layer(t, x); }',
    '() => twice(w).mul(v).sum().square()',
  ],
  'a module of its own': [
    'class Net extends nn.Module { inner = new nn.Linear(3, 3, { seed: 7 }); forward(t) { return this.inner.forward(t).tanh(); } }\nconst own = new Net();',
    '() => own.forward(w).square().sum()',
  ],
  'a module that learns to count': [
    'class Net extends nn.Module { n = [0]; forward(t) { this.n[0]++; return t.mul(this.n[0] < 70 ? 1 : 2).tanh(); } }\nconst own = new Net();',
    '() => own.forward(w).square().sum()',
  ],
  'a loop': ['', '() => { let y = w; for (let i = 0; i < 3; i++) y = y.matmul(x).tanh(); return y.square().sum(); }'],
  'a loop with a variable from outside': [
    '',
    '() => { let y = w; for (count = count + 1; y === w; ) { y = w.mul(count < 70 ? 1 : 2); } return y.square().sum(); }',
  ],
  'a list that is turned': [
    'const all2 = [v, w]; const turn = (t) => { all2.reverse(); return t.mul(all2[0]); };',
    '() => turn(w).square().sum()',
  ],
  'a callback that counts': [
    'const all2 = [v, w];',
    '() => all2.reduce((sum, t) => { count++; return sum.add(t.mul(count < 140 ? 1 : 2)); }, x.slice(0, 0, 2)).square().sum()',
  ],
  'a function made anew': [
    'let make = () => (t) => t.mul(1).tanh();',
    '() => { const f = make(); return f(w).square().sum(); }',
  ],
  'a function that is replaced': [
    'let f = (t) => { f = (u) => u.mul(2).tanh(); return t.tanh(); };',
    '() => f(w).square().sum()',
  ],
  'a layer that counts': [
    'const net2 = new nn.Sequential((t) => (count++ < 70 ? t : v), tanh);',
    '() => net2.forward(w).square().sum()',
  ],
  'rows alone': ['', '(rows) => w.indexSelect(1, rows).square().sum()', { batch: '{ size: 2, of: 3, seed: 5 }' }],
  'rows, and a counter with the fewer': [
    '',
    '(rows) => { if (rows.shape[0] === 1) { count++; } return w.indexSelect(1, rows).mul(count < 40 ? 1 : 2).square().sum(); }',
    { batch: '{ size: 2, of: 3, seed: 5 }' },
  ],
  'rows, and a function with the fewer': [
    'const fewer = (t) => { count++; return t.mul(3); };',
    '(rows) => { const t = w.indexSelect(1, rows); return (rows.shape[0] === 1 ? fewer(t) : t.mul(count < 40 ? 1 : 2)).square().sum(); }',
    { batch: '{ size: 2, of: 3, seed: 5 }' },
  ],
  'a network and rows': [
    '',
    '(rows) => net.forward(x.indexSelect(0, rows)).square().mean().add(w.mul(v).sum().square())',
    { batch: '{ size: 2, of: 3, seed: 5 }' },
  ],
  'a generator': [
    'function* numbers() { for (let i = 0; ; i++) yield i < 70 ? 1 : 2; }\nconst drawn = numbers();',
    '() => w.mul(drawn.next().value).square().sum()',
  ],
  'an iterator that is used up': [
    'const drawn = Array.from({ length: 70 }, () => 1).values();',
    '() => { let y = w; for (const k of drawn) { y = y.mul(k); break; } return y.square().sum(); }',
  ],
  'a default that counts': ['', '(k = count++ < 70 ? 1 : 2) => w.mul(k).square().sum()'],
  'a variable from outside': ['', '() => { count = count + 1; return w.mul(count < 70 ? 1 : 2).square().sum(); }'],
  'a variable from outside in an expression': ['', '() => w.mul(count++ < 70 ? 1 : 2).square().sum()'],
  'a field': ['const state = { n: 0 };', '() => { state.n += 1; return w.mul(state.n < 70 ? 1 : 2).square().sum(); }'],
  'a closure that counts': ['', '() => noGrad(() => { count++; return w.mul(count < 70 ? 1 : 2); }).mul(w).sum()'],
  'a field of a module': [
    'class Net extends nn.Module { n = 0; forward(t) { this.n++; return t.mul(this.n < 70 ? 1 : 2); } }\nconst own = new Net();',
    '() => own.forward(w).square().sum()',
  ],
  "an optimiser of the program's own": ['', '() => w.mul(v).sum().square().add(w.square().sum())'],
};

const program = (body: string, options = ''): string => `
import { add, crossEntropy, dropout, grad, input, model, mul, nn, noGrad, optim, param, randn, relu, scope, setDefaultDtype,
  sub, tanh, tensor, watch, zeros } from 'retrograd';
const x = input([[0.5, -1, 2], [1, 0.25, -0.5], [-2, 1, 0.5]]);
const z = input([[1, 1, 0], [0.5, -0.5, 1], [0, 2, -1]]);
const w = param(randn([2, 3], { seed: 1 }));
const v = param(randn([2, 3], { seed: 2 }));
const fixed = w.mul(v).square().sum();
const list = [[1, 2], [3, 4], [5, 6]];
const grown = [1];
const all = [];
const norm = new nn.BatchNorm1d(3);
const drop = new nn.Dropout(0.5);
const net = new nn.Sequential(new nn.Linear(3, 3, { seed: 3 }), relu);
let kept = x.slice(0, 0, 2);
let n = -1;
export const fit = model(() => { n++; ${body} }, { optimizer: optim.sgd({ lr: 0.01 })${options} });
`;

/** Among the first many are looked at in detail, which are made in full. */
const steps = 160;

describe('steps of a training that differ', function () {
  this.timeout(120_000);
  async function agree(text: string): Promise<void> {
    const expected = await plainly(text, 'fit', steps);
    assert.ok(new Set(expected).size > 1, 'It learns nothing.');
    const run = await openTraining(text);
    const losses = Array.from({ length: steps }, () => run.next());
    run.dispose();
    assert.deepEqual(losses, expected);
  }

  for (const [name, body] of Object.entries(bodies))
    it(`have the losses of plain Node to the last bit: ${name}`, () => agree(program(body)));

  for (const [name, [before, model, options]] of Object.entries(functions))
    it(`and where a model is made of ${name}`, () => {
      const text = program('', '').replace(
        /export const fit = model\(.*\n/,
        `let count = 0;\n${before}\nexport const fit = model(${model}, { optimizer: OPTIMIZER${options ? `, batch: ${options.batch}` : ''} });\n`,
      );
      const own = name.includes('own') && name.includes('optimiser');
      return agree(text.replace('OPTIMIZER', own ? '{ ...optim.sgd({ lr: 0.01 }) }' : 'optim.sgd({ lr: 0.01 })'));
    });

  it('and where every op is looked at', () => agree(program(bodies['nothing changes']!, ', detectAnomaly: true')));

  it("and where the optimiser is the program's own", () =>
    agree(
      program(bodies['another branch every third step']!).replace(
        'optim.sgd({ lr: 0.01 })',
        '{ ...optim.adam({ lr: 0.1 }) }',
      ),
    ));

  it('and in programs drawn at random', async () => {
    const step = fc.array(fc.tuple(fc.nat(5), fc.nat(5), fc.nat(5)), { minLength: 1, maxLength: 6 });
    // The same step again and again, and others in between.
    const plan = fc.tuple(
      fc.array(step, { minLength: 1, maxLength: 3 }),
      fc.array(fc.nat(2), { minLength: steps, maxLength: steps }),
    );
    await fc.assert(
      fc.asyncProperty(plan, async ([kinds, order]) => {
        const body = `
          const ops = ${JSON.stringify(kinds)}[${JSON.stringify(order)}[n] % ${kinds.length}];
          const made = [w, v, x.slice(0, 0, 2)];
          for (const [op, i, j] of ops) {
            const [a, b] = [made[i % made.length], made[j % made.length]];
            made.push([() => a.add(b), () => mul(a, b).tanh(), () => a.sub(0.5), () => a.softmax(-1), () => sub(b.sum(1, true), a).sigmoid(), () => a.matmul(x).sin()][op]());
          }
          return made.reduce((sum, one) => sum.add(one.mean()), w.square().mean());`;
        await agree(program(body));
      }),
      { seed: 7, numRuns: 12 },
    );
  });
});
