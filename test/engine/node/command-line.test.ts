import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TraceDocument } from '../../../engine/explain/json.ts';
import { retrograd, root } from '../../examples/command-line.ts';

describe('command line', () => {
  let folder: string;
  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'retrograd-cli-')));
    mkdirSync(join(folder, 'lib'));
    const files: Record<string, string | Buffer> = {
      'package.json': '{}',
      'good.ts':
        "import { model, param } from 'retrograd';\nconst w = param(2);\nexport const m = model(() => w.square());\n",
      'shape.ts':
        "import { model, param, zeros } from 'retrograd';\nconst w = param([1, 2]);\nexport const m = model(() => {\n  return w.add(zeros([3])).sum();\n});\n",
      'loop.ts':
        "import { model, param } from 'retrograd';\nexport const m = model(() => {\n  while (true) param(1);\n});\n",
      'infinite.ts':
        "import { model, param } from 'retrograd';\nconst w = param(0);\nexport const m = model(() => w.sub(1).log().add(w.sqrt()));\n",
      'large.ts':
        "import { model, param, ones } from 'retrograd';\nconst w = param(ones([5000]));\nexport const m = model(() => w.sum());\n",
      'helpers.ts': 'export function twice<T extends { add(other: T): T }>(x: T): T {\n  return x.add(x);\n}\n',
      'multi.ts':
        "import { model, param } from 'retrograd';\nimport { twice } from './helpers.js';\nimport rows from './rows.json' with { type: 'json' };\nconst w = param(rows as number[]);\nexport const m = model(() => twice(w).sum());\n",
      'rows.json': '[1, 2, 3]',
      'binary.ts': Buffer.from([0, 255, 254, 1, 2, 3]),
      'empty.ts': '',
      'bare.ts':
        "import fs from 'node:fs';\nimport { model, param } from 'retrograd';\nexport const m = model(() => param(fs as never));\n",
      'outside.ts': "import { x } from '../../etc/passwd';\nimport { y } from './linked.ts';\nconsole.log(x, y);\n",
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    symlinkSync('/etc/hostname', join(folder, 'linked.ts'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const cases: readonly [what: string, args: readonly string[], code: number, err: RegExp][] = [
    ['a good file', ['trace', 'good.ts'], 0, /^$/],
    ['several files and data', ['trace', 'multi.ts'], 0, /^$/],
    [
      'a shape that does not fit',
      ['trace', 'shape.ts'],
      1,
      /^shape\.ts:4:10: add: shapes \[2\] and \[3\] do not broadcast/,
    ],
    ['a loop without an end', ['trace', 'loop.ts'], 3, /^loop\.ts:3:\d+: /],
    ['a bare module', ['trace', 'bare.ts'], 1, /^bare\.ts:1:16: Cannot import 'node:fs'/],
    [
      'ways out of the folder',
      ['trace', 'outside.ts'],
      1,
      /outside\.ts:1:19: .*\noutside\.ts:2:19: .*leads out of the workspace folder/,
    ],
    ['a file that is no text', ['trace', 'binary.ts'], 1, /^binary\.ts:1:\d+: /],
    ['an empty file', ['trace', 'empty.ts'], 0, /^empty\.ts:1:1: Nothing to show/],
    ['no file', ['trace', 'nothing.ts'], 2, /There is no file nothing\.ts/],
    ['a folder', ['trace', 'lib'], 2, /lib is not a file/],
    ['no argument', ['trace'], 2, /missing required argument/],
    ['an unknown command', ['trance', 'good.ts'], 2, /unknown command 'trance'/],
    ['an unknown option', ['trace', 'good.ts', '--jsn'], 2, /unknown option '--jsn'/],
    ['an unknown model', ['trace', 'good.ts', '--model', 'n'], 2, /There is no model 'n'; there is m/],
    ['an unknown node', ['explain', 'good.ts', 'W'], 2, /m has no node 'W'\. Did you mean 'w'\?/],
    ['an unknown granularity', ['explain', 'good.ts', 'w', '--granularity', 'fine'], 2, /fine/],
    ['a node by name', ['explain', 'good.ts', 'w'], 0, /^$/],
    ['a node by place', ['explain', 'good.ts', '2:7'], 0, /^$/],
    ['a formula', ['explain', 'good.ts', 'w', '--format', 'markdown'], 0, /^$/],
    [
      'a formula in an unknown language',
      ['explain', 'good.ts', 'w', '--format', 'html'],
      2,
      /latex, markdown, typescript/,
    ],
    ['a formula as JSON', ['explain', 'good.ts', 'w', '--format', 'latex', '--json'], 2, /cannot be used with/],
    ['the version', ['--version'], 0, /^$/],
    ['help', ['--help'], 0, /^$/],
  ];
  for (const [what, args, code, err] of cases) {
    it(`${what}: ends with ${code}`, () => {
      const outcome = retrograd(args, folder);
      assert.equal(outcome.code, code, outcome.err);
      assert.match(outcome.err, err);
    }).timeout(20_000);
  }

  const json = (file: string): TraceDocument =>
    JSON.parse(retrograd(['trace', file, '--json'], folder).out) as TraceDocument;

  it('prints a gradient as a formula and nothing else', () => {
    const format = (name: string): string => retrograd(['explain', 'good.ts', 'w', '--format', name], folder).out;
    assert.equal(format('latex'), '\\begin{aligned}\n\\frac{\\partial L}{\\partial w} &= 2 \\cdot w\n\\end{aligned}\n');
    assert.match(
      format('typescript'),
      /^import .*\n\n\/\*\*[\s\S]*\nexport function dL_dw\(w: Tensor\): Tensor \{\n {2}return w\.mul\(2\);\n\}\n$/,
    );
  }).timeout(20_000);

  it('prints JSON with every field of a node', () => {
    const { models, problems } = json('good.ts');
    assert.deepEqual(problems, []);
    const [model] = models;
    assert.equal(model!.name, 'm');
    assert.equal(model!.loss, model!.nodes.at(-1)!.id);
    assert.deepEqual(model!.nodes, [
      {
        id: 0,
        name: 'w',
        op: 'parameter',
        inputs: [],
        kind: 'parameter',
        shape: [],
        dtype: 'float32',
        value: [2],
        gradient: [4],
        line: 2,
        column: 11,
        endLine: 2,
        endColumn: 19,
        scope: [],
      },
      {
        id: 1,
        name: null,
        op: 'square',
        inputs: [0],
        kind: 'op',
        shape: [],
        dtype: 'float32',
        value: [4],
        gradient: [1],
        line: 3,
        column: 30,
        endLine: 3,
        endColumn: 40,
        scope: [],
      },
    ]);
  });

  it('writes NaN and infinities as texts, and leaves large contents out', () => {
    const values = json('infinite.ts').models[0]!.nodes.flatMap(({ value }) => Array.from<unknown>(value));
    assert.ok(values.includes('NaN'));
    const gradients = json('infinite.ts').models[0]!.nodes.flatMap(({ gradient }) =>
      Array.from<unknown>(gradient ?? []),
    );
    assert.ok(gradients.includes('Infinity'));
    const [w] = json('large.ts').models[0]!.nodes.filter(({ name }) => name === 'w');
    assert.equal(w!.value, 'omitted over 4096 elements');
  });

  it('prints problems as JSON too, and keeps stdout pure', () => {
    const { out, code } = retrograd(['trace', 'shape.ts', '--json'], folder);
    assert.equal(code, 1);
    const [problem] = (JSON.parse(out) as TraceDocument).problems;
    assert.deepEqual(
      { ...problem, message: '' },
      { file: 'shape.ts', line: 4, column: 10, message: '', code: 'shape' },
    );
  });

  it('explains as JSON why there is nothing to explain', () => {
    for (const [file, code, expected] of [
      ['shape.ts', 1, { file: 'shape.ts', line: 4, column: 10, message: '', code: 'shape' }],
      ['empty.ts', 0, { file: 'empty.ts', line: 1, column: 1, message: '', code: 'no-model' }],
    ] as const) {
      const outcome = retrograd(['explain', file, 'w', '--json'], folder);
      assert.equal(outcome.code, code);
      const { problems, ...rest } = JSON.parse(outcome.out) as { problems: TraceDocument['problems'] };
      assert.deepEqual(rest, {});
      assert.deepEqual(
        problems.map((problem) => ({ ...problem, message: '' })),
        [expected],
      );
      assert.match(outcome.err, new RegExp(`^${file}:`));
    }
  }).timeout(20_000);

  it('does what the README says', () => {
    const commands = readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^npx retrograd (.*)$/gm);
    const lines = [...commands].map(([, args]) => args!);
    assert.ok(lines.length > 3);
    for (const line of lines) {
      const { code, out, err } = retrograd(line.split(' '));
      assert.equal(code, 0, `${line}: ${err}`);
      assert.ok(out.length > 0, line);
    }
  }).timeout(60_000);
});
