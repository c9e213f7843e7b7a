import assert from 'node:assert/strict';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Budget, RunResult } from '../../../engine/protocol/worker.ts';
import { Sandbox, type Sources, impatient, textAt, told, valuesOf } from './sandbox.ts';

const head = "import { model, param, tensor, randn } from 'retrograd';\nconst w = param([1, 2]);\n";
const good = `${head}export default model(() => w.mul(w).sum());\n`;
/** A model whose body is `lines`, the first of them in line 4. */
const inModel = (lines: string): string => `${head}export const m = model(() => {\n${lines}\n  return w.sum();\n});\n`;

interface Failure {
  readonly what: string;
  readonly sources: Sources;
  /** `code file:line` of every problem. */
  readonly told: readonly string[];
  readonly message?: RegExp;
  /** The text that the first problem is about. */
  readonly at?: string;
  readonly budget?: Partial<Budget>;
}

const failures: readonly Failure[] = [
  {
    what: 'a loop without an end that makes tensors',
    sources: inModel('  let h = w;\n  while (true) h = h.mul(1);'),
    told: ['timeout main.ts:5'],
    at: 'while (true) h = h.mul(1);',
    budget: { nodes: 1e9 },
  },
  {
    what: 'a loop without an end and without calls',
    sources: inModel('  let i = 0;\n  for (;;) i++;'),
    told: ['timeout main.ts:5'],
    at: 'for (;;) i++;',
  },
  {
    what: 'a loop without an end inside one that ends',
    sources: inModel('  let i = 0;\n  for (const x of [1, 2]) {\n    while (x > 0) {\n      i += x;\n    }\n  }'),
    told: ['timeout main.ts:5'],
  },
  {
    what: 'a loop without an end at the top',
    sources: `${good}\nwhile (true) {}\n`,
    told: ['timeout main.ts:5'],
    at: 'while (true) {}',
  },
  {
    what: 'a catch round a loop without an end',
    sources: inModel('  try {\n    for (;;) w.sum().item();\n  } catch {}'),
    told: ['timeout main.ts:5'],
    at: 'for (;;) w.sum().item();',
    budget: { nodes: 1e9 },
  },
  ...(
    [
      ['by a declaration', 6, '  const [v, i] = w.max(0);'],
      ['in a function', 7, '  const g = (x = w) => {\n    const [a] = x;\n    return a;\n  };\n  g();'],
      ['by an assignment', 7, '  let a;\n  [a] = w.mul(2);'],
      ['by a loop', 7, '  let s = w.sum();\n  for (const row of w) s = s.add(row);'],
      ['by a loop without calls', 7, '  let n = 0;\n  for (const row of w) n++;'],
    ] as const
  ).map(([how, line, lines]) => ({
    what: `a tensor taken apart as a list ${how}`,
    sources: inModel(`  const h = w.add(1);\n  const k = h.sum();\n${lines}`),
    told: [`argument main.ts:${line}`],
    message: /^A tensor is no list: x\.unbind\(0\) gives its parts/,
  })),
  {
    what: 'recursion without an end',
    sources: inModel('  const f = (n: number): number => 1 + f(n);\n  f(1);'),
    told: ['thrown main.ts:4'],
    message: /stack/i,
  },
  {
    what: 'a thrown error',
    sources: inModel("  w.sum();\n  throw new TypeError('no such layer');"),
    told: ['thrown main.ts:5'],
    message: /^TypeError: no such layer$/,
  },
  { what: 'a thrown text', sources: inModel("  throw 'just text';"), told: ['thrown main.ts:3'], message: /just text/ },
  { what: 'a thrown null', sources: inModel('  throw null;'), told: ['thrown main.ts:3'] },
  {
    what: 'a thrown text at the top',
    sources: "throw 'just text';\n",
    told: ['thrown main.ts:1'],
    message: /just text/,
  },
  {
    what: 'a getter that throws as message',
    sources: inModel(
      "  throw { get message() { throw new Error('again'); }, get stack() { throw 1; }, get name() { for (;;); } };",
    ),
    told: ['thrown main.ts:3'],
  },
  {
    what: 'an error whose stack is one long line',
    sources: inModel("  throw { name: 'E', message: 'm', stack: 'a'.repeat(1e6) };"),
    told: ['thrown main.ts:3'],
    message: /^E: m$/,
  },
  {
    what: 'an error with a message of a million characters',
    sources: inModel("  throw new Error('m'.repeat(1e6));"),
    told: ['thrown main.ts:4'],
    message: /^Error: m{4000}…$/,
  },
  {
    what: 'an error that is a proxy with traps',
    sources: inModel('  throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { for (;;); } });'),
    told: ['thrown main.ts:3'],
  },
  {
    what: 'a shape whose size is not a number',
    sources: inModel('  randn([...new Array(40).fill(2 ** 31 - 1), 0]);\n  for (;;) w.expand([1e6, 2]).mul(1);'),
    told: ['too-large main.ts:4'],
  },
  {
    what: 'arrays over the limit',
    sources: inModel('  const all: number[][] = [];\n  for (;;) all.push(new Array(1e5).fill(1));'),
    told: ['out-of-memory main.ts:5'],
    budget: { softDeadline: 6000, hardDeadline: 9000 },
  },
  {
    what: 'an ArrayBuffer over the limit',
    sources: inModel('  new ArrayBuffer(1e9);'),
    told: ['out-of-memory main.ts:4'],
  },
  {
    what: 'a native loop that ignores interrupts',
    sources: inModel('  const h = w.mul(2);\n  Array.prototype.reverse.call({ length: 2 ** 53 - 1 });'),
    told: ['timeout main.ts:4'],
    message: /seen here/,
    at: 'w.mul(2)',
  },
  {
    what: 'shapes that do not fit',
    sources: inModel('  const h = w.matmul(randn([3, 4]));'),
    told: ['shape main.ts:4'],
    at: 'w.matmul(randn([3, 4]))',
  },
  {
    what: 'shapes that do not fit in a chain',
    sources: inModel('  const h = w.mul(2).add(1).mul(w.sum(0)).tanh();\n  h.add(randn([3]).mul(2)).mul(3);'),
    told: ['shape main.ts:5'],
    at: 'h.add(randn([3]).mul(2))',
  },
  {
    what: 'shapes that stop fitting in a loop',
    sources: inModel('  let h = w;\n  for (let i = 0; i < 3; i++) h = h.matmul(randn([2, 3]));'),
    told: ['shape main.ts:5'],
    at: 'h.matmul(randn([2, 3]))',
  },
  {
    what: 'shapes that do not fit in a function',
    sources: inModel('  const double = (x: typeof w) => x.add(randn([3]));\n  double(w.mul(2)).sum();'),
    told: ['shape main.ts:4'],
    at: 'x.add(randn([3]))',
  },
  {
    what: 'a model without a loss',
    sources: `${head}export default model((() => 3) as never);\n`,
    told: ['not-a-loss main.ts:3'],
    message: /scalar/,
    at: 'model((() => 3) as never)',
  },
  {
    what: 'a model with a loss that is no scalar',
    sources: `${head}export default model(() => w.mul(2));\n`,
    told: ['not-a-loss main.ts:3'],
    message: /\[2\]/,
  },
  {
    what: 'a loss that no parameter leads to',
    sources: `${head}export default model(() => tensor(1).mul(2));\n`,
    told: ['thrown main.ts:3'],
    message: /parameter/,
  },
  {
    what: 'an async model',
    sources: `${head}export default model((async () => w.sum()) as never);\n`,
    told: ['async-model main.ts:3'],
  },
  { what: 'no model', sources: 'export const a = 1;\n', told: ['no-model main.ts:1'] },
  {
    what: 'a file that is not there',
    sources: "import a from './a';\nexport const b = a;\n",
    told: ['unknown-import main.ts:1'],
    at: "'./a'",
  },
  {
    what: 'a bare module',
    sources: "import a from 'lodash';\nexport const b = a;\n",
    told: ['refused-import main.ts:1'],
    message: /lodash/,
  },
  {
    what: 'a module of Node',
    sources: "import { readFileSync } from 'node:fs';\nreadFileSync('/etc/passwd');\n",
    told: ['refused-import main.ts:1'],
    at: "'node:fs'",
  },
  {
    what: 'a way out of the folder',
    sources: "import a from '../../etc/passwd';\nexport const b = a;\n",
    told: ['refused-import main.ts:1'],
  },
  {
    what: 'a way out in a longer form',
    sources: "import a from './lib/../../../etc/passwd';\nexport const b = a;\n",
    told: ['refused-import main.ts:1'],
  },
  {
    what: 'a NUL in a name',
    sources: "import a from './a\\0/../main.ts';\nexport const b = a;\n",
    told: ['refused-import main.ts:1'],
  },
  {
    what: 'an address behind a dot',
    sources: "import a from './https://example.com/a.js';\nexport const b = a;\n",
    told: ['refused-import main.ts:1'],
  },
  {
    what: 'a path of a hundred thousand folders',
    sources: `import a from './${'a/'.repeat(1e5)}b';\nexport const b = a;\n`,
    told: ['unknown-import main.ts:1'],
  },
  {
    what: 'a file of more than 16 MB',
    sources: { 'main.ts': "import a from './a';\nexport const b = a;\n", 'a.ts': ' '.repeat(16 * 2 ** 20 + 1) },
    told: ['unknown-import main.ts:1'],
  },
  {
    what: 'data that is no JSON',
    sources: { 'main.ts': "import d from './d.json';\nexport const e = d;\n", 'd.json': '{ a: 1 }' },
    told: ['bad-json d.json:1'],
  },
  {
    what: 'too many tensors',
    sources: inModel('  for (let i = 0; i < 1000; i++) w.mul(i);'),
    told: ['too-large main.ts:4'],
    message: /more than 500 tensors/,
    budget: { nodes: 500 },
  },
  {
    what: 'tensors that are too large',
    sources: inModel('  randn([20000, 20000]);'),
    told: ['too-large main.ts:4'],
    message: /512 MB/,
  },
  {
    what: 'gradients that are too large',
    sources: `${head}const big = param(new Array(1000).fill(1));\nexport default model(() => {\n  let h = big;\n  for (let i = 0; i < 40; i++) h = h.add(1);\n  return h.sum();\n});\n`,
    told: ['too-large main.ts:4'],
    budget: { tensorBytes: 400_000 },
  },
  {
    what: 'a top-level await that never settles',
    sources: 'await new Promise(() => {});\n',
    told: ['thrown main.ts:1'],
    message: /never settles/,
  },
  {
    what: 'promises without an end',
    sources: 'const again = (): Promise<void> => Promise.resolve().then(again);\nawait again();\n',
    told: ['timeout main.ts:1'],
  },
  { what: 'an error of the grammar', sources: 'const a = ;\n', told: ['syntax main.ts:1'] },
  {
    what: 'an error of the grammar that only the engine knows',
    sources: `${good}\nconst r = /(?<n>a)(?<n>b)/;\n`,
    told: ['syntax main.ts:1'],
    message: /group name/,
  },
  { what: 'the same name twice', sources: `${good}\nlet a = 1;\nlet a = 2;\n`, told: ['syntax main.ts:6'] },
  {
    what: 'an import of what is not exported',
    sources: { 'main.ts': "import { b } from './a';\nexport const c = b;\n", 'a.ts': 'export const a = 1;\n' },
    told: ['syntax main.ts:1'],
  },
  {
    what: 'a name that the library does not have, with one that is near',
    sources: `import { model, param, softmaxx } from 'retrograd';\nexport default model(() => softmaxx(param(1)));\n`,
    told: ['unknown-import main.ts:1'],
    message: /^retrograd has no 'softmaxx'\. Did you mean 'softmax'\?$/,
    at: 'softmaxx',
  },
  {
    what: "PyTorch's spelling of a function",
    sources: `import { log_softmax, model, param } from 'retrograd';\nexport default model(() => log_softmax(param([1])).sum());\n`,
    told: ['unknown-import main.ts:1'],
    message: /Did you mean 'logSoftmax'\?$/,
    at: 'log_softmax',
  },
  {
    what: "TensorFlow.js' spelling of a function",
    sources: `import { param, variable } from 'retrograd';\nvariable(param(1));\n`,
    told: ['unknown-import main.ts:1'],
    message: /Here it is param\.$/,
  },
  {
    what: 'a method that is misspelt',
    sources: inModel('  const h = (w as any).tahn().mul(2);'),
    told: ['thrown main.ts:4'],
    message: /^TypeError: not a function\. There is no 'tahn'\. Did you mean 'tanh'\?$/,
  },
  {
    what: "PyTorch's method that works in place",
    sources: inModel('  (w as any).relu_();'),
    told: ['thrown main.ts:4'],
    message: /Did you mean 'relu'\? Tensors do not change: it returns a new one\.$/,
  },
  {
    what: 'an optimiser that throws',
    sources: `${head}export default model(() => w.sum(), { optimizer: { name: 'mine', settings: {}, init: () => ({}), update: () => {\n  throw new Error('no update');\n} } as never });\n`,
    told: ['thrown main.ts:4'],
    message: /no update/,
  },
];

