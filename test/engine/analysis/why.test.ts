import assert from 'node:assert/strict';
import { PassView } from '../../../engine/explain/pass-view.ts';
import { whyView } from '../../../engine/explain/why.ts';
import { TextRunner } from '../explain/run-text.ts';

const head = `import { argmax, crossEntropy, dropout, embedding, input, maskedFill, maximum, maxPool2d, model, noGrad, param, relu, scope, where } from 'retrograd';
void [argmax, crossEntropy, dropout, embedding, input, maskedFill, maximum, maxPool2d, noGrad, param, relu, scope, where];
export const m = model(() => {
`;

interface Case {
  readonly about: string;
  /** Statements; `w` is asked about, `loss` is returned. The line at fault bears the mark. */
  readonly body: string;
  /** `cause@place: elements`, the place by name; the line is that of the mark. */
  readonly expected: readonly string[];
}

const mark = '// here';

const missing: readonly Case[] = [
  { about: 'an input', body: `const w = input(2); ${mark}\nconst loss = w.mul(param(1));`, expected: ['input@w'] },
  {
    about: 'a parameter that requires none',
    body: `const w = param(2, { requiresGrad: false }); ${mark}\nconst loss = w.mul(param(1));`,
    expected: ['frozen@w'],
  },
  {
    about: 'what is made of inputs alone',
    body: `const x = input(2);\nconst w = x.mul(3); ${mark}\nconst loss = w.mul(param(1));`,
    expected: ['no-parameter@w'],
  },
  {
    about: 'a detached value',
    body: `const p = param(2);\nconst w = p.mul(3).detach(); ${mark}\nconst loss = w.mul(p);`,
    expected: ['detach@w'],
  },
  {
    about: 'what is made of a detached value',
    body: `const p = param(2);\nconst cut = p.detach(); ${mark}\nconst w = cut.mul(3).exp();\nconst loss = w.mul(p);`,
    expected: ['detach@cut'],
  },
  {
    about: 'a parameter whose only way is detached further on',
    body: `const w = param(2);\nconst h = w.mul(3);\nconst cut = h.exp().detach(); ${mark}\nconst loss = cut.mul(param(1));`,
    expected: ['detach@cut'],
  },
  {
    about: 'what is made inside noGrad',
    body: `const p = param(2);\nconst w = noGrad(() => p.mul(3)); ${mark}\nconst loss = w.mul(p);`,
    expected: ['no-grad@w'],
  },
  {
    about: 'a parameter that is used inside noGrad only',
    body: `const w = param(2);\nconst quiet = noGrad(() => w.mul(3)); ${mark}\nconst loss = quiet.mul(param(1));`,
    expected: ['no-grad@quiet'],
  },
  {
    about: 'a comparison',
    body: `const p = param(2);\nconst w = p.greater(1); ${mark}\nconst loss = w.mul(p);`,
    expected: ['not-real@w'],
  },
  {
    about: 'a parameter that is only compared',
    body: `const w = param(2);\nconst flag = w.greater(1); ${mark}\nconst loss = flag.mul(param(1));`,
    expected: ['not-real@flag'],
  },
  {
    about: 'a parameter whose place of the largest element is taken',
    body: `const w = param([1, 3, 2]);\nconst place = argmax(w); ${mark}\nconst loss = place.mul(param(1));`,
    expected: ['not-real@place'],
  },
  {
    about: 'a parameter that only chooses',
    body: `const w = param(2);\nconst p = param(1);\nconst y = where(w, p, p.mul(2)); ${mark}\nconst loss = y.square();`,
    expected: ['not-differentiable@y'],
  },
  {
    about: 'what does not lead to the loss',
    body: `const w = param(2);\nconst aside = w.mul(2).exp(); ${mark}\nvoid aside;\nconst loss = param(1).square();`,
    expected: ['unused@aside'],
  },
  {
    about: 'what nothing is made of',
    body: `const w = param(2); ${mark}\nconst loss = param(1).square();`,
    expected: ['unused@w'],
  },
  {
    about: 'every way that is cut',
    body: `const w = param(2);\nconst a = w.detach(); const b = w.greater(0); ${mark}\nconst loss = a.mul(b).mul(param(1));`,
    expected: ['detach@a', 'not-real@b'],
  },
];

