import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildCard } from '../../../../engine/explain/card.ts';
import { explainDocument } from '../../../../engine/explain/json.ts';
import { PassView } from '../../../../engine/explain/pass-view.ts';
import { Presenter } from '../../../../engine/explain/presenter.ts';
import { cardText } from '../../../../engine/explain/terminal.ts';
import type { Card } from '../../../../engine/explain/view.ts';
import { TextRunner, file } from '../run-text.ts';

const runner = new TextRunner();
after(() => runner.dispose());

// x·W + b, by hand: z = [[0.5 − 0.6 + 0.1, −0.2 + 1.2 − 0.1], [0.1 + 0.3 + 0.1, 0.4 − 0.6 − 0.1]] = [[0, 0.9], [0.5, −0.3]].
// h = tanh z and L is the mean of its four elements: ∂L/∂h = 1/4, ∂L/∂z[b,j] = (1 − tanh² z[b,j]) / 4.
// tanh 0.5 = 0.46212, so ∂L/∂z[0,0] = 0.25 and ∂L/∂z[1,0] = 0.25·(1 − 0.21355) = 0.19661.
// ∂L/∂W[2,0] = x[0,2]·∂L/∂z[0,0] + x[1,2]·∂L/∂z[1,0] = 2·0.25 − 1·0.19661 = 0.30339.
// ∂L/∂b[0] = 0.25 + 0.19661 = 0.44661.
const layer = (
  rows = '[0.5, -0.2], [0.1, 0.4], [-0.3, 0.6]',
  more = '',
): string => `import { model, param, input } from 'retrograd';
const W = param([${rows}]);
const b = param([0.1, -0.1]);
export const m = model(() => {
  const x = input([[1, 0, 2], [0, 1, -1]]);
  const z = x.matmul(W).add(b);
  const h = z.tanh();${more}
  const L = h.mean();
  return L;
});
`;

const presenterOf = async (text: string): Promise<Presenter> => {
  const presenter = new Presenter();
  presenter.begin(file);
  presenter.finish(await runner.run(text));
  return presenter;
};

async function followed(query: string, text = layer()): Promise<Presenter> {
  const presenter = await presenterOf(text);
  presenter.chooseElement(query);
  return presenter;
}

const cardOf = (presenter: Presenter, name: string): Card => presenter.card(presenter.findNode(name)!)!;
const near = (actual: number | null | undefined, expected: number): void =>
  assert.ok(
    actual !== null && actual !== undefined && Math.abs(actual - expected) < 2e-6,
    `${actual} against ${expected}`,
  );

