import assert from 'node:assert/strict';
import { PassView } from '../../../../engine/explain/pass-view.ts';
import { matrixForm } from '../../../../engine/explain/tensors/matrix-form.ts';
import { TextRunner } from '../run-text.ts';

/** `∂L/∂a through y` of a program, formula and shapes. All written by hand, from the rule of the op and the shapes. */
interface Case {
  readonly what: string;
  readonly leaves: string;
  readonly body: string;
  readonly imports?: string;
  /** `node through consumer`: formula, shapes. */
  readonly expected: Readonly<Record<string, readonly [formula: string, shapes: string]>>;
}

const leaf = (name: string, ...shape: number[]): string =>
  `const ${name} = param(randn([${shape.join()}], { seed: ${name.length} }));\n`;
const layer = `const x = input(randn([4, 2], { seed: 1 }));\n${leaf('W', 2, 3)}${leaf('b', 3)}`;

const cases: readonly Case[] = [
  {
    what: 'a layer: matmul, bias over the batch, tanh, mean',
    leaves: layer,
    body: 'const z = x.matmul(W); const s = z.add(b); const h = s.tanh(); const L = h.mean();',
    expected: {
      'W through z': ['xᵀ · ∂L/∂z', '[4×2]ᵀ · [4×3] → [2×3]'],
      'z through s': ['∂L/∂s', '[4×3]'],
      'b through s': ['Σ over batch (dim 0) of ∂L/∂s', '[4×3] → [3]'],
      's through h': ['∂L/∂h ⊙ (1 − h²)', '[4×3]'],
      // 4·3 elements went into the mean, and ∂L/∂L is 1.
      'h through L': ['1 / 12', 'scalar → [4×3]'],
    },
  },
  {
    what: 'the same in one line: the ops of a fold are one product',
    leaves: layer,
    body: 'const h = x.matmul(W).add(b).tanh(); const L = h.sub(1).square().mean();',
    expected: {
      'W through h': ['xᵀ · (∂L/∂h ⊙ (1 − h²))', '[4×2]ᵀ · [4×3] → [2×3]'],
      'b through h': ['Σ over batch (dim 0) of ∂L/∂h ⊙ (1 − h²)', '[4×3] → [3]'],
      'h through L': ['2·(h − 1) / 12', '[4×3]'],
    },
  },
  {
    what: 'matmul in batches: the sum over what the second was repeated for',
    leaves: leaf('a', 5, 2, 3) + leaf('c', 3, 4),
    body: 'const y = a.matmul(c); const L = y.sum();',
    expected: {
      'a through y': ['∂L/∂y · cᵀ', '[5×2×4] · [3×4]ᵀ → [5×2×3]'],
      'c through y': ['Σ over dim 0 of aᵀ · ∂L/∂y', '[5×2×3]ᵀ · [5×2×4] → [3×4]'],
      'y through L': ['1', 'scalar → [5×2×4]'],
    },
  },
  {
    what: 'mul, broadcasting a column and a row',
    leaves: leaf('a', 4, 1) + leaf('c', 3),
    body: 'const y = a.mul(c); const L = y.sum();',
    expected: {
      'a through y': ['Σ over dim 1 of ∂L/∂y ⊙ c', '[4×3] ⊙ [3] → [4×1]'],
      'c through y': ['Σ over dim 0 of ∂L/∂y ⊙ a', '[4×3] ⊙ [4×1] → [3]'],
    },
  },
  {
    what: 'mul by one number, sub, div',
    leaves: leaf('a', 2, 3) + leaf('c', 2, 3) + 'const s = param(2);\n',
    body: 'const y = a.mul(s); const d = y.sub(c); const q = d.div(c); const L = q.sum();',
    expected: {
      'a through y': ['∂L/∂y · s', '[2×3]'],
      's through y': ['Σ over all of ∂L/∂y ⊙ a', '[2×3] → scalar'],
      'y through d': ['∂L/∂d', '[2×3]'],
      'c through d': ['−∂L/∂d', '[2×3]'],
      'd through q': ['∂L/∂q / c', '[2×3]'],
      'c through q': ['−∂L/∂q ⊙ q / c', '[2×3]'],
    },
  },
  {
    what: 'sum over a dimension, mean over another: the first repeats, the second divides too',
    leaves: leaf('a', 4, 5, 6),
    body: 'const r = a.sum(1); const m = r.mean(1); const L = m.square().sum();',
    expected: {
      'a through r': ['∂L/∂r repeated', '[4×1×6] → [4×5×6]'],
      'r through m': ['∂L/∂m / 6', '[4×1] → [4×6]'],
      'm through L': ['2·m', '[4]'],
    },
  },
  {
    what: 'max and norm',
    leaves: leaf('a', 4, 5),
    body: 'const m = a.max(1); const n = a.norm(); const k = n.add(0); const L = m.sum().add(k);',
    expected: {
      'a through m': ['∂L/∂m ⊙ share(a, m)', '[4×1] ⊙ [4×5] → [4×5]'],
      'a through n': ['∂L/∂n · a / n', '[4×5]'],
    },
  },
  {
    what: 'reshape, permute, transpose: back the way they came',
    leaves: leaf('a', 2, 3, 4),
    body: 'const p = a.permute([2, 0, 1]); const r = p.reshape([8, 3]); const t = r.transpose(0, 1); const L = t.square().sum();',
    expected: {
      // Dimension 0 of a became 1, 1 became 2, and 2 became 0.
      'a through p': ['∂L/∂p with its dims in the order (1, 2, 0)', '[4×2×3] → [2×3×4]'],
      'p through r': ['∂L/∂r reshaped', '[8×3] → [4×2×3]'],
      'r through t': ['(∂L/∂t)ᵀ', '[3×8]ᵀ → [8×3]'],
    },
  },
  {
    what: 'slice and cat',
    leaves: leaf('a', 5, 6) + leaf('c', 5, 2),
    body: 'const s = a.slice(1, 1, 4); const j = cat([s, c], 1); const L = j.square().sum();',
    imports: 'cat',
    expected: {
      'a through s': ['zeros with ∂L/∂s at [:, 1:4]', '[5×3] → [5×6]'],
      's through j': ['∂L/∂j[:, :3]', '[5×5] → [5×3]'],
      'c through j': ['∂L/∂j[:, 3:]', '[5×5] → [5×2]'],
    },
  },
  {
    what: 'an embedding adds up what was taken several times; gather too',
    leaves: leaf('E', 10, 3),
    body: 'const y = embedding(E, [1, 1, 4]); const g = y.gather(1, [[0], [2], [2]]); const L = g.square().sum();',
    imports: 'embedding',
    expected: {
      'E through y': ['∂L/∂y added up at [1, 1, 4] along dim 0', '[3×3], [3] → [10×3]'],
      'y through g': ['∂L/∂g added up at index along dim 1', '[3×1], [3×1] → [3×3]'],
    },
  },
  {
    what: 'conv2d: correlation with the input for the filter, its transpose for the input; bias per channel',
    leaves: leaf('im', 2, 1, 5, 5) + leaf('w', 3, 1, 3, 3) + leaf('b', 3),
    body: 'const y = conv2d(im, w); const z = y.add(b.reshape([1, 3, 1, 1])); const r = z.relu(); const p = maxPool2d(r, 3); const L = p.mean();',
    imports: 'conv2d, maxPool2d',
    expected: {
      'im through y': ['∂L/∂y ∗ w', '[2×3×3×3] ∗ [3×1×3×3] → [2×1×5×5]'],
      'w through y': ['im ⋆ ∂L/∂y', '[2×1×5×5] ⋆ [2×3×3×3] → [3×1×3×3]'],
      'b through z': ['Σ over dims 0, 2, 3 of ∂L/∂z', '[2×3×3×3] → [3]'],
      'z through r': ['∂L/∂r ⊙ [z > 0]', '[2×3×3×3]'],
      'r through p': ['∂L/∂p where each window of r is largest', '[2×3×1×1], [2×3×3×3] → [2×3×3×3]'],
    },
  },
  {
    what: 'softmax and log-softmax as in textbooks',
    leaves: leaf('z', 4, 3),
    body: 'const p = z.softmax(1); const l = z.logSoftmax(1); const L = p.square().sum().add(l.mean());',
    expected: {
      'z through p': ['p ⊙ (∂L/∂p − (Σ over dim 1 of ∂L/∂p ⊙ p))', '[4×3]'],
      'z through l': ['∂L/∂l − exp(l) ⊙ (Σ over dim 1 of ∂L/∂l)', '[4×3] + [4×3] ⊙ [4×1] → [4×3]'],
    },
  },
  {
    what: 'cross-entropy: what was said less what was right',
    leaves: leaf('z', 4, 3),
    body: 'const L = crossEntropy(z, [0, 1, 2, 1]);',
    imports: 'crossEntropy',
    expected: { 'z through L': ['(softmax(z) − onehot(target)) / 4', '[4×3]'] },
  },
  {
    what: 'running sums run the other way; expand is summed',
    leaves: leaf('a', 3),
    body: 'const c = a.cumsum(0); const e = c.expand([4, 3]); const L = e.square().sum();',
    expected: {
      'a through c': ['running Σ from the end of ∂L/∂c along dim 0', '[3]'],
      'c through e': ['Σ over dim 0 of ∂L/∂e', '[4×3] → [3]'],
    },
  },
  {
    what: 'elementwise: exp, log, sqrt, where',
    leaves: leaf('a', 2, 3),
    body: 'const e = a.exp(); const l = e.log(); const q = e.sqrt(); const w = where(a.greater(0), l, q); const L = w.sum();',
    imports: 'where',
    expected: {
      'a through e': ['∂L/∂e ⊙ e', '[2×3]'],
      'e through l': ['∂L/∂l / e', '[2×3]'],
      'e through q': ['∂L/∂q / (2·q)', '[2×3]'],
      'l through w': ['∂L/∂w ⊙ [a > 0]', '[2×3]'],
    },
  },
  {
    what: 'one number only: there are no matrices',
    leaves: 'const a = param(2);\n',
    body: 'const L = a.square();',
    expected: {},
  },
];

