import assert from 'node:assert/strict';
import type { ModulePath, NodeId } from '../../../engine/base/brand.ts';
import { startRunner } from '../../../engine/node/runner.ts';
import { type LeafOverride, type RunResult, defaultBudget } from '../../../engine/protocol/worker.ts';
import { Sandbox, gradientOf, named, told, valuesOf } from './sandbox.ts';

const entry = 'main.ts' as ModulePath;

describe('a run with other numbers in its leaves', () => {
  const sandbox = new Sandbox();
  const runner = startRunner();
  after(() => {
    sandbox.dispose();
    runner.dispose();
  });

  const runWith = async (text: string, overrides: readonly LeafOverride[]): Promise<RunResult> => {
    const root = sandbox.folder(text);
    return (await runner.run({ root, entry, overlays: new Map(), budget: defaultBudget, overrides }))!;
  };
  /** A leaf by its name in a run without overrides. */
  const override = async (text: string, name: string, to: number, element = 0): Promise<LeafOverride> => {
    const { trace } = await sandbox.run(text);
    const node = named(trace, name);
    return { node: node.id, element, from: node.value.data![element]!, to };
  };
  const rerun = async (text: string, name: string, to: number, element = 0): Promise<RunResult> =>
    runWith(text, [await override(text, name, to, element)]);

  /** L = (w·x − y)². */
  const line = `import { input, model, param } from 'retrograd';
const w = param(0.25);
export const m = model(() => {
  const x = input(2);
  const y = input(1);
  const L = w.mul(x).sub(y).square();
  return L;
});
`;

  it('gives the values and gradients that the text would give with them', async () => {
    const { trace, overridden } = await rerun(line, 'w', 1.5);
    // w·x − y = 2: L = 4, ∂L/∂w = 2·2·x = 8.
    assert.deepEqual(valuesOf(named(trace, 'w')), [1.5]);
    assert.deepEqual(valuesOf(named(trace, 'L')), [4]);
    assert.deepEqual(gradientOf(trace, 'w'), [8]);
    assert.deepEqual(
      overridden!.map(({ applied, to, literal }) => ({ applied, to, literal })),
      [
        {
          applied: true,
          to: 1.5,
          literal: { file: entry, span: { start: line.indexOf('0.25'), end: line.indexOf('0.25') + 4 }, text: '0.25' },
        },
      ],
    );
  });

  it('gives inputs that are made inside the model', async () => {
    const { trace } = await rerun(line, 'y', 0);
    // w·x = 0.5.
    assert.deepEqual(valuesOf(named(trace, 'L')), [0.25]);
  });

  it('rounds as the dtype of the leaf does, and says to what', async () => {
    const { overridden } = await rerun(line, 'w', 0.1);
    assert.equal(overridden![0]!.to, Math.fround(0.1));
    const whole = line.replace('input(2)', "input(2, { dtype: 'int32' })");
    assert.equal((await rerun(whole, 'x', 3.7)).overridden![0]!.to, 3);
  });

  it('follows control flow: what is read of the leaf decides', async () => {
    const text = `import { model, param } from 'retrograd';
const w = param(1);
export const m = model(() => {
  let L = w;
  for (let i = 0; i < w.item(); i++) L = L.mul(w);
  return L;
});
`;
    // w = 1: one round, 1·1. w = 3: three rounds, 3⁴.
    const { trace } = await rerun(text, 'w', 3);
    assert.equal(trace!.nodes[trace!.passes[0]!.loss]!.value.data![0], 81);
  });

  it('changes one element, and not what the leaf is a copy of', async () => {
    const text = `import { model, param, tensor } from 'retrograd';
const start = tensor([1, 2, 3]);
const w = param(start);
export const m = model(() => w.mul(start).sum());
`;
    const { trace } = await rerun(text, 'w', 10, 1);
    assert.deepEqual(valuesOf(named(trace, 'w')), [1, 10, 3]);
    assert.deepEqual(valuesOf(named(trace, 'start')), [1, 2, 3]);
    // 1·1 + 10·2 + 3·3.
    assert.equal(trace!.nodes[trace!.passes[0]!.loss]!.value.data![0], 30);
  });

  it('leaves no trace in the next run', async () => {
    await rerun(line, 'w', 1.5);
    const { trace, overridden } = await runWith(line, []);
    assert.deepEqual(valuesOf(named(trace, 'w')), [0.25]);
    assert.equal(overridden, undefined);
  });

  it('keeps the weights that the optimiser tried out of it', async () => {
    const text = line
      .replace('import {', 'import { optim,')
      .replace('});', '}, { optimizer: optim.sgd({ lr: 0.5 }) });');
    const { trace } = await rerun(text, 'w', 1.5);
    const step = trace!.passes[0]!.step!;
    // w′ = 1.5 − 0.5·8 = −2.5, L′ = (−5 − 1)².
    assert.deepEqual([step.lossBefore, step.lossAfter], [4, 36]);
    assert.deepEqual(valuesOf(named(trace, 'w')), [1.5]);
  });

  it('several at once', async () => {
    const overrides = [await override(line, 'w', 2), await override(line, 'x', 3), await override(line, 'y', 1)];
    const { trace, overridden } = await runWith(line, overrides);
    assert.deepEqual(valuesOf(named(trace, 'L')), [25]);
    assert.deepEqual(
      overridden!.map(({ applied }) => applied),
      [true, true, true],
    );
  });

  describe('is not changed', () => {
    const cases: readonly (readonly [what: string, override: LeafOverride])[] = [
      ['where the leaf holds another number', { node: 0 as NodeId, element: 0, from: 0.5, to: 9 }],
      ['at an element that there is not', { node: 0 as NodeId, element: 7, from: 0.25, to: 9 }],
      ['at a negative element', { node: 0 as NodeId, element: -1, from: 0.25, to: 9 }],
      ['at no element', { node: 0 as NodeId, element: 0.5, from: 0.25, to: 9 }],
      ['at a node that there is not', { node: 1e9 as NodeId, element: 0, from: 0.25, to: 9 }],
      ['at a node that is no leaf', { node: 4 as NodeId, element: 0, from: 0.25, to: 9 }],
    ];
    for (const [what, one] of cases) {
      it(what, async () => {
        const result = await runWith(line, [one]);
        assert.deepEqual(told(result), []);
        assert.deepEqual(valuesOf(named(result.trace, 'L')), [0.25]);
        assert.equal(result.overridden![0]!.applied, false);
      });
    }
  });

  describe('says why there is no number to write back to', () => {
    const cases: readonly (readonly [what: string, text: string, name: string, why: RegExp])[] = [
      [
        'what a layer makes',
        `import { input, model, nn } from 'retrograd';
const layer = new nn.Linear(1, 1, { seed: 1 });
export const m = model(() => layer.forward(input([[2]])).sum());
`,
        'layer.weight',
        /made inside a layer or a function of the library/,
      ],
      [
        'what a loop makes',
        `import { model, param } from 'retrograd';
const ws = [];
for (let i = 0; i < 3; i++) { const w = param(0.5); ws.push(w); }
export const m = model(() => ws[0].add(ws[1]).add(ws[2]));
`,
        'w',
        /made 3 tensors/,
      ],
      [
        'what is drawn',
        `import { model, param, randn } from 'retrograd';
const w = param(randn([2], { seed: 1 }));
export const m = model(() => w.sum());
`,
        'w',
        /drawn at random by randn/,
      ],
    ];
    for (const [what, text, name, why] of cases) {
      it(what, async () => {
        const { overridden, trace } = await rerun(text, name, 7);
        const [{ applied, literal }] = overridden as [NonNullable<typeof overridden>[0]];
        assert.equal(applied, true);
        assert.equal(trace!.nodes.find((node) => node.name === name)!.value.data![0], 7);
        assert.match('why' in literal ? literal.why : literal.text, why);
      });
    }
  });

  describe('at a later step of training', () => {
    // Gradient descent on (w·x)² with x = 2, η = 0.0625 halves w at each step (w′ = w − 0.0625·2·w·4): 8, 4, 2.
    const bowl = `import { input, model, optim, param } from 'retrograd';
const w = param(8);
const x = input(2);
const doubled = input(3).mul(2);
export const other = model(() => w.mul(x));
export const bowl = model(() => {
  const b = input(0);
  const L = w.mul(x).add(b).square();
  return L;
}, { optimizer: optim.sgd({ lr: 0.0625 }), steps: 10 });
export const late = model(() => w.mul(doubled).square(), { optimizer: optim.sgd({ lr: 0.0001 }) });
`;
    const third = async (
      model: string,
      change: (trace: NonNullable<RunResult['trace']>) => LeafOverride[],
    ): Promise<RunResult> => {
      const request = {
        root: sandbox.folder(bowl),
        entry,
        overlays: new Map(),
        budget: defaultBudget,
        training: { model, step: 3 },
      };
      const { trace } = (await runner.run(request))!;
      return (await runner.run({ ...request, overrides: change(trace!) }))!;
    };
    const lastNamed = (trace: RunResult['trace'], name: string) =>
      trace!.nodes.filter((node) => node.name === name).at(-1)!;
    const changing = (name: string, to: number) => (trace: RunResult['trace']) => {
      const { id, value } = lastNamed(trace, name);
      return [{ node: id, element: 0, from: value.data![0]!, to }];
    };
    const cases: readonly (readonly [name: string, to: number, w: number, L: number, gradient: number])[] = [
      // L = (3·2)² = 36, ∂L/∂w = 2·6·2 = 24.
      ['w', 3, 3, 36, 24],
      // Steps before have had x = 2, so that w is 2 all the same: L = (2·5)² = 100, ∂L/∂w = 2·10·5 = 100.
      ['x', 5, 2, 100, 100],
      // L = (2·2 + 1)² = 25, ∂L/∂w = 2·5·2 = 20; the steps before have had b = 0.
      ['b', 1, 2, 25, 20],
    ];
    for (const [name, to, w, L, gradient] of cases) {
      it(`is the program's own up to that step: ${name} = ${to}`, async () => {
        const { trace, overridden } = await third('bowl', changing(name, to));
        assert.deepEqual(
          trace!.passes.map((pass) => pass.name),
          ['bowl'],
        );
        assert.deepEqual(valuesOf(lastNamed(trace, 'w')), [w]);
        assert.deepEqual(valuesOf(lastNamed(trace, 'L')), [L]);
        assert.deepEqual([...trace!.passes[0]!.gradients.get(lastNamed(trace, 'w').id)!.data!], [gradient]);
        const [{ applied, literal }] = overridden as [NonNullable<typeof overridden>[0]];
        assert.equal(applied, true);
        assert.match('why' in literal ? literal.why : literal.text, /in every step of the training/);
      });
    }

    it('tries the optimiser with it', async () => {
      const { trace } = await third('bowl', changing('w', 3));
      // w′ = 3 − 0.0625·24 = 1.5, L′ = (1.5·2)² = 9.
      const { lossBefore, lossAfter } = trace!.passes[0]!.step!;
      assert.deepEqual([lossBefore, lossAfter], [36, 9]);
    });

    it('refuses what the program computed with before the training', async () => {
      const { trace, overridden } = await third('late', (recorded) => {
        const [three] = recorded.nodes.filter(({ kind, value }) => kind === 'input' && value.data![0] === 3);
        return [{ node: three!.id, element: 0, from: 3, to: 9 }];
      });
      const [{ applied, literal }] = overridden as [NonNullable<typeof overridden>[0]];
      assert.equal(applied, false);
      assert.match('why' in literal ? literal.why : literal.text, /computed with it before the training began/);
      assert.equal(trace!.passes[0]!.name, 'late');
    });
  });

  it('finds the number in the file that holds it', async () => {
    const root = sandbox.folder({
      'main.ts':
        "import { model } from 'retrograd';\nimport { w } from './weights.ts';\nexport const m = model(() => w.square());\n",
      'weights.ts': "import { param } from 'retrograd';\nexport const w = param(-0.5);\n",
    });
    const overrides = [{ node: 0 as NodeId, element: 0, from: -0.5, to: 2 }];
    const result = await runner.run({ root, entry, overlays: new Map(), budget: defaultBudget, overrides });
    const { literal } = result!.overridden![0]!;
    assert.deepEqual('why' in literal ? literal : [literal.file, literal.text], ['weights.ts', '-0.5']);
  });
});
