import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import temml from 'temml';
import { PassView } from '../../../engine/explain/pass-view.ts';
import { buildGradientFunction } from '../../../engine/explain/gradient-function/build.ts';
import type { GradientFunctionView } from '../../../engine/explain/gradient-function/view.ts';
import { BackwardGraph } from '../../../engine/replay/backward-graph.ts';
import { gradientFunction } from '../../../engine/replay/gradient-function.ts';
import { Recording } from '../../../engine/replay/recording.ts';
import type { Trace } from '../../../engine/trace/format.ts';
import { complaintsAbout } from '../expression/check-types.ts';
import { runProgram } from '../expression/run-program.ts';
import { TextRunner } from './run-text.ts';

const examples = new URL('../../../examples/', import.meta.url);
const example = (name: string): string => readFileSync(new URL(name, examples), 'utf8');

/** What only the gradients of tensors need: transposes of convolutions, of pools, of choosing, of running sums and products. */
const networks: Readonly<Record<string, string>> = {
  'a convolution with a pool': `import { model, param, input, randn } from 'retrograd';
const x = input(randn([2, 2, 6, 6], { seed: 1 }));
const filters = param(randn([3, 2, 3, 3], { seed: 2 }));
const more = param(randn([2, 3, 2, 2], { seed: 3 }));
export const m = model(() => {
  const h = x.conv2d(filters, null, { padding: 1 }).tanh().maxPool2d(2, { stride: 1 });
  return h.conv2d(more, null, { stride: 2 }).avgPool2d(2, { stride: 1 }).square().mean();
});`,
  'attention with a norm': `import { model, param, input, randn } from 'retrograd';
const x = input(randn([4, 6], { seed: 1 }));
const Q = param(randn([6, 6], { seed: 2 }));
const K = param(randn([6, 6], { seed: 3 }));
const g = param(randn([6], { seed: 4 }));
export const m = model(() => {
  const weights = x.matmul(Q).matmul(x.matmul(K).transpose()).mul(0.3).softmax(-1);
  const h = weights.matmul(x).add(x);
  const centred = h.sub(h.mean(-1, true)).div(h.variance(-1, { unbiased: false, keepdim: true }).add(1e-5).sqrt());
  return centred.mul(g).logsumexp(-1).sum();
});`,
  'an embedding, read step by step': `import { model, param, randn, tensor, cat, crossEntropy } from 'retrograd';
const table = param(randn([5, 3], { seed: 1 }));
const U = param(randn([6, 3], { seed: 2 }));
const b = param(randn([3], { seed: 3 }));
const V = param(randn([3, 4], { seed: 4 }));
export const m = model(() => {
  const words = table.embedding(tensor([[1, 4], [1, 0]], { dtype: 'int32' }));
  let h = words.slice(1, 0, 1).reshape([2, 3]);
  for (let i = 0; i < 2; i++) h = cat([h, words.select(1, i)], 1).matmul(U).add(b).tanh();
  return crossEntropy(h.matmul(V), tensor([2, 0], { dtype: 'int32' }));
});`,
  'running sums, products and choices': `import { model, param, randn, tensor, where } from 'retrograd';
const w = param(randn([3, 4], { seed: 1 }));
const v = param(randn([4], { seed: 2 }));
export const m = model(() => {
  const s = w.cumsum(1).mul(v).cumprod(0);
  const best = s.max(1).add(w.norm({ dim: 1 })).add(w.std(1));
  const some = w.gather(1, tensor([[0, 2], [1, 1], [3, 0]], { dtype: 'int32' })).prod(1);
  const turned = w.permute([1, 0]).flip(0).pad([1, 0], 0.5).roll(1, 0).tril().sum(0).slice(0, 1, 4);
  return best.mul(some).mul(turned).add(where(v.greater(0), v, v.square()).mean()).sum();
});`,
  'a system of equations': `import { model, param, randn, eye } from 'retrograd';
const A = param(randn([3, 3], { seed: 1 }));
const y = param(randn([3, 2], { seed: 2 }));
export const m = model(() => {
  const B = A.matmul(A.transpose()).add(eye(3));
  return B.inverse().matmul(y).square().sum().add(B.det().log()).add(B.trace()).add(B.triu().solveTriangular(y).mean()).add(B.diag().sum());
});`,
};