const flipped: Case = {
  what: 'what only moves elements is told in words',
  leaves: leaf('a', 2, 3),
  body: 'const y = a.flip(1); const L = y.square().sum();',
  expected: { 'a through y': ['∂L/∂y flipped along dim 1', '[2×3]'] },
};

describe('the vector–Jacobian product in matrix form', () => {
  const runner = new TextRunner();
  after(() => runner.dispose());

  async function formsOf({
    leaves,
    body,
    imports,
  }: Case): Promise<Map<string, NonNullable<ReturnType<typeof matrixForm>>>> {
    const text = `import { ${['model', 'param', 'input', 'randn', imports].filter(Boolean).join(', ')} } from 'retrograd';\n${leaves}export const m = model(() => { ${body} return L; });\n`;
    const trace = await runner.trace(text);
    const view = new PassView(trace, trace.passes[0]!, 'named');
    const forms = [...view.chains.folding.folds.keys()].flatMap((id) =>
      view.chains.terms(id).map((edge) => {
        const key = `${view.names.written(id)} through ${view.names.written(edge.through)}`;
        return [key, matrixForm(view, edge)] as const;
      }),
    );
    return new Map(forms.flatMap(([key, form]) => (form ? [[key, form]] : [])));
  }

  for (const one of cases) {
    it(one.what, async () => {
      const forms = await formsOf(one);
      const told = Object.keys(one.expected).map((key) => [key, [forms.get(key)?.formula, forms.get(key)?.shapes]]);
      assert.deepEqual(told, Object.entries(one.expected));
      if (Object.keys(one.expected).length === 0) assert.equal(forms.size, 0);
    });
  }

  it('says what broadcasting and reductions did', async () => {
    const forms = await formsOf(cases[0]!);
    assert.deepEqual(forms.get('b through s')!.notes, [
      'b [3] is repeated over batch (dim 0) of [4×3]; the sum over it undoes that.',
    ]);
    assert.deepEqual(forms.get('h through L')!.notes, [
      'The mean over dims 0, 1 let 12 elements into one; each of them gets 1/12 of its gradient.',
    ]);
    assert.deepEqual(forms.get('W through z')!.notes, []);
  });

  it('is set in LaTeX as on paper, with words only where mathematics has none', async () => {
    const set: readonly [Case, string, string][] = [
      [cases[0]!, 'W through z', 'x^{\\top} \\cdot \\frac{\\partial L}{\\partial z}'],
      [cases[0]!, 'b through s', '\\sum_{\\mathrm{batch\\ (dim\\ 0)}} \\frac{\\partial L}{\\partial s}'],
      [cases[0]!, 's through h', '\\frac{\\partial L}{\\partial h} \\odot (1 - h^{2})'],
      [cases[0]!, 'h through L', '\\frac{1}{12}'],
      [cases[1]!, 'W through h', 'x^{\\top} \\cdot (\\frac{\\partial L}{\\partial h} \\odot (1 - h^{2}))'],
      [cases[1]!, 'h through L', '\\frac{2 \\cdot (h - 1)}{12}'],
      [flipped, 'a through y', '\\frac{\\partial L}{\\partial y}\\mathrm{\\ flipped\\ along\\ dim\\ 1}'],
    ];
    for (const [one, key, expected] of set)
      assert.equal((await formsOf(one)).get(key)?.latex?.replaceAll(/\\(left|right)/g, ''), expected);
  });

  it('names the parts of a normalisation, and says what they are', async () => {
    const forms = await formsOf({
      what: '',
      leaves: leaf('x', 4, 3) + leaf('gg', 3),
      body: 'const y = layerNorm(x, 3, gg); const L = y.square().sum();',
      imports: 'layerNorm',
      expected: {},
    });
    // Ba et al.: (ĝ − mean ĝ − ẑ ⊙ mean(ĝ ⊙ ẑ)) / ŝ, each mean over the features of one sample.
    const form = forms.get('x through y')!;
    assert.equal(form.formula, '(ĝ − (mean over dim 1 of ĝ) − ẑ ⊙ (mean over dim 1 of ĝ ⊙ ẑ)) / ŝ');
    assert.deepEqual(form.notes, [
      'ĝ = ∂L/∂y ⊙ gg',
      'ẑ = (x − (mean over dim 1 of x)) / ŝ',
      'ŝ = √((mean over dim 1 of (x − (mean over dim 1 of x))²) + 0.00001)',
    ]);
  });

  it('gives up where nobody could read it, and says how to see the parts', async () => {
    const steps = Array.from({ length: 40 }, () => '.tanh().mul(a)').join('');
    const forms = await formsOf({
      what: '',
      leaves: leaf('a', 3),
      body: `const y = a${steps}; const L = y.sum();`,
      expected: {},
    });
    assert.equal(forms.get('a through y')!.formula, '… (80 ops; open it to see its parts)');
    assert.equal(forms.get('a through y')!.shapes, '[3] → [3]');
  });
});