const vanished: readonly Case[] = [
  {
    about: 'relu of a negative number',
    body: `const w = param(0.5);\nconst h = w.mul(-2).relu(); ${mark}\nconst loss = h.square();`,
    expected: ['inactive@h: null'],
  },
  {
    about: 'the first op from the node that lets nothing through, of two',
    body: `const w = param(-1);\nconst h = w.relu(); ${mark}\nconst g = h.sub(3).relu();\nconst loss = g.mul(2);`,
    expected: ['inactive@h: null'],
  },
  {
    about: 'an op far down the way',
    body: `const w = param(1);\nconst a = w.mul(3);\nconst b = a.sub(9);\nconst c = b.add(1).relu(); ${mark}\nconst loss = c.exp();`,
    expected: ['inactive@c: null'],
  },
  {
    // Of z = [[1, −1, −3], [2, −2, 4]] the units 0 and 2 are active for some row; unit 1 for none.
    about: 'a bias whose unit is never active',
    body: `const X = input([[1, -1, -3], [2, -2, 4]]);\nconst w = param([0, 0, 0]);\nconst h = X.add(w).relu(); ${mark}\nconst loss = h.sum();`,
    expected: ['inactive@h: 1'],
  },
  {
    // The same units; the column of unit 1 has two weights. X has no zeros.
    about: 'a column of weights whose unit is never active',
    body: `const X = input([[1, 2], [2, 1]]);\nconst w = param([[1, -1, 1], [1, -1, -1]]);\nconst h = X.matmul(w).relu(); ${mark}\nconst loss = h.sum();`,
    expected: ['inactive@h: 2'],
  },
  {
    // The second feature is 0 in every row, so that its row of weights changes nothing.
    about: 'weights of a feature that is always 0',
    body: `const X = input([[1, 0], [2, 0]]); ${mark}\nconst w = param([[1, 2, 3], [4, 5, 6]]);\nconst loss = X.matmul(w).square().sum();`,
    expected: ['times-zero@loss: 3'],
  },
  {
    about: 'clamp, on both sides',
    body: `const w = param([-2, 0, 0.5, 3]);\nconst h = w.clamp(-1, 1); ${mark}\nconst loss = h.sum();`,
    expected: ['clamped@h: 2'],
  },
  {
    about: 'relu6, on its two sides',
    body: `const w = param([-2, 1, 7, 8]);\nconst h = w.relu6(); ${mark}\nconst loss = h.sum();`,
    expected: ['clamped@h: 2', 'inactive@h: 1'],
  },
  {
    about: 'hardtanh',
    body: `const w = param([-2, 0.5]);\nconst h = w.hardtanh(); ${mark}\nconst loss = h.sum();`,
    expected: ['clamped@h: 1'],
  },
  {
    about: 'what where() does not take',
    body: `const w = param([1, 2, 3]);\nconst h = where(w.greater(1), w, 0); ${mark}\nconst loss = h.sum();`,
    expected: ['masked@h: 1'],
  },
  {
    about: 'what is masked',
    body: `const w = param([1, 2, 3]);\nconst h = maskedFill(w, w.less(3), 0); ${mark}\nconst loss = h.sum();`,
    expected: ['masked@h: 2'],
  },
  {
    about: 'all but the largest element',
    body: `const w = param([1, 5, 3]);\nconst h = w.max(); ${mark}\nconst loss = h.square();`,
    expected: ['not-chosen@h: 2'],
  },
  {
    about: 'the smaller of two',
    body: `const w = param(1);\nconst h = maximum(w, param(2)); ${mark}\nconst loss = h.square();`,
    expected: ['not-chosen@h: null'],
  },
  {
    about: 'what pooling does not choose',
    body: `const w = param([[[1, 2], [4, 3]]]);\nconst h = maxPool2d(w, 2); ${mark}\nconst loss = h.sum();`,
    expected: ['not-chosen@h: 3'],
  },
  {
    about: 'what is sliced away',
    body: `const w = param([1, 2, 3, 4]);\nconst h = w.slice(0, 1, 3); ${mark}\nconst loss = h.sum();`,
    expected: ['not-selected@h: 2'],
  },
  {
    about: 'rows of a table that are not looked up',
    body: `const w = param([[1, 2], [3, 4], [5, 6]]);\nconst h = embedding(w, [2, 2]); ${mark}\nconst loss = h.sum();`,
    expected: ['not-selected@h: 4'],
  },
  {
    about: 'a product with 0',
    body: `const w = param(2);\nconst zero = input(0);\nconst h = w.mul(zero); ${mark}\nconst loss = h.exp();`,
    expected: ['times-zero@h: null'],
  },
  {
    about: 'floor',
    body: `const w = param(2.5);\nconst h = w.floor(); ${mark}\nconst loss = h.square();`,
    expected: ['piecewise-constant@h: null'],
  },
  {
    about: 'a saturated sigmoid: in float32 1 − σ(40) is 0',
    body: `const w = param(40);\nconst h = w.sigmoid(); ${mark}\nconst loss = h.mul(2);`,
    expected: ['saturated@h: null'],
  },
  {
    about: 'a parabola at its lowest point',
    body: `const w = param(0);\nconst h = w.square(); ${mark}\nconst loss = h.mul(2);`,
    expected: ['flat@h: null'],
  },
  {
    // 1e−30 · 1e−30 is less than the smallest float32, 1.4e−45; neither factor is 0.
    about: 'underflow',
    body: `const w = param(2);\nconst h = w.mul(1e-30); ${mark}\nconst loss = h.mul(1e-30);`,
    expected: ['underflow@h: null'],
  },
  {
    about: 'terms that cancel',
    body: `const w = param(2); ${mark}\nconst a = w.mul(3);\nconst b = w.mul(-3);\nconst loss = a.add(b);`,
    expected: ['cancellation@w: null'],
  },
  {
    // relu stops the first two elements, the mask the last two; the second is stopped by relu first, the third by the mask.
    about: 'each element its own reason',
    body: `const w = param([-1, -2, 3, 4]);\nconst h = w.relu().mul(input([1, 0, 0, 1])); ${mark}\nconst loss = h.sum();`,
    expected: ['inactive@h: 2', 'times-zero@h: 1'],
  },
];