describe('a gradient as a function', function () {
  this.timeout(120_000);
  let runner: TextRunner;
  before(() => (runner = new TextRunner()));
  after(() => runner.dispose());

  const of = async (text: string, node: string, model?: string): Promise<GradientFunctionView> => {
    const trace = await runner.trace(text);
    const view = viewOf(trace, model);
    return buildGradientFunction(view, view.names.find(node)!);
  };

  /** L = (a − y)², a = σ(z), z = w·x + b: ∂L/∂w = 2(a − y)·σ′(z)·x. */
  it('of one neuron is what one writes by hand', async () => {
    const { texts, title, refusal } = await of(example('neuron.ts'), 'w');
    assert.equal(title, '∂L/∂w');
    assert.equal(refusal, null);
    assert.equal(
      texts!.latex,
      String.raw`\begin{aligned}
\frac{\partial L}{\partial w} &= 2 \cdot (a - y) \cdot a \cdot (1 - a) \cdot x \\
z &= w \cdot x + b \\
a &= \sigma(z)
\end{aligned}
`,
    );
    // z = 0.6·2 − 0.4 = 0.8, a = σ(0.8) = 0.68997, 2·(a − 1)·a·(1 − a)·2 = −0.26529.
    assert.equal(
      texts!.markdown,
      `**∂L/∂w of neuron**

$$
${texts!.latex.trim()}
$$

With w = 0.6000, b = −0.4000, x = 2.0000, y = 1.0000: ∂L/∂w = −0.2653.
`,
    );
    assert.equal(
      texts!.typescript,
      `import { sub, type Tensor } from 'retrograd';

/**
 * ∂L/∂w of neuron; −0.2653 in the run that it was copied from.
 * Arguments: w [] float32, b [] float32, x [] float32, y [] float32.
 */
export function dL_dw(w: Tensor, b: Tensor, x: Tensor, y: Tensor): Tensor {
  const z = w.mul(x).add(b);
  const a = z.sigmoid();
  return a.sub(y).mul(2).mul(a).mul(sub(1, a)).mul(x);
}
`,
    );
  });

  const byHand: readonly (readonly [file: string, node: string, lines: readonly string[]])[] = [
    // z = u·v, u = x·y, v = x + y²: ∂z/∂x = v·y + u, ∂z/∂y = v·x + u·2y.
    ['two-paths.ts', 'x', ['u + v \\cdot y', 'u = x \\cdot y', 'v = x + y^{2}']],
    // y = m·x + c.
    ['line.ts', 'm', ['x']],
    ['line.ts', 'c', ['1']],
    ['line.ts', 'y', ['1']],
    // E = ½(Y − T)²: five factors, of which ∂u₁/∂w₁ = X.
    [
      'two-layer-chain.ts',
      'w1',
      [
        '(Y - T) \\cdot Y \\cdot (1 - Y) \\cdot w_{2} \\cdot (1 - Y_{j}^{2}) \\cdot X',
        'u_{1} = X \\cdot w_{1} + b_{1}',
        'Y_{j} = \\tanh(u_{1})',
        'u_{2} = Y_{j} \\cdot w_{2} + b_{2}',
        'Y = \\sigma(u_{2})',
      ],
    ],
  ];
  for (const [file, node, expected] of byHand) {
    it(`of ${node} in ${file} is ${expected[0]!}`, async () => {
      const { lines } = await of(example(file), node);
      const [result, ...definitions] = lines!;
      assert.deepEqual([result!.right, ...definitions.map(({ left, right }) => `${left} = ${right}`)], expected);
    });
  }

  describe('copied as TypeScript', () => {
    const files = readdirSync(examples).filter((name) => name.endsWith('.ts'));
    for (const [dtype, bound] of [
      // 2⁻²⁴ for each rounding, and some hundred of them on the way through thirty layers.
      ['float32', 1e-4],
      ['float64', 1e-12],
    ] as const) {
      for (const file of files) {
        it(`gives the same gradient in ${dtype}: ${file}`, async () => {
          const trace = await runner.example(file, dtype === 'float32' ? undefined : inDouble(example(file)));
          for (const pass of trace.passes) await checkAll(viewOf(trace, pass.name), bound);
        });
      }
    }

    for (const [what, text] of Object.entries(networks)) {
      it(`gives the same gradient of ${what}`, async () => {
        const trace = await runner.trace(inDouble(text));
        const view = viewOf(trace);
        for (const id of parameters(view)) assert.equal(buildGradientFunction(view, id).refusal, null);
        await checkAll(view, 1e-11);
        const { texts } = buildGradientFunction(view, parameters(view)[0]!);
        assert.deepEqual(complaintsAbout([texts!.typescript]), []);
      });
    }

    it('passes the strictest type check', async () => {
      const programs: string[] = [];
      for (const file of files) {
        const trace = await runner.example(file);
        for (const pass of trace.passes) {
          const view = viewOf(trace, pass.name);
          for (const id of parameters(view)) {
            const { texts } = buildGradientFunction(view, id);
            if (texts) programs.push(texts.typescript);
          }
        }
      }
      assert.ok(programs.length > 20);
      assert.equal(
        complaintsAbout(["import { sub } from 'retrograd';\nexport const x: number = sub(1, 2);"]).length,
        1,
      );
      assert.deepEqual(complaintsAbout(programs), []);
    });

    it('gives the gradient of any graph of numbers', async () => {
      await fc.assert(
        fc.asyncProperty(graphs, async (lines) => {
          const text = inDouble(`import { model, param, input, sub, div, where } from 'retrograd';
const x0 = param(0.7); const x1 = param(-0.4); const x2 = input(1.3);
export const m = model(() => {
${lines.join('\n')}
return x${lines.length + 2}.add(x0.mul(x1));
});
`);
          const trace = await runner.trace(text);
          const view = viewOf(trace);
          await checkAll(view, 1e-12);
          const backward = new BackwardGraph(new Recording(view.graph), view.pass.loss);
          for (const [id, op] of backward.gradients)
            assert.deepEqual(backward.value(op).data, view.pass.gradients.get(id)!.data);
        }),
        { seed: 11, numRuns: 40 },
      );
    });
  });

  it('is refused where there is no gradient, with the reason', async () => {
    const { refusal, texts } = await of(example('neuron.ts'), 'x');
    assert.match(refusal!, /^No gradient: an input.* requires no gradient\.$/);
    assert.equal(texts, null);
  });

  it('is refused where nobody could read it, and says where it can be read', async () => {
    const long = `import { model, param } from 'retrograd';
const w = param(0.5);
export const m = model(() => { let x = w; for (let i = 0; i < 300; i++) x = x.sin(); return x; });`;
    const trace = await runner.trace(long);
    const view = viewOf(trace);
    const { refusal } = buildGradientFunction(view, view.names.find('w')!);
    assert.match(refusal!, /takes 301 operations or more; as one formula it is written up to 200\./);
  });

  it('takes names as texts, whatever is in them', async () => {
    const names = [
      '*/ evil(); /*',
      '\\end{aligned}',
      '$$</math><img>',
      'a}b{c',
      'class',
      'x%\ny',
      '',
      '`#`',
      'sub',
      'sub ',
    ];
    const text = `import { model, param, watch } from 'retrograd';
const names = ${JSON.stringify(names)};
export const m = model(() => {
  let total = watch(param(0.5), 'start');
  for (const name of names) total = watch(total.mul(watch(param(0.25), name)).sigmoid().square(), name + '.');
  return total;
});`;
    const trace = await runner.trace(text);
    const view = viewOf(trace);
    await checkAll(view, 2e-5);
    const { texts, lines } = buildGradientFunction(view, parameters(view)[0]!);
    assert.deepEqual(complaintsAbout([texts!.typescript]), []);
    for (const { left, right } of lines!) render(`${left} = ${right}`);
    // One comment, closed where it should be; one formula, likewise.
    assert.equal(texts!.typescript.split('*/').length, 2);
    assert.equal(texts!.latex.split('\\end{aligned}').length, 2);
    assert.equal(texts!.markdown.split('$$').length, 3);
    assert.ok(!texts!.markdown.includes('<'));
  });

  /** Every parameter's gradient, computed by the copied text from the leaves of the run. */
  async function checkAll(view: PassView, bound: number): Promise<void> {
    for (const id of parameters(view)) {
      const gradient = gradientFunction(view.graph, id);
      const { texts, lines, refusal } = buildGradientFunction(view, id);
      const wanted = view.pass.gradients.get(id)?.data;
      if ('kind' in gradient) {
        assert.ok(refusal!.length > 10);
        continue;
      }
      for (const { left, right } of lines!) render(`${left} = ${right}`);
      const blocks = gradient.leaves.map((leaf) => {
        const { shape, dtype, value } = view.graph.node(leaf);
        return { data: value.data!, shape, dtype };
      });
      const name = /export function (\S+?)\(/.exec(texts!.typescript)![1]!;
      const got = await runProgram(texts!.typescript, name, blocks);
      assert.deepEqual(got.shape, view.graph.node(id).shape, texts!.typescript);
      if (!wanted) continue;
      const scale = Math.max(...[...wanted].map(Math.abs));
      const worst = Math.max(...[...wanted].map((x, i) => Math.abs(x - got.data[i]!)));
      assert.ok(worst <= bound * scale, `off by ${worst}: ${texts!.typescript}`);
    }
  }
});

const parameters = ({ graph }: PassView) => graph.nodes.filter((id) => graph.node(id).kind === 'parameter');

const viewOf = (trace: Trace, model?: string): PassView =>
  new PassView(trace, trace.passes.find(({ name }) => name === model) ?? trace.passes[0]!, 'named');

const inDouble = (text: string): string =>
  `import { setDefaultDtype as toDouble } from 'retrograd';\ntoDouble('float64');\n${text}`;

/** Throws where the formula is not well formed. */
const render = (formula: string): string => temml.renderToString(formula, { throwOnError: true, displayMode: true });

/** Lines of a model over x0, x1, x2: each takes earlier values, some of them more than once. */
const graphs = fc
  .array(
    fc.record({
      op: fc.constantFrom(
        ...['$a.add($b)', '$a.sub($b)', '$a.mul($b)', '$a.div($b.square().add(1))', '$a.tanh()', '$a.sigmoid()'],
        ...['$a.sin()', '$a.square()', 'sub(1, $a)', '$a.mul(0.3).exp()', '$a.relu()', '$a.abs().add(1).log()'],
        ...[
          '$a.maximum($b)',
          '$a.pow(3)',
          '$a.softplus()',
          'where($a.greater($b), $a, $b.mul(0.5))',
          'div(2, $a.square().add(1))',
        ],
        ...[
          '$a.leakyRelu(0.1)',
          '$a.gelu()',
          '$a.atan2($b.square().add(1))',
          '$a.hypot($b)',
          '$a.neg()',
          '$a.clamp(-0.5, 0.9)',
        ],
      ),
      a: fc.nat(),
      b: fc.nat(),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .map((ops) =>
    ops.map(
      ({ op, a, b }, i) =>
        `const x${i + 3} = ${op.replaceAll('$a', `x${a % (i + 3)}`).replaceAll('$b', `x${b % (i + 3)}`)};`,
    ),
  );
