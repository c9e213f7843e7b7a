import assert from 'node:assert/strict';
import type { ModulePath } from '../../../engine/base/brand.ts';
import { startRunner } from '../../../engine/node/runner.ts';
import type { TrainedParameter } from '../../../engine/protocol/training.ts';
import { type LeafOverride, type RunResult, defaultBudget } from '../../../engine/protocol/worker.ts';
import { Sandbox, named, valuesOf } from './sandbox.ts';

const weight = (name: string, values: readonly number[], ordinal = 0, shape = [values.length]): TrainedParameter => ({
  name,
  ordinal,
  shape,
  values,
});

describe('a run with trained weights', function () {
  this.timeout(60_000);
  const sandbox = new Sandbox();
  const runner = startRunner({ spare: false });
  after(() => {
    sandbox.dispose();
    runner.dispose();
  });

  async function run(
    body: string,
    weights: readonly TrainedParameter[],
    overrides: readonly LeafOverride[] = [],
  ): Promise<RunResult> {
    const text = `import { model, nn, param, tensor } from 'retrograd';\n${body}`;
    const root = sandbox.folder(text);
    const entry = 'main.ts' as ModulePath;
    const result = await runner.run({ root, entry, overlays: new Map(), budget: defaultBudget, weights, overrides });
    assert.deepEqual(result!.problems, []);
    return result!;
  }

  const twins = `const layer = (start: number) => { const w = param([start, start]); return w; };
const first = layer(1);
const second = layer(2);
export const m = model(() => first.mul(second).sum());
`;

  it('computes with them', async () => {
    const { trace, weightsKept } = await run(
      'const w = param([1, 2]);\nexport const m = model(() => { const y = w.square(); return y.sum(); });\n',
      [weight('w', [3, 4])],
    );
    assert.deepEqual(valuesOf(named(trace, 'w')), [3, 4]);
    assert.deepEqual(valuesOf(named(trace, 'y')), [9, 16]);
    assert.deepEqual(weightsKept, [{ name: 'w', ordinal: 0, kept: true, why: null }]);
  });

  it('leaves what the program fills a parameter with between one name and the next', async () => {
    const text = `const net = new nn.Linear(2, 1, { seed: 1, bias: false });
for (const [, parameter] of net.namedParameters()) nn.init.constant(parameter, 3);
export const m = model(() => { const y = net.forward(tensor([[1, 2]])); return y.sum(); });
`;
    for (const weights of [[], [weight('other', [1])]]) {
      const { trace } = await run(text, weights);
      // 3·1 + 3·2
      assert.deepEqual(valuesOf(named(trace, 'y')), [9]);
    }
  });

  it('tells those of one name apart by their order', async () => {
    const { trace } = await run(twins, [weight('w', [5, 6], 1)]);
    const parameters = trace!.nodes.filter(({ kind }) => kind === 'parameter').map(valuesOf);
    assert.deepEqual(parameters, [
      [1, 1],
      [5, 6],
    ]);
  });

  it('finds those of modules, which have their names only when they are first called', async () => {
    const { trace, weightsKept } = await run(
      'const net = new nn.Sequential(new nn.Linear(2, 1), new nn.Linear(1, 1));\nexport const m = model(() => net.forward(tensor([[1, 2]])).sum());\n',
      [weight('net.0.weight', [10, 20], 0, [1, 2])],
    );
    assert.deepEqual(weightsKept, [{ name: 'net.0.weight', ordinal: 0, kept: true, why: null }]);
    assert.deepEqual(valuesOf(named(trace, 'net.0.weight')), [10, 20]);
  });

  it('are rounded as the dtype of the parameter rounds', async () => {
    const { trace } = await run('const w = param([1]);\nexport const m = model(() => w.sum());\n', [
      weight('w', [0.1]),
    ]);
    assert.deepEqual(valuesOf(named(trace, 'w')), [Math.fround(0.1)]);
  });

  it('leave the copies that were made of what the program has', async () => {
    const { trace } = await run(
      'const start = tensor([1, 2]);\nconst w = param(start);\nexport const m = model(() => w.mul(start).sum());\n',
      [weight('w', [3, 4])],
    );
    assert.deepEqual(valuesOf(named(trace, 'start')), [1, 2]);
  });

  it('may have other numbers put into them', async () => {
    const text = 'const w = param([1, 2]);\nexport const m = model(() => { const y = w.square(); return y.sum(); });\n';
    const { trace } = await run(text, [weight('w', [3, 4])]);
    const override = { node: named(trace, 'w').id, element: 1, from: 4, to: 5 };
    const { trace: after, overridden } = await run(text, [weight('w', [3, 4])], [override]);
    assert.deepEqual(valuesOf(named(after, 'y')), [9, 25]);
    assert.equal(overridden![0]!.applied, true);
  });

  const left: readonly (readonly [string, string, TrainedParameter, string])[] = [
    [
      'of another shape',
      'const w = param([1, 2, 3]);\nexport const m = model(() => w.sum());\n',
      weight('w', [3, 4]),
      'Its shape is [3] now, and was [2].',
    ],
    [
      'of a name that is no more',
      'const v = param([1, 2]);\nexport const m = model(() => v.sum());\n',
      weight('w', [3, 4]),
      'The program has no such parameter any more.',
    ],
    [
      'that the program computed with before',
      'const all = new Map([["w", param([1, 2])]]);\nconst twice = all.get("w")!.mul(2);\nconst w = all.get("w")!;\nexport const m = model(() => w.add(twice).sum());\n',
      weight('w', [3, 4]),
      'The program computes with it before it has its name.',
    ],
  ];
  for (const [what, text, trained, why] of left) {
    it(`leaves a parameter ${what} as the program made it, and says why`, async () => {
      const { trace, weightsKept } = await run(text, [trained]);
      assert.deepEqual(weightsKept, [{ name: 'w', ordinal: 0, kept: false, why }]);
      const [first] = trace!.nodes.filter(({ kind }) => kind === 'parameter');
      assert.deepEqual(valuesOf(first!).slice(0, 2), [1, 2]);
    });
  }
});
