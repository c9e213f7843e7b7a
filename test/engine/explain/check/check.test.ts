import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { checkDocument } from '../../../../engine/explain/check/document.ts';
import { viewOfCheck } from '../../../../engine/explain/check/build.ts';
import { type Checked, checkSteps } from '../../../../engine/explain/check/steps.ts';
import { checkText } from '../../../../engine/explain/check/terminal.ts';
import { PassView } from '../../../../engine/explain/pass-view.ts';
import type { CheckProgress } from '../../../../engine/explain/check/view.ts';
import type { Trace } from '../../../../engine/trace/format.ts';
import { TextRunner } from '../run-text.ts';

const viewOf = (trace: Trace): PassView => new PassView(trace, trace.passes[0]!, 'named');

function checked(view: PassView, node: string | null = null): { checked: Checked; progress: CheckProgress[] } {
  const steps = checkSteps(view, { node: node === null ? null : view.names.find(node) });
  const progress: CheckProgress[] = [];
  for (;;) {
    const { done, value } = steps.next();
    if (done) return { checked: value, progress };
    progress.push(value);
  }
}

/** What is written here is what people see; the numbers in it are derived beside each program. */
const texts: Readonly<Record<string, string>> = {
  // L = (2·0.6·… ) of one neuron: z = 0.8, a = σ(0.8) = 0.68997, ∂L/∂a = 2(a − 1) = −0.62005,
  // ∂L/∂z = −0.62005 · a(1 − a) = −0.62005 · 0.21391 = −0.13264, ∂L/∂w = 2 · −0.13264, ∂L/∂b = −0.13264.
  agrees: readFileSync(new URL('../../../../examples/neuron.ts', import.meta.url), 'utf8'),
  // h = relu([−1, 0, 2]): slopes 0, none, 1. L = Σ h·3 + |w₀ + 1| with a second kink at −1.
  kinks: `import { abs, input, model, param, relu } from 'retrograd';
const w = param([-1, 0, 2]);
const classes = input([1, 2], { dtype: 'int32' });
export const m = model(() => {
  const h = relu(w);
  const far = abs(w.add(1)).sum();
  const L = h.sum().mul(3).add(far.mul(classes.sum()));
  return L;
});
`,
  // |w| as √(w²) at 0: the gradient is ∞ · 0.
  lost: `import { model, param } from 'retrograd';
const w = param(0);
export const m = model(() => {
  const square = w.square();
  const L = square.sqrt();
  return L;
});
`,
  // The mask is drawn; d is held. ∂L/∂w = Σ mask/12 + d/… for each of 250 elements.
  sampled: `import { dropout, model, ones, param } from 'retrograd';
const w = param(ones([25, 10]));
export const m = model(() => {
  const d = w.detach();
  const L = dropout(w, 0.5, { seed: 4 }).mul(d).mean();
  return L;
});
`,
};

describe('a check in words', function () {
  this.timeout(30_000);
  let runner: TextRunner;
  before(() => (runner = new TextRunner()));
  after(() => runner.dispose());

  for (const [name, text] of Object.entries(texts)) {
    it(`says what was found: ${name}`, async () => {
      const view = viewOf(await runner.trace(text));
      const said = checkText(viewOfCheck(view, checked(view).checked));
      const golden = new URL(`../../../fixtures/check/${name}.txt`, import.meta.url);
      if (process.env['UPDATE_GOLDEN']) writeFileSync(golden, said);
      assert.equal(said, readFileSync(golden, 'utf8'));
    });
  }

  describe('of an altered trace', () => {
    // w = 3: u = 2w = 6, L = u² = 36, ∂L/∂u = 12, ∂L/∂w = 24.
    const program = `import { model, param } from 'retrograd';
const w = param(3);
export const m = model(() => {
  const u = w.mul(2);
  const L = u.square();
  return L;
});
`;
    let view: PassView;
    before(async () => {
      const trace = await runner.trace(program);
      const pass = trace.passes[0]!;
      const gradients = new Map(
        [...pass.gradients].map(([id, content]) => {
          const wrong = { u: 6, w: 12 }[trace.nodes[id]!.name ?? ''];
          return [id, wrong === undefined ? content : { ...content, data: Float32Array.of(wrong) }] as const;
        }),
      );
      view = viewOf({ ...trace, passes: [{ ...pass, gradients }] });
    });

    it('says by how much, and which is the first one wrong', () => {
      const { rows, passed, summary } = viewOfCheck(view, checked(view).checked);
      assert.equal(passed, false);
      assert.equal(
        summary,
        '2 of 2 gradients differ from central differences. Seen from the loss, ∂L/∂u is the first.',
      );
      assert.deepEqual(
        rows.map(({ name, told, relativeError, worst }) => [name, told, relativeError, worst]),
        [
          ['w', '✗ differs', '0.5', { name: 'w', analytic: '12.0000', numeric: '24.0000' }],
          ['u', '✗ differs', '0.5', { name: 'u', analytic: '6.0000', numeric: '12.0000' }],
        ],
      );
      // 6 is not what square passes on, which is 12.
      assert.deepEqual(rows[1]!.remarks, ['What is passed on to ∂L/∂u adds up to 12.0000 and not to 6.0000.']);
    });

    it('says so in JSON', () => {
      const document = checkDocument(view, checked(view, 'u').checked);
      assert.deepEqual(JSON.parse(JSON.stringify(document)), {
        model: 'm',
        passed: false,
        nodes: [
          {
            node: 'u',
            verdict: 'differs',
            skipped: null,
            size: 1,
            tried: 1,
            relativeError: document.nodes[0]!.relativeError,
            worst: { element: [], analytic: 6, numeric: document.nodes[0]!.worst!.numeric, verdict: 'differs' },
            direction: null,
            kinks: [],
          },
        ],
      });
      assert.ok(Math.abs(document.nodes[0]!.relativeError! - 0.5) < 1e-6);
    });
  });

  it('tells how far it is, to the end', async () => {
    const view = viewOf(await runner.trace(texts['kinks']!));
    const { progress } = checked(view);
    const { total } = progress[0]!;
    // w and h of three elements, far of one.
    assert.equal(total, 7);
    assert.equal(progress.at(-1)!.done, total);
    assert.deepEqual(
      progress.map(({ done }) => done),
      progress.map(({ done }) => done).sort((a, b) => a - b),
    );
  });

  it('does not try all nodes of a graph with very many, and says so', async () => {
    const view = viewOf(
      await runner.trace(`import { model, param } from 'retrograd';
const w = param(1);
export const m = model(() => { let x = w; for (let i = 0; i < 6000; i++) x = x.add(0); return x; });
`),
    );
    const steps = checkSteps(view, { node: null });
    const { total } = steps.next().value as CheckProgress;
    // 2e7 / 12,001 nodes (each step has its zero), and the parameter.
    assert.equal(total, 1666 + 1);
  });
});