describe('one element, explained', () => {
  it('is the sum of products that a matmul hides', async () => {
    const card = cardOf(await followed('W[2,0]'), 'W');
    assert.equal(card.title, '∂L/∂W[2,0] = Σ_b x[b,2]·∂L/∂z[b,0]');
    near(card.gradient!.scalar, 0.5 - 0.25 * (1 - Math.tanh(0.5) ** 2));
    assert.deepEqual(
      card.terms.map(({ symbol, formula, numbers, value }) => [symbol, formula, numbers, value.text]),
      [
        ['∂L/∂z[0,0] · ∂z[0,0]/∂W[2,0]', 'x[0,2]', '2', '0.5000'],
        ['∂L/∂z[1,0] · ∂z[1,0]/∂W[2,0]', 'x[1,2]', '−1', '−0.1966'],
      ],
    );
    near(card.sum!.scalar, 0.3033881);
    assert.equal(card.restOfTerms, null);
    assert.match(card.note, /^2 paths to L · value W\[2,0\] = −0\.3000$/);
  });

  it('goes on element by element to the loss, strongest path first', async () => {
    const { paths, pathCount } = cardOf(await followed('W[2,0]'), 'W');
    assert.equal(pathCount, '2');
    assert.deepEqual(
      paths.map(({ factors }) => factors.map(({ symbol, formula, value }) => `${symbol} = ${formula} = ${value.text}`)),
      [
        ['∂L/∂h[0,0] = 1 / 4 = 0.2500', '∂h[0,0]/∂z[0,0] = 1 − h[0,0]² = 1.0000', '∂z[0,0]/∂W[2,0] = x[0,2] = 2.0000'],
        ['∂L/∂h[1,0] = 1 / 4 = 0.2500', '∂h[1,0]/∂z[1,0] = 1 − h[1,0]² = 0.7864', '∂z[1,0]/∂W[2,0] = x[1,2] = −1.0000'],
      ],
    );
    near(paths[0]!.product.scalar, 0.5);
    near(paths[1]!.product.scalar, -0.1966119);
  });

  it('undoes a broadcast by a sum, and follows it backwards through a matmul', async () => {
    assert.equal(cardOf(await followed('b[0]'), 'b').title, '∂L/∂b[0] = Σ_b ∂L/∂z[b,0]');
    near(cardOf(await followed('b[0]'), 'b').gradient!.scalar, 0.4466119);
    const inner = layer()
      .replace('const h = z.tanh()', 'const s = z.mul(z); const h = s.matmul(V)')
      .replace('const b =', 'const V = param([[1, 2, 3], [4, 5, 6]]);\nconst b =');
    // ∂h[1,j]/∂s[1,0] = V[0,j], and every ∂L/∂h is 1/6.
    const card = cardOf(await followed('s[1,0]', inner), 's');
    assert.equal(card.title, '∂L/∂s[1,0] = Σ_i V[0,i]·∂L/∂h[1,i]');
    near(card.gradient!.scalar, (1 + 2 + 3) / 6);
  });

  it('turns the graph into its numbers, and leaves out what it has no part in', async () => {
    const presenter = await followed('W[2,0]');
    const { graph } = presenter.snapshot();
    assert.equal(graph!.element!.kind, 'chosen');
    const shown = graph!.nodes.map(({ name, element, value, gradient }) => [
      name + (element?.index ?? ''),
      element && `${element.dependent} of ${element.size}`,
      value.text,
      gradient?.text ?? null,
    ]);
    // b by its mean and deviation: 0.44661, and 0.25·(1 − tanh² 0.9) + 0.25·(1 − tanh² 0.3) = 0.35048.
    // Most of ∂L/∂W[2,0] goes through z[0,0]: 2·0.25 against −1·0.19661.
    assert.deepEqual(shown, [
      ['W[2,0]', '1 of 6', '−0.3000', '0.3034'],
      ['b', null, 'μ 0 σ 0.1', 'μ 0.399 σ 0.048'],
      ['x', null, 'μ 0.5 σ 0.957', null],
      ['z[0,0]', '2 of 4', presenter.snapshot().graph!.nodes[3]!.value.text, '0.2500'],
      ['h[0,0]', '2 of 4', presenter.snapshot().graph!.nodes[4]!.value.text, '0.2500'],
      ['L', '1 of 1', shown[5]![2], '1.0000'],
    ]);
    near(graph!.nodes[5]!.value.scalar, (Math.tanh(0.9) + Math.tanh(0.5) - Math.tanh(0.3)) / 4);
    const name = (id: number): string => graph!.nodes.find((node) => (node.id as number) === id)!.name;
    const labels = new Map(graph!.edges.map(({ from, to, label }) => [`${name(from)} → ${name(to)}`, label]));
    assert.equal(labels.get('W → z'), '∂z/∂W = 2.0000');
    assert.equal(labels.get('z → h'), '∂h/∂z = 1.0000');
    assert.equal(labels.get('h → L'), '∂L/∂h = 0.2500');
    assert.equal(labels.get('x → z'), null);
    assert.equal(labels.get('b → z'), '∂z/∂b = […]');
    const structure = (await presenterOf(layer())).snapshot().graph!.structure;
    assert.equal(graph!.structure, structure, 'nothing is laid out again');
  });

  it('says of a node on the way how much goes through the element that stands for it', async () => {
    const card = cardOf(await followed('W[2,0]'), 'h');
    assert.equal(card.title, '∂L/∂h[0,0] = 1 / 4');
    assert.match(
      card.note,
      /^2 of 4 elements of h depend on W\[2,0\]; most of its gradient goes through this one · 0\.3034 of ∂L\/∂W\[2,0\] goes through h · /,
    );
  });

  it('is what hover, hints, terminal and JSON tell', async () => {
    const presenter = await followed('W[2,0]');
    const hints = presenter.inlays().map(({ value, gradient }) => [value, gradient]);
    assert.deepEqual(hints[0], ['W[2,0] −0.3000', '∂L 0.3034']);
    assert.equal(hints.length, 4, 'W, z, h and L: b and x have no part in it');
    assert.match(presenter.hover(presenter.findNode('W')!)!.markdown, /&#91;b,2&#93;/);
    const text = cardText(cardOf(presenter, 'W'));
    assert.match(text, /^ {2}∂L\/∂W\[2,0\] = Σ_b x\[b,2\]·∂L\/∂z\[b,0\]\n/);
    const document = explainDocument(presenter.view!, presenter.findNode('W')!);
    assert.equal(document.node, 'W[2,0]');
    assert.deepEqual(
      document.terms.map(({ through }) => through),
      ['z[0,0]', 'z[1,0]'],
    );
    assert.deepEqual(document.paths[0]!.nodes, ['W[2,0]', 'z[0,0]', 'h[0,0]', 'L']);
    near(document.gradient as number, 0.3033881);
  });

  it('opens with the folds it goes through', async () => {
    const presenter = await followed('W[2,0]');
    presenter.choose('m', 'named', [presenter.findNode('z')!]);
    const opened = cardOf(presenter, 'W');
    assert.match(opened.title, /^∂L\/∂W\[2,0\] = Σ_b x\[b,2\]·∂L\/∂matmul#\d+\[b,0\]$/);
    presenter.choose('m', 'op', []);
    near(cardOf(presenter, 'W').sum!.scalar, 0.3033881);
    assert.equal(presenter.snapshot().graph!.element!.kind, 'chosen');
  });

  it('stays over edits as long as there is such an element, and comes back', async () => {
    const presenter = await followed('W[2,0]');
    const rerun = async (text: string): Promise<void> => {
      presenter.begin(file);
      presenter.finish(await runner.run(text));
    };
    await rerun(layer('[0.5, -0.2], [0.1, 0.4], [-0.9, 0.6]'));
    assert.equal(cardOf(presenter, 'W').node.value.text, '−0.9000');
    await rerun(layer('[0.5, -0.2], [0.1, 0.4]').replace('[[1, 0, 2], [0, 1, -1]]', '[[1, 0], [0, 1]]'));
    assert.deepEqual(presenter.snapshot().graph!.element, {
      kind: 'gone',
      query: 'W[2,0]',
      problem: 'W is [2×2]: it has no element [2,0].',
    });
    assert.equal(cardOf(presenter, 'W').node.element, null);
    await rerun(layer());
    near(cardOf(presenter, 'W').gradient!.scalar, 0.3033881);
    presenter.chooseElement(null);
    assert.equal(presenter.snapshot().graph!.element, null);
  });

  const wrong: Readonly<Record<string, string>> = {
    'W[3,0]': 'W is [3×2]: it has no element [3,0].',
    'W[0]': 'W is [3×2]: it has no element [0].',
    'L[0]': 'L is a single number: it has no elements.',
    'Q[0]': "There is no node 'Q'.",
    W: "Write an element as in 'W1[2,0]': a name, and an index for each dimension.",
    'W[-1,0]': "Write an element as in 'W1[2,0]': a name, and an index for each dimension.",
  };
  for (const [query, problem] of Object.entries(wrong)) {
    it(`${query} is no element, and why`, async () => {
      const { element } = (await followed(query)).snapshot().graph!;
      assert.deepEqual(element, { kind: 'gone', query, problem });
    });
  }

  it('tells repetitions of a name from elements', async () => {
    const text = layer(undefined, '\n  let r = h;\n  for (let i = 0; i < 2; i++) r = r.mul(h);').replace(
      'h.mean()',
      'r.mean()',
    );
    const presenter = await followed('r[1][0,1]', text);
    assert.equal(cardOf(presenter, 'r[1]').node.element!.index, '[0,1]');
    assert.equal(presenter.findNode('r[0]') === presenter.findNode('r[1]'), false);
  });

  it('says why its gradient is null or 0', async () => {
    const presenter = await followed('x[0,1]');
    const input = cardOf(presenter, 'x');
    assert.equal(input.title, '∂L/∂x[0,1] does not exist');
    assert.equal(input.why!.kind, 'null');
    const dead = await followed('z[1,1]', layer().replace('z.tanh()', 'z.relu()'));
    const card = cardOf(dead, 'z');
    assert.equal(card.title, '∂L/∂z[1,1] = 0');
    assert.deepEqual(
      [card.why!.kind, card.why!.text, card.why!.causes.map(({ cause }) => cause)],
      ['zero', 'The gradient is exactly 0.', ['inactive']],
    );
  });

  it('lists the heaviest terms and adds up the rest', async () => {
    // ∂L/∂s is the sum of 20 elements of a, 1 … 20, over 20: 8 are listed, 20 … 13, and 12 + 11 + … + 1 = 78 over 20 are left.
    const text = `import { model, param, arange } from 'retrograd';
const s = param([3]);
export const m = model(() => { const y = s.mul(arange(1, 21)); const L = y.mean(); return L; });
`;
    const card = cardOf(await followed('s[0]', text), 's');
    assert.equal(card.terms.length, 8);
    near(card.terms[0]!.value.scalar, 20 / 20);
    assert.equal(card.restOfTerms!.count, '12');
    near(card.restOfTerms!.sum!.scalar, 78 / 20);
    near(card.sum!.scalar, 210 / 20);
  });

  it('shows the two ends of a long path, and all of it to programs', async () => {
    const text = `import { model, param } from 'retrograd';
const w = param([1, 2]);
export const m = model(() => { let h = w; for (let i = 0; i < 60; i++) h = h.mul(0.9); const L = h.sum(); return L; });
`;
    const presenter = await followed('w[1]', text);
    const card = cardOf(presenter, 'w');
    // 60 turns and the sum: 14 factors from the loss and 8 from the element are shown.
    assert.deepEqual(card.paths[0]!.hidden, { before: 14, count: 39 });
    assert.equal(card.paths[0]!.factors.length, 22);
    assert.equal(card.title, '∂L/∂w[1] = ∂L/∂h[0][1] · ∂h[0][1]/∂w[1]');
    near(card.paths[0]!.factors.at(-1)!.product.scalar, 0.9 ** 60);
    assert.equal(explainDocument(presenter.view!, presenter.findNode('w')!).paths[0]!.factors.length, 61);
  });

  const programs = fc
    .tuple(
      fc.array(fc.constantFrom('.tanh()', '.matmul(M)', '.mul(v1)', '.softmax(1)', '.add(v1.sum(0))', '.mT'), {
        minLength: 1,
        maxLength: 4,
      }),
      fc.boolean(),
    )
    .map(([steps, named]) => {
      const lines = steps.map((step, i) => (named ? `  const h${i + 1} = h${i}${step};` : `  h0 = h0${step};`));
      return `import { model, param, randn, setDefaultDtype } from 'retrograd';
setDefaultDtype('float64');
const M = param(randn([3, 3], { seed: 3 }));
const v0 = param(randn([3, 3], { seed: 1 }));
const v1 = param(randn([3, 3], { seed: 2 }));
export const m = model(() => {
  let h0 = v0.mul(2);
${lines.join('\n')}
  const L = ${named ? `h${steps.length}` : 'h0'}.square().sum();
  return L;
});
`;
    });

  it('adds up: terms and paths give the gradient, factors give the paths', async () => {
    await fc.assert(
      fc.asyncProperty(programs, fc.nat(8), fc.constantFrom('v0', 'v1', 'M'), async (text, place, name) => {
        const trace = await runner.trace(text);
        const query = `${name}[${Math.floor(place / 3)},${place % 3}]`;
        const view = new PassView(trace, trace.passes[0]!, 'named', [], query);
        const id = view.names.find(name)!;
        const expected = view.pass.gradients.get(id)?.data?.[place];
        if (expected === undefined) return;
        const card = buildCard(view, id);
        const close = (x: number, y: number): void =>
          assert.ok(Math.abs(x - y) <= 1e-8 * Math.max(1, Math.abs(y)), `${x} against ${y}`);
        close(card.gradient!.scalar!, expected);
        const rest = card.restOfTerms?.sum?.scalar ?? 0;
        close(
          card.terms.reduce((sum, { value }) => sum + value.scalar!, rest),
          expected,
        );
        for (const { factors, product } of card.paths)
          close(
            factors.reduce((all, { value }) => all * value.scalar!, 1),
            product.scalar!,
          );
        const others = card.restOfPaths?.sum?.scalar ?? 0;
        close(
          card.paths.reduce((sum, { product }) => sum + product.scalar!, others),
          expected,
        );
        for (const { formula, numbers } of card.terms) assert.ok(formula !== '' && !numbers.includes('NaN'));
      }),
      { seed: 29, numRuns: 40 },
    );
  }).timeout(60_000);
});
