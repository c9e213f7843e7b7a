import assert from 'node:assert/strict';
import fc from 'fast-check';
import { leaksOf } from '../../../../engine/analysis/health/leak.ts';
import { PassGraph } from '../../../../engine/analysis/pass-graph.ts';
import { TextRunner } from '../../explain/run-text.ts';

/** Layers that keep the size of what passes, so that what is planted stands out. */
const mild = ['z.tanh()', 'z.add(0.1)', 'z.mul(0.9)', 'z.sin()', 'z.mul(1.1)'];
/** Each of these takes decades from every gradient that passes. */
const culprits = [
  { text: 'z.mul(1e-6)', op: 'mul', decades: -6 },
  { text: 'z.div(1e4)', op: 'div', decades: -4 },
  { text: 'z.sub(20).sigmoid()', op: 'sigmoid', decades: -8 },
];

describe('the leak locator', function () {
  this.timeout(120_000);
  let runner: TextRunner;
  before(() => (runner = new TextRunner()));
  after(() => runner.dispose());

  it('names the culprit that was planted, in its line: 200 models', async () => {
    const models = fc.record({
      before: fc.array(fc.constantFrom(...mild), { maxLength: 6 }),
      after: fc.array(fc.constantFrom(...mild), { maxLength: 6 }),
      culprit: fc.constantFrom(...culprits),
      width: fc.integer({ min: 1, max: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(models, async ({ before, after, culprit, width }) => {
        const steps = [...before, culprit.text, ...after];
        const body = steps.map((step) => `  z = ${step};`).join('\n');
        const text = `import { model, param, full } from 'retrograd';\nconst w = param(full([${width}], 0.3));\nexport const m = model(() => {\n  let z = w.mul(1);\n${body}\n  return z.sum();\n});\n`;
        const trace = await runner.trace(text);
        const graph = new PassGraph(trace, trace.passes[0]!);
        const leaks = leaksOf(graph, trace.nodes.find(({ name }) => name === 'w')!.id)!;
        const [worst] = leaks.places;
        assert.equal(worst!.op, culprit.op);
        const line = text
          .slice(0, trace.sites.get(trace.nodes[worst!.passages[0]!.through]!.sites[0]!)!.span.start)
          .split('\n').length;
        assert.equal(line, 5 + before.length);
        assert.ok(Math.abs(worst!.decades - culprit.decades) < 1, `${worst!.decades} decades`);
        // The parts are the whole: they telescope.
        const { norm } = graph.pass.gradients.get(leaks.node)!.statistics;
        const lossNorm = 1;
        assert.ok(Math.abs(leaks.decades - Math.log10(norm / lossNorm)) < 1e-6);
      }),
      { numRuns: 200, seed: 6 },
    );
  });
});