describe('a run that fails', function () {
  this.timeout(20_000);
  let sandbox: Sandbox;
  before(() => (sandbox = new Sandbox()));
  after(() => sandbox.dispose());

  async function thenAGoodRun(): Promise<void> {
    const { trace, problems } = await sandbox.run(good);
    assert.deepEqual(problems, []);
    assert.deepEqual(valuesOf(trace!.nodes[trace!.passes[0]!.loss]!), [5]);
  }

  for (const { what, sources, told: expected, message, at, budget } of failures) {
    it(`says so: ${what}`, async () => {
      const started = performance.now();
      const limits = { ...impatient, ...budget };
      const result: RunResult = await sandbox.run(sources, limits);
      const took = performance.now() - started;
      assert.deepEqual(told(result), expected, result.problems.map((problem) => problem.message).join('\n'));
      // Much later, and it would not be the deadline that ended it. A busy machine takes its own time.
      assert.ok(took < limits.hardDeadline + 10_000, `${took} ms`);
      const [problem] = result.problems;
      if (message) assert.match(problem!.message, message);
      if (at !== undefined) assert.equal(textAt(result, problem!), at);
      await thenAGoodRun();
    });
  }

  it('keeps the passes that were good', async () => {
    const result = await sandbox.run(`${good}export const second = model(() => {\n  throw new Error('second');\n});\n`);
    assert.deepEqual(
      result.trace?.passes.map(({ name }) => name),
      ['default'],
    );
    assert.deepEqual(told(result), ['thrown main.ts:5']);
    assert.deepEqual(result.trace?.problems, result.problems);
  });

  it('refuses symbolic links that lead out of the folder', async () => {
    const [root, outside] = [
      sandbox.folder({ 'main.ts': "import { secret } from './linked';\nexport const s = secret;\n" }),
      sandbox.folder(''),
    ];
    writeFileSync(join(outside, 'secret.ts'), 'export const secret = 1;\n');
    symlinkSync(join(outside, 'secret.ts'), join(root, 'linked.ts'));
    const result = await sandbox.run('', impatient, root);
    assert.deepEqual(told(result), ['refused-import main.ts:1']);
  });

  it('cuts a flood of the console off', async () => {
    const result = await sandbox.run(
      `${good}for (let i = 0; i < 1200; i++) console.log('line', i, 'x'.repeat(10000));\n`,
    );
    assert.equal(result.trace?.log.length, impatient.logLines);
    assert.ok(result.trace.log.every(({ text }) => text.length <= 2000));
    assert.deepEqual(result.problems, []);
  });
});
