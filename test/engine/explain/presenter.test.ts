import assert from 'node:assert/strict';
import type { ModulePath, NodeId } from '../../../engine/base/brand.ts';
import type { Offset } from '../../../engine/base/span.ts';
import { Presenter } from '../../../engine/explain/presenter.ts';
import { typeset } from '../../../engine/explain/names.ts';
import { formatExact, formatNumber, formatShort } from '../../../engine/explain/numbers.ts';
import { TextRunner, file } from './run-text.ts';

const chain = (w = '0.8', u = 'X.mul(w1).add(b1)'): string => `import { input, model, param } from 'retrograd';
const w1 = param(${w});
const b1 = param(-0.2);
export const chain = model(() => {
  const X = input(1.5);
  const u1 = ${u};
  const Yj = u1.tanh();
  const E = Yj.sub(1).square().mul(0.5);
  return E;
});
export const other = model(() => w1.square());
`;

describe('presenter', () => {
  const runner = new TextRunner();
  after(() => runner.dispose());

  const shown = async (text: string): Promise<Presenter> => {
    const presenter = new Presenter();
    presenter.begin(file);
    presenter.finish(await runner.run(text));
    return presenter;
  };
  const nodeNames = (presenter: Presenter): string[] => presenter.snapshot().graph!.nodes.map(({ name }) => name);

  it('shows the first model in named granularity, and says so', async () => {
    const { status, graph, problems } = (await shown(chain())).snapshot();
    assert.deepEqual([status.kind, graph!.model, graph!.models, problems], ['live', 'chain', ['chain', 'other'], []]);
    assert.deepEqual(
      graph!.nodes.map(({ name, op, kind }) => `${name}: ${op} (${kind})`),
      [
        'w₁: parameter (parameter)',
        'b₁: parameter (parameter)',
        'X: input (input)',
        'u₁: mul, add (op)',
        'Yⱼ: tanh (op)',
        'E: sub, square, mul (loss)',
      ],
    );
  });

  it('tells what is sick in the shown model, worked out once, and nothing where health is switched off', async () => {
    const text = `import { model, param } from 'retrograd';
const w = param([1, 2]);
const unused = param(1);
export const first = model(() => w.mul(1e-9).sum().add(w.square().sum()));
export const second = model(() => {
  const z = w.sub(100);
  return z.relu().sum();
});
`;
    const presenter = await shown(text);
    const told = (): string[] | undefined =>
      presenter.snapshot().findings?.map(({ rule, place, nodes }) => `${rule} line ${place?.line}: ${nodes.length}`);
    presenter.choose('second', 'named', []);
    // By hand: 1 − 100 and 2 − 100 are below 0. What no model uses is told of the first.
    assert.deepEqual(told(), ['dead-relu line 7: 1']);
    assert.equal(presenter.snapshot().findings, presenter.snapshot().findings);
    presenter.choose('first', 'named', []);
    assert.deepEqual(told(), ['unused-parameter line 3: 0']);
    presenter.examineWith({ off: new Set(['unused-parameter']) });
    assert.deepEqual(told(), []);
    presenter.examineWith(null);
    assert.equal(told(), undefined);
  });

  it('keeps the last good graph while a run is under way and after one that failed', async () => {
    const presenter = await shown(chain());
    const before = presenter.snapshot().graph;
    presenter.begin(file);
    assert.equal(presenter.snapshot().status.kind, 'running');
    assert.equal(presenter.snapshot().graph, before);
    presenter.finish(await runner.run(chain('0.8', 'X.mul(w1).add([1, 2, 3]).add([1, 2])')));
    const { status, graph, problems } = presenter.snapshot();
    assert.equal(status.kind, 'stale');
    assert.equal(graph, before);
    assert.deepEqual(
      problems.map(({ code, line }) => [code, line]),
      [['shape', 6]],
    );
    presenter.finish(await runner.run(chain()));
    assert.deepEqual([presenter.snapshot().status.kind, presenter.snapshot().problems], ['live', []]);
  });

  it('fails without a graph when there never was one, and forgets that of another file', async () => {
    const failed = await shown('import { model } from "retrograd";\nconst = ;\n');
    assert.deepEqual([failed.snapshot().status.kind, failed.snapshot().graph], ['failed', null]);
    const presenter = await shown(chain());
    presenter.begin('another.ts' as ModulePath);
    assert.equal(presenter.snapshot().graph, null);
  });

  it('has the same structure as long as only values change', async () => {
    const structure = async (text: string): Promise<string> => (await shown(text)).snapshot().graph!.structure;
    const before = await structure(chain());
    assert.equal(await structure(chain('-123456')), before);
    assert.notEqual(await structure(chain('0.8', 'X.mul(w1).sub(b1)')), before);
  });

  it('opens a fold into its ops, shows all ops, and another model', async () => {
    const presenter = await shown(chain());
    const u1 = presenter.findNode('u1')!;
    presenter.choose('chain', 'named', [u1]);
    assert.ok(nodeNames(presenter).some((name) => name.startsWith('mul#')));
    presenter.choose('chain', 'op', []);
    assert.equal(presenter.snapshot().graph!.granularity, 'op');
    assert.ok(nodeNames(presenter).includes('0.5'));
    presenter.choose('other', 'named', []);
    assert.deepEqual(nodeNames(presenter), ['w₁', 'L']);
  });

  it('finds nodes by name, by place and by offset', async () => {
    const text = chain();
    const presenter = await shown(text);
    const name = (node: NodeId | null): string | null => (node === null ? null : presenter.view!.names.written(node));
    assert.equal(name(presenter.findNode('Yj')), 'Yj');
    assert.equal(name(presenter.findNode('6:9')), 'u1');
    assert.equal(presenter.findNode('nothing'), null);
    assert.equal(name(presenter.nodeAt(file, text.indexOf('Yj =') as Offset)), 'Yj');
    assert.equal(name(presenter.nodeAt(file, text.indexOf('param(0.8)') as Offset)), 'w1');
    assert.equal(presenter.nodeAt(file, 0 as Offset), null);
    assert.equal(presenter.sourceOf(presenter.findNode('u1')!)!.line, 6);
  });

  it('puts a value and a gradient behind each line that names something', async () => {
    const text = chain();
    const hints = (await shown(text))
      .inlays()
      .map(({ span, value, gradient }) => [text.slice(span.start, span.end), value, gradient]);
    // u₁ = 1, Yⱼ = tanh 1, E = ½(Yⱼ − 1)²; ∂E/∂Yⱼ = Yⱼ − 1 = −0.2384, ∂E/∂u₁ = −0.2384·(1 − Yⱼ²) = −0.1001, ∂E/∂w₁ = 1.5 times that.
    assert.deepEqual(hints, [
      ['param(0.8)', null, '∂E −0.1502'],
      ['param(-0.2)', null, '∂E −0.1001'],
      ['X.mul(w1).add(b1)', '1.0000', '∂E −0.1001'],
      ['u1.tanh()', '0.7616', '∂E −0.2384'],
      ['Yj.sub(1).square().mul(0.5)', '0.02842', null],
    ]);
  });

  it('shows names of the user as text, whatever is in them', async () => {
    const hostile = '**x** <img src=x onerror=y> [a](command:b) | `c` ![](d)';
    const presenter = await shown(
      `import { model, param, watch } from 'retrograd';\nconst w = param(2);\nexport const m = model(() => watch(w.mul(3), ${JSON.stringify(hostile)}).square());\n`,
    );
    const { markdown } = presenter.hover(presenter.findNode('w')!)!;
    assert.doesNotMatch(markdown.replace(/^\*\*|\*\*$/gm, ''), /<|\[a\]|`|\*\*x/);
    for (const line of markdown.split('\n').filter((one) => one.startsWith('| ∂')))
      assert.equal(line.match(/(?<!&#\d*)\|/g)!.length, 6);
  });

  it('says why there is no gradient', async () => {
    const presenter = await shown(`import { model, param, input, noGrad } from 'retrograd';
const w = param(2);
const unused = param(1);
export const m = model(() => {
  const X = input(3);
  const cut = w.mul(2).detach();
  const quiet = noGrad(() => w.mul(5));
  const flag = w.greater(0);
  const aside = unused.mul(2);
  void aside;
  const loss = w.mul(X).add(cut).add(quiet).add(flag);
  return loss;
});
`);
    const nodes = presenter.snapshot().graph!.nodes;
    const why = (name: string): string =>
      nodes.find(({ sourceName }) => sourceName === name)!.noGradient ?? 'it has one';
    assert.match(why('X'), /input/);
    assert.match(why('cut'), /detach/);
    assert.match(why('quiet'), /noGrad/);
    assert.match(why('flag'), /bool/);
    assert.match(why('aside'), /does not lead to/);
    assert.equal(why('w'), 'it has one');
  });
});

describe('words', () => {
  const names: Readonly<Record<string, string>> = {
    w1: 'w₁',
    w12: 'w₁₂',
    Yj: 'Yⱼ',
    alpha: 'α',
    'h[2]': 'h[2]',
    layer: 'layer',
    W_h: 'W_h',
    a2_1: 'a²₁',
    w12_34: 'w¹²₃₄',
    'eta1_2[0]': 'η¹₂[0]',
    conv1_a: 'conv1_a',
    h_t: 'hₜ',
    index: 'index',
    x: 'x',
    ab: 'ab',
  };
  for (const [written, set] of Object.entries(names))
    it(`${written} is set ${set}`, () => assert.equal(typeset(written), set));

  const numbers: readonly [number, string, string][] = [
    [1, '1.0000', '1'],
    [-0.53775, '−0.5377', '−0.538'],
    [0, '0.0000', '0'],
    [1e-30, '1.000e−30', '1.00e−30'],
    [123456, '1.235e5', '1.23e5'],
    // The float32 next to 0.01 and 0.1: they read as what they are written as, without a place more.
    [Math.fround(0.01), '0.01000', '0.01'],
    [0.0999999999, '0.1000', '0.1'],
    [9999.99999, '1.000e4', '10000'],
    [0.00099999999, '0.001000', '0.001'],
    [NaN, 'NaN', 'NaN'],
    [-Infinity, '−∞', '−∞'],
  ];
  for (const [x, long, short] of numbers)
    it(`${x} is written ${long}, and ${short} in a formula`, () =>
      assert.deepEqual([formatNumber(x), formatShort(x)], [long, short]));

  const written: readonly [number, string][] = [
    [0.05, '0.05'],
    [Math.fround(0.05), '0.05'],
    [Math.fround(-1e-8), '−1e−8'],
    [Math.fround(16777216), '16777216'],
    [1 / 3, '0.3333333333333333'],
    [Infinity, '∞'],
  ];
  for (const [x, text] of written) it(`${x} was written ${text}`, () => assert.equal(formatExact(x), text));
});
