import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PassGraph } from '../../../engine/analysis/pass-graph.ts';
import type { NodeId } from '../../../engine/base/brand.ts';
import { GradientCheck, type NodeCheck } from '../../../engine/replay/check.ts';
import { sampleOf, signs } from '../../../engine/replay/check-sample.ts';
import type { Trace } from '../../../engine/trace/format.ts';
import { TextRunner } from '../explain/run-text.ts';

const options = { elements: 64, seed: 1 };

function check(trace: Trace, name: string): NodeCheck {
  const node = trace.nodes.find((one) => one.name === name)!.id;
  return checkNode(trace, node);
}

function checkNode(trace: Trace, node: NodeId): NodeCheck {
  const steps = new GradientCheck(new PassGraph(trace, trace.passes[0]!), options).node(node);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same trace with another number in one recorded gradient. */
function altered(trace: Trace, name: string, element: number, to: (before: number) => number): Trace {
  const pass = trace.passes[0]!;
  const node = trace.nodes.find((one) => one.name === name)!.id;
  const before = pass.gradients.get(node)!;
  const data = Float32Array.from(before.data!);
  data[element] = to(data[element]!);
  const gradients = new Map(pass.gradients).set(node, { ...before, data });
  return { ...trace, passes: [{ ...pass, gradients }] };
}

const verdicts = ({ elements }: NodeCheck): string[] => elements.map(({ verdict }) => verdict);

describe('a gradient and its differences', function () {
  this.timeout(30_000);
  let runner: TextRunner;
  before(() => (runner = new TextRunner()));
  after(() => runner.dispose());

  const head = `import { abs, clamp, input, maximum, model, noGrad, param, randn, relu, sign, sqrt, tensor, where } from 'retrograd';\n`;
  const traced = (declarations: string, loss: string): Promise<Trace> =>
    runner.trace(`${head}${declarations}\nexport const m = model(() => ${loss});\n`);

  it('agree, to the digits that float32 has', async () => {
    // L = Σ w², ∂L/∂wᵢ = 2wᵢ: 1, −3, 4.
    const found = check(await traced('const w = param([0.5, -1.5, 2]);', 'w.square().sum()'), 'w');
    assert.deepEqual(verdicts(found), ['agrees', 'agrees', 'agrees']);
    [1, -3, 4].forEach((slope, i) => {
      assert.equal(found.elements[i]!.analytic, slope);
      // A central difference of a square is exact but for rounding: 2⁻⁵² · 6.5 / 1e-6 ≈ 1.4e-9.
      assert.ok(Math.abs(found.elements[i]!.numeric - slope) < 1e-8);
    });
  });

  describe('are told apart where a recorded number was altered', () => {
    const program = ['const w = param([0.5, -1.5, 2]);', 'w.square().sum()'] as const;
    const cases: readonly (readonly [what: string, element: number, to: (x: number) => number, differs: boolean])[] = [
      ['another sign', 1, (x) => -x, true],
      ['a factor of two', 2, (x) => x / 2, true],
      ['one percent', 0, (x) => x * 1.01, true],
      // 1e-5 + 1e-3 · 1 is allowed.
      ['less than the tolerance', 0, (x) => x * 1.0009, false],
      ['NaN', 2, () => NaN, true],
      ['zero', 1, () => 0, true],
    ];
    for (const [what, element, to, differs] of cases) {
      it(what, async () => {
        const found = check(altered(await traced(...program), 'w', element, to), 'w');
        assert.deepEqual(
          found.elements.flatMap(({ verdict, element: at }) => (verdict === 'agrees' ? [] : [`${verdict} ${at}`])),
          differs ? [`differs ${element}`] : [],
        );
      });
    }

    it('in the middle of the graph', async () => {
      const trace = await traced('const w = param(3);', '{ const u = w.mul(2); return u.square(); }');
      // ∂L/∂u = 2u = 12.
      assert.deepEqual(verdicts(check(trace, 'u')), ['agrees']);
      assert.deepEqual(
        verdicts(
          check(
            altered(trace, 'u', 0, () => 6),
            'u',
          ),
        ),
        ['differs'],
      );
    });

    it('and where what the consumers passed on does not add up', async () => {
      const trace = await traced('const w = param(3);', 'w.square().add(w)');
      assert.equal(check(trace, 'w').sum, null);
      const pass = trace.passes[0]!;
      // square passes on 2w = 6, add 1: the gradient is 7. With 4 in place of 6 the parts make 5.
      const contributions = pass.contributions.map((one) =>
        one.value.data![0] === 6 ? { ...one, value: { ...one.value, data: Float32Array.of(4) } } : one,
      );
      const found = check({ ...trace, passes: [{ ...pass, contributions }] }, 'w');
      assert.deepEqual(found.sum, { element: 0, gradient: 7, sum: 5 });
    });
  });

  describe('at a kink', () => {
    const cases: readonly (readonly [declaration: string, loss: string, kinks: readonly string[], analytic: number])[] =
      [
        ['const w = param(0);', 'relu(w)', ['relu corner'], 0],
        ['const w = param(0);', 'abs(w)', ['abs corner'], 0],
        ['const w = param(1);', 'clamp(w, -1, 1)', ['clamp corner'], 1],
        ['const w = param(2);', 'maximum(w, 2)', ['maximum corner'], 0.5],
        ['const w = param([1, 3, 3]);', 'w.max()', ['max corner'], 0],
        ['const w = param(0);', 'sign(w)', ['sign jump'], 0],
        ['const w = param(2);', 'w.floor().add(w)', ['floor jump'], 1],
        ['const w = param(0);', 'sqrt(w)', ['sqrt edge'], Infinity],
        // The kink of one op is not that of those behind it, and an op before it has none.
        ['const w = param(1);', 'relu(w.sub(1)).exp().mul(3)', ['relu corner'], 0],
        ['const w = param(1);', 'relu(w.sub(1)).add(abs(w.sub(1)))', ['relu corner', 'abs corner'], 0],
        // The same by hand: the comparison jumps.
        ['const w = param(0);', 'where(w.greater(0), w, 0)', ['greater jump'], 0],
      ];
    for (const [declaration, loss, kinks, analytic] of cases) {
      it(`of ${loss}`, async () => {
        const trace = await traced(declaration, loss);
        const found = check(trace, 'w');
        assert.ok(verdicts(found).includes('kink'), verdicts(found).join());
        assert.ok(!verdicts(found).includes('differs'));
        assert.deepEqual(
          found.kinks.map(({ node, kind }) => `${trace.nodes[node]!.op} ${kind}`),
          kinks,
        );
        assert.equal(found.elements[0]!.analytic, analytic);
      });
    }

    it('a number outside both slopes is wrong all the same', async () => {
      // relu has the slopes 0 and 1 at 0.
      const found = check(
        altered(await traced('const w = param(0);', 'relu(w)'), 'w', 0, () => 3),
        'w',
      );
      assert.deepEqual(verdicts(found), ['differs']);
    });

    it('a steep curve is none', async () => {
      // exp(20·w) at 0.5: slope 20·e¹⁰ ≈ 4.4e5, and a curvature that makes the two sides differ by 9 in a step of 1e-6.
      const found = check(await traced('const w = param(0.5, { dtype: "float64" });', 'w.mul(20).exp()'), 'w');
      assert.deepEqual([verdicts(found), found.kinks], [['agrees'], []]);
      assert.ok(Math.abs(found.elements[0]!.numeric / (20 * Math.exp(10)) - 1) < 1e-6);
    });
  });

  it('hold fixed what the program has cut off', async () => {
    // L = w · w.detach() + w·c with c from noGrad: ∂L/∂w = w + c = 3 + 9, where the function itself has the slope 2w + 3w².
    const trace = await traced(
      'const w = param(3);',
      '{ const d = w.detach(); const c = noGrad(() => w.square()); return w.mul(d).add(w.mul(c)); }',
    );
    const found = check(trace, 'w');
    assert.deepEqual(verdicts(found), ['agrees']);
    assert.equal(found.elements[0]!.analytic, 12);
    assert.deepEqual(
      found.held.map((id) => trace.nodes[id]!.op),
      ['detach', 'square'],
    );
  });

  it('are called rounded where the rule is right and float32 lost the digits', async () => {
    // Near 1e6 neighbours in float32 are 0.0625 apart: x = 0.0627 becomes 0.0625, and 2x becomes 0.125 in place of 0.1254.
    const found = check(
      await traced('const w = param(0.0627);', '{ const far = w.add(1e6); return far.sub(1e6).square(); }'),
      'w',
    );
    assert.deepEqual(verdicts(found), ['rounded']);
    assert.equal(found.elements[0]!.analytic, 0.125);
    assert.ok(Math.abs(found.elements[0]!.exact - 0.1254) < 1e-6);
  });

  it('are undecided where the loss is so large that its own rounding is all there is to see', async () => {
    // Neighbours near 1e13 are 0.002 apart in float64; a step of 1e-6 moves the loss by 1e-6.
    const trace = await traced('const w = param(0.5, { dtype: "float64" });', 'w.add(1e13)');
    assert.deepEqual(verdicts(check(trace, 'w')), ['undecided']);
    // Near 1e7 they are 2e-9 apart: a hundred times the step still sees the slope, and a wrong one.
    const closer = await traced('const w = param(0.5, { dtype: "float64" });', 'w.add(1e7)');
    assert.deepEqual(verdicts(check(closer, 'w')), ['agrees']);
    assert.deepEqual(
      verdicts(
        check(
          altered(closer, 'w', 0, () => 2),
          'w',
        ),
      ),
      ['differs'],
    );
  });

  it('name the op that makes NaN of a finite gradient', async () => {
    // √(w²) is |w|, with the slopes −1 and 1 at 0. Its gradient is ∞ · 0: sqrt passes ∞ on, and square multiplies it by 0.
    const trace = await traced('const w = param(0);', 'sqrt(w.square())');
    const found = check(trace, 'w');
    assert.deepEqual(verdicts(found), ['differs']);
    assert.ok(Number.isNaN(found.elements[0]!.analytic));
    assert.equal(trace.nodes[found.lostIn!]!.op, 'sqrt');
  });

  describe('are not compared, and that is said', () => {
    const cases: readonly (readonly [what: string, declaration: string, loss: string, name: string, why: string])[] = [
      [
        'of whole numbers',
        'const i = input([1, 2], { dtype: "int32" }); const w = param(1);',
        'w.mul(i.sum())',
        'i',
        'no float',
      ],
      ['of what requires none', 'const x = input(2); const w = param(1);', 'w.mul(x)', 'x', 'no gradient'],
      ['of a tensor without elements', 'const e = param([]); const w = param(1);', 'e.sum().add(w)', 'e', 'empty'],
      ['where the loss is NaN', 'const w = param(-1);', 'w.log()', 'w', 'loss not finite'],
      [
        'of what the trace left out',
        'const w = param(randn([1025, 1024], { seed: 1 }));',
        'w.mean()',
        'w',
        'content left out',
      ],
      // In float32 1e8 + 1 is 1e8: the run's loss is 0, and that in float64 is 1.
      ['where float64 computes another loss', 'const w = param(1);', 'w.add(1e8).sub(1e8)', 'w', 'not reproduced'],
    ];
    for (const [what, declaration, loss, name, why] of cases) {
      it(what, async () => {
        const found = check(await traced(declaration, loss), name);
        assert.equal(found.skipped?.why, why);
        assert.deepEqual(found.elements, []);
      });
    }
  });

  describe('of a large tensor', () => {
    const large = ['const w = param(randn([784, 128], { seed: 3 }));', 'w.square().mean()'] as const;
    let trace: Trace;
    before(async () => (trace = await traced(...large)));

    it('are compared at a sample, and along one direction through all', () => {
      const found = check(trace, 'w');
      assert.equal(found.size, 100352);
      assert.equal(found.elements.length, 64);
      assert.deepEqual([...new Set(verdicts(found)), found.direction!.verdict], ['agrees', 'agrees']);
    });

    it('show a wrong element outside the sample by that direction', () => {
      // Contents over 4096 elements are not in a trace: one that is held there stands for a trace that holds it.
      const node = trace.nodes.find(({ name }) => name === 'w')!;
      const pass = trace.passes[0]!;
      const right = node.value.data!.map((x) => (2 * x) / 100352);
      const withData = (data: Float32Array): Trace => ({
        ...trace,
        passes: [
          { ...pass, gradients: new Map(pass.gradients).set(node.id, { ...pass.gradients.get(node.id)!, data }) },
        ],
      });
      const sampled = new Set(sampleOf(100352, 64, 1));
      const outside = [...right.keys()].find((i) => !sampled.has(i))!;
      assert.equal(checkNode(withData(Float32Array.from(right)), node.id).direction!.verdict, 'agrees');
      const wrong = Float32Array.from(right);
      // Allowed for the sum over all is √100352 · 1e-5 = 0.0032.
      wrong[outside]! += 0.01;
      const found = checkNode(withData(wrong), node.id);
      assert.deepEqual([...new Set(verdicts(found)), found.direction!.verdict], ['agrees', 'differs']);
    });
  });

  it('agree everywhere in networks of any shape', async () => {
    const unary = fc.constantFrom('tanh', 'sigmoid', 'softplus', 'sin', 'exp', 'gelu', 'silu', 'square');
    await fc.assert(
      fc.asyncProperty(fc.array(unary, { minLength: 1, maxLength: 4 }), fc.nat(100), async (functions, seed) => {
        const layers = functions.map((name) => `h = h.matmul(W).mul(0.5).${name}();`).join(' ');
        const trace = await traced(
          `const W = param(randn([3, 3], { seed: ${seed} }));\nconst X = input(randn([2, 3], { seed: ${seed + 1} }));`,
          `{ let h = X; ${layers} return h.mean(); }`,
        );
        for (const [id] of trace.passes[0]!.gradients)
          for (const verdict of verdicts(checkNode(trace, id)))
            assert.equal(verdict, 'agrees', `${functions.join()} ${id}`);
      }),
      { seed: 7, numRuns: 15 },
    );
  });
});

describe('a sample', () => {
  it('has no place twice, is in order, and is the same again', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.integer({ min: 1, max: 200 }), fc.nat(), (size, count, seed) => {
        const places = sampleOf(size, count, seed);
        assert.equal(new Set(places).size, Math.min(size, count));
        assert.deepEqual(
          places,
          [...places].sort((a, b) => a - b),
        );
        assert.ok(places.every((place) => place >= 0 && place < size));
        assert.deepEqual(sampleOf(size, count, seed), places);
      }),
      { seed: 1 },
    );
  });

  it('reaches every place alike', () => {
    const hits = new Array<number>(20).fill(0);
    for (let seed = 0; seed < 2000; seed++) for (const place of sampleOf(20, 5, seed)) hits[place]!++;
    // 500 expected of each; the standard deviation is √(2000 · ¼ · ¾) ≈ 19.
    assert.ok(
      hits.every((count) => Math.abs(count - 500) < 100),
      hits.join(),
    );
  });

  it('of signs has both', () => {
    const sum = signs(10_000, 1).reduce((a, b) => a + b, 0);
    assert.ok(Math.abs(sum) < 400, String(sum));
  });
});
