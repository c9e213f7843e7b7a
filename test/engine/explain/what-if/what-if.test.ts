import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type { ModulePath } from '../../../../engine/base/brand.ts';
import { PassView } from '../../../../engine/explain/pass-view.ts';
import { whatIf } from '../../../../engine/explain/what-if/build.ts';
import { previewOf } from '../../../../engine/explain/what-if/preview.ts';
import type { ChangedNode, WhatIfView } from '../../../../engine/explain/what-if/view.ts';
import { startRunner } from '../../../../engine/node/runner.ts';
import { type LeafOverride, type RunResult, defaultBudget } from '../../../../engine/protocol/worker.ts';

const entry = 'model.ts' as ModulePath;
/** An example trains for a second; on a machine that is busy with other tests for longer. */
const budget = { ...defaultBudget, softDeadline: 20_000, hardDeadline: 25_000 };

/** A node as it is read: statistics of the same numbers may be added up in another order. */
const shown = ({ name, value, gradient }: ChangedNode) => [
  name,
  ...[value, gradient].map((change) => change && [change.before, change.after.text, change.after.scalar, change.by]),
];

describe('what if', function () {
  this.timeout(30_000);
  const runner = startRunner();
  const root = mkdtempSync(join(tmpdir(), 'retrograd-what-if-'));
  after(() => {
    runner.dispose();
    rmSync(root, { recursive: true });
  });

  const run = async (text: string, overrides: readonly LeafOverride[] = [], folder = root): Promise<RunResult> =>
    (await runner.run({ root: folder, entry, overlays: new Map([[entry, text]]), budget, overrides }))!;
  type Wish = readonly [name: string, to: number, element?: number];
  const both = async (text: string, wishes: readonly Wish[]): Promise<{ before: PassView; result: RunResult }> => {
    const { trace } = await run(text);
    const before = new PassView(trace!, trace!.passes[0]!, 'named');
    const overrides = wishes.map(([name, to, element = 0]) => {
      const node = before.names.find(name)!;
      return { node, element, from: before.graph.node(node).value.data![element]!, to };
    });
    return { before, result: await run(text, overrides) };
  };
  const ask = async (text: string, ...wishes: Wish[]): Promise<WhatIfView> => {
    const { before, result } = await both(text, wishes);
    return whatIf(before, result);
  };

  /** L = (w·x − y)², in float64: ∂L/∂w = 2x(w·x − y), and L(w + Δ) = L + ∂L/∂w · Δ + x²Δ², exactly. */
  const quadratic = (w: number, x: number, y: number): string => `import { input, model, param } from 'retrograd';
const w = param(${w}, { dtype: 'float64' });
export const m = model(() => {
  const x = input(${x}, { dtype: 'float64' });
  const y = input(${y}, { dtype: 'float64' });
  const u = w.mul(x);
  const L = u.sub(y).square();
  return L;
});
`;

  it('shows the loss, its change, what the derivative predicted, and the gap', async () => {
    // w = 0.25, x = 2, y = 1: u = 0.5, L = 0.25, ∂L/∂w = 4 · −0.5 = −2. With w = 1: u = 2, L = 1.
    const { loss, changes, nodes, notes } = await ask(quadratic(0.25, 2, 1), ['w', 1]);
    assert.deepEqual(
      [loss.name, loss.before.text, loss.after.text, loss.change.text, loss.predicted!.text],
      ['L', '0.2500', '1.0000', '0.7500', '−1.5000'],
    );
    // x²Δ² = 4 · 0.5625.
    assert.equal(loss.gap!.scalar, 2.25);
    assert.equal(loss.formula, '∂L/∂w · Δw = −2 · 0.75');
    assert.deepEqual(
      changes.map(({ name, before, after, literal }) => [name, before, after, literal]),
      [['w', '0.25', '1', { file: entry, line: 2, text: '0.25' }]],
    );
    // ∂L/∂u = 2(u − y): −1 → 2; ∂L/∂w = x · that: −2 → 4. x, y and ∂L/∂L = 1 stay.
    assert.deepEqual(
      nodes.map(({ name, value, gradient }) => [
        name,
        value && [value.before, value.after.text, value.by],
        gradient && [gradient.before, gradient.after.text, gradient.by],
      ]),
      [
        ['w', ['0.2500', '1.0000', '+0.7500'], ['−2.0000', '4.0000', '+6.0000']],
        ['u', ['0.5000', '2.0000', '+1.5000'], ['−1.0000', '2.0000', '+3.0000']],
        ['L', ['0.2500', '1.0000', '+0.7500'], null],
      ],
    );
    assert.deepEqual(notes, []);
  });

  it('leaves a gap of x²Δ² for every quadratic', async () => {
    const number = fc.integer({ min: -40, max: 40 }).map((n) => n / 8);
    await fc.assert(
      fc.asyncProperty(number, number, number, number, async (w, x, y, move) => {
        fc.pre(move !== 0);
        const { loss } = await ask(quadratic(w, x, y), ['w', w + move]);
        // Eighths: every product here is exact in float64.
        assert.equal(loss.gap!.scalar! + 0, x ** 2 * move ** 2);
        assert.equal(loss.predicted!.scalar! + 0, 2 * x * (w * x - y) * move + 0);
      }),
      { seed: 3, numRuns: 25 },
    );
  });

  it('adds up the predictions of several changes', async () => {
    // L = a·b: ∂L/∂a = b = 3, ∂L/∂b = a = 2. With a = 4, b = 2: 3 · 2 + 2 · −1 = 4, the change is 8 − 6 = 2, the gap Δa·Δb = −2.
    const { loss } = await ask(
      "import { model, param } from 'retrograd';\nconst a = param(2);\nconst b = param(3);\nexport const m = model(() => a.mul(b));\n",
      ['a', 4],
      ['b', 2],
    );
    assert.deepEqual([loss.change.scalar, loss.predicted!.scalar, loss.gap!.scalar], [2, 4, -2]);
    assert.equal(loss.formula, '∂L/∂a · Δa + ∂L/∂b · Δb = 3 · 2 + 2 · (−1)');
  });

  it('changes one element of a tensor, and says by how much tensors moved', async () => {
    const { nodes, changes, loss } = await ask(
      "import { model, param } from 'retrograd';\nconst W = param([[1, 2], [3, 4]]);\nexport const m = model(() => W.square().sum());\n",
      ['W', 0, 2],
    );
    assert.deepEqual([changes[0]!.name, changes[0]!.before, changes[0]!.after], ['W[1,0]', '3', '0']);
    // Σ W² loses 9; the gradient 2W moves by 6 in one element.
    assert.equal(loss.change.scalar, -9);
    assert.deepEqual(
      nodes.map(({ name, value, gradient }) => [name, value?.by ?? null, gradient?.by ?? null]),
      [
        ['W', '‖Δ‖ 3', '‖Δ‖ 6'],
        ['L', '−9.0000', null],
      ],
    );
    assert.equal(nodes[0]!.value!.after.data, null);
  });

  it('says where nothing predicts the change', async () => {
    const { loss, notes } = await ask(quadratic(0.25, 2, 1), ['y', 0]);
    assert.deepEqual([loss.predicted, loss.gap, loss.formula], [null, null, '']);
    assert.deepEqual(notes, ['y has no gradient: nothing predicts the change.']);
  });

  it('does not take the rounding of float32 for a gap', async () => {
    // 3w is a straight line: predicted and true change differ by the rounding of float32 alone.
    const line =
      "import { model, param } from 'retrograd';\nconst w = param(0.1);\nexport const m = model(() => w.mul(3.1));\n";
    const { loss, notes } = await ask(line, ['w', 0.7]);
    assert.ok(Math.abs(loss.gap!.scalar!) < 1e-6);
    if (loss.gap!.scalar !== 0) assert.deepEqual(notes, ['The gap is no more than the rounding of float32.']);
  });

  const branching = `import { model, param } from 'retrograd';
const w = param(1);
export const m = model(() => {
  let h = w;
  for (let i = 0; i < w.item(); i++) h = h.mul(w);
  const L = h.add(1);
  return L;
});
`;
  it('follows the program on another way, and says so', async () => {
    // w = 3: three rounds, 3⁴ + 1 in place of 1² + 1.
    const { loss, notes } = await ask(branching, ['w', 3]);
    assert.deepEqual([loss.before.scalar, loss.after.scalar], [2, 82]);
    // w, mul, 1, add; two more rounds are two more ops.
    assert.deepEqual(notes, ['With these numbers the program takes another way: 6 ops in place of 4.']);
  });

  describe('a preview', () => {
    const examples = fileURLToPath(new URL('../../../../examples/', import.meta.url));
    for (const name of readdirSync(examples).filter((one) => one.endsWith('.ts'))) {
      it(`tells what the run then tells, number for number: ${name}`, async () => {
        const text = readFileSync(join(examples, name), 'utf8');
        const { trace, problems } = await run(text, [], examples);
        assert.ok(trace, problems.map(({ message }) => message).join());
        const before = new PassView(trace, trace.passes[0]!, 'named');
        const leaf = before.graph.nodes.find((id) => before.graph.node(id).kind === 'parameter')!;
        const from = before.graph.node(leaf).value.data![0]!;
        const to = from + 0.125;
        const preview = previewOf(before, [{ node: leaf, element: 0, to }]);
        if (preview === null) {
          // Only where computing it would hold up whoever waits: more than 200,000 elements.
          const sizes = before.graph.nodes.map((id) => before.graph.node(id).value.statistics.size);
          assert.ok(sizes.reduce((sum, size) => sum + size, 0) > 200_000);
          return;
        }
        const told = whatIf(before, await run(text, [{ node: leaf, element: 0, from, to }], examples));
        assert.equal(preview.preview, true);
        const { changes, loss, notes, nodes } = preview;
        assert.deepEqual({ loss, notes }, { loss: told.loss, notes: told.notes });
        assert.deepEqual(nodes.map(shown), told.nodes.map(shown));
        assert.deepEqual(
          changes,
          told.changes.map((change) => ({ ...change, literal: null })),
        );
      });
    }

    it('keeps to the way that was recorded, which the run may leave', async () => {
      const { before, result } = await both(branching, [['w', 3]]);
      const { node, element, to } = result.overridden![0]!;
      // One round as recorded, 3·3 + 1, where the run makes three.
      assert.equal(previewOf(before, [{ node, element, to }])!.loss.after.scalar, 10);
      assert.equal(whatIf(before, result).loss.after.scalar, 82);
    });

    it('is not made of what is too large, or was left out of the trace', async () => {
      const large = (size: number): string =>
        `import { model, param, randn } from 'retrograd';\nconst w = param(1);\nconst x = randn([${size}], { seed: 1 });\nexport const m = model(() => x.mul(w).mean());\n`;
      const viewOf = async (size: number): Promise<PassView> => {
        const { trace } = await run(large(size));
        return new PassView(trace!, trace!.passes[0]!, 'named');
      };
      const small = await viewOf(10_000);
      const change = { node: small.names.find('w')!, element: 0, to: 2 };
      assert.ok(previewOf(small, [change]));
      assert.equal(previewOf(await viewOf(150_000), [change]), null);
    });
  });

  describe('cannot be told', () => {
    it('where the model fails with these numbers', async () => {
      const text =
        "import { model, param } from 'retrograd';\nconst w = param(1);\nexport const m = model(() => { if (w.item() > 2) throw new Error('too much'); return w.square(); });\n";
      await assert.rejects(ask(text, ['w', 3]), /With these numbers the model fails: .*too much/);
    });

    it('where the text is another one by now', async () => {
      const { before, result } = await both(quadratic(0.25, 2, 1), [['w', 1]]);
      const files = result.files.map((file) => ({ ...file, text: `${file.text}// more` }));
      assert.throws(() => whatIf(before, { ...result, files }), /The text has changed since/);
    });

    it('where the run did not come to the leaf as before', async () => {
      const { before, result } = await both(quadratic(0.25, 2, 1), [['w', 1]]);
      const overridden = result.overridden!.map((one) => ({ ...one, applied: false }));
      assert.throws(() => whatIf(before, { ...result, overridden }), /w cannot be changed/);
    });
  });
});