describe('why a gradient', () => {
  const runner = new TextRunner();
  after(() => runner.dispose());

  const check = async ({ body, expected }: Case, kind: RegExp): Promise<void> => {
    const text = `${head}${body}\nreturn loss;\n});\n`;
    const { trace, problems } = await runner.run(text);
    assert.deepEqual(problems, []);
    const view = new PassView(trace!, trace!.passes[0]!, 'named');
    const why = whyView(view, view.names.find('w')!)!;
    assert.match(why.kind, kind);
    const line = text.slice(0, text.indexOf(mark)).split('\n').length;
    const told = why.causes.map(
      ({ cause, name, elements }) => `${cause}@${name}${why.kind === 'null' ? '' : `: ${elements}`}`,
    );
    assert.deepEqual(told, expected);
    for (const { cause, source } of why.causes) if (cause !== 'times-zero') assert.equal(source?.line, line);
  };

  describe('does not exist:', () => {
    for (const one of missing) it(one.about, () => check(one, /^null$/));
  });
  describe('is 0:', () => {
    for (const one of vanished) it(one.about, () => check(one, /^zeros?$/));
  });

  it('is 0 where dropout dropped, as its values show', async () => {
    const trace = await runner.trace(
      `${head}const w = param([1, 2, 3, 4, 5, 6, 7, 8]);\nconst h = dropout(w, 0.5, { seed: 5 });\nreturn h.sum();\n});\n`,
    );
    const view = new PassView(trace, trace.passes[0]!, 'named');
    const dropped = view.graph.node(view.names.find('h')!).value.statistics.zero;
    assert.ok(dropped > 0 && dropped < 8);
    const [cause, ...others] = whyView(view, view.names.find('w')!)!.causes;
    assert.deepEqual([cause!.cause, cause!.name, cause!.elements, others], ['dropped', 'h', dropped, []]);
  });

  it('is 0 in weights that are too large for the trace', async () => {
    // 5,120 weights; the units 1 and 3 of four are shut off by their bias, with 1,280 weights each. X has no zeros.
    const trace = await runner.trace(
      `${head}const X = input([...Array(2)].map((_, n) => [...Array(1280)].map((_, i) => 1 + ((n + i) % 3))));
const w = param([...Array(1280)].map((_, i) => [0.01, 0.01, 0.02, 0.01]));
const b = param([0, -1000, 0, -1000]);
const h = X.matmul(w).add(b).relu();
return h.square().mean();\n});\n`,
    );
    const view = new PassView(trace, trace.passes[0]!, 'named');
    const why = whyView(view, view.names.find('w')!)!;
    assert.equal(why.text, '2560 of 5120 elements are exactly 0.');
    assert.deepEqual(
      why.causes.map(({ cause, name, elements }) => [cause, name, elements]),
      [['inactive', 'h', 2560]],
    );
  });

  it('is not asked where there is one everywhere', async () => {
    const trace = await runner.trace(
      `${head}const w = param([1, 2]);\nconst loss = w.square().sum();\nreturn loss;\n});\n`,
    );
    const view = new PassView(trace, trace.passes[0]!, 'named');
    assert.equal(whyView(view, view.names.find('w')!), null);
  });

  it('is found at the end of a thousand steps, quickly', async () => {
    const trace = await runner.trace(
      `${head}const w = param(-1);\nlet h = w.relu();\nfor (let i = 0; i < 1000; i++) h = h.mul(1.01);\nreturn h;\n});\n`,
    );
    const view = new PassView(trace, trace.passes[0]!, 'named');
    // The last of a thousand products is far from the relu: the search begins at its other end, and goes through all of them.
    assert.deepEqual(
      whyView(view, view.names.find('w')!)!.causes.map(({ cause }) => cause),
      ['inactive'],
    );
  });
});
