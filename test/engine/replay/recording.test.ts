import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import type { NodeId } from '../../../engine/base/brand.ts';
import { PassGraph } from '../../../engine/analysis/pass-graph.ts';
import { Recording } from '../../../engine/replay/recording.ts';
import { TextRunner } from '../explain/run-text.ts';

const examples = new URL('../../../examples/', import.meta.url);
const wide = `import { model, param, input, randn } from 'retrograd';
const w = param(randn([100, 100], { seed: 1 }));
export const m = model(() => input(randn([50, 100], { seed: 2 })).matmul(w).tanh().square().mean());
`;

describe('a recording', function () {
  this.timeout(60_000);
  let runner: TextRunner;
  before(() => (runner = new TextRunner()));
  after(() => runner.dispose());

  const texts: [string, string][] = readdirSync(examples)
    .filter((name) => name.endsWith('.ts'))
    .map((name): [string, string] => [name, readFileSync(new URL(name, examples), 'utf8')])
    // Run alone, without the files beside it.
    .filter(([, text]) => !text.includes("from './"));

  for (const [name, text] of [...texts, ['contents that the trace leaves out', wide] as const]) {
    it(`computes the gradients of the run to the last bit: ${name}`, async () => {
      const trace = await runner.trace(text);
      for (const pass of trace.passes) {
        const recording = new Recording(new PassGraph(trace, pass));
        const gradients = recording.gradients(pass.loss);
        assert.deepEqual(new Set(gradients.keys()), new Set(pass.gradients.keys()));
        for (const [id, { data, statistics }] of pass.gradients) {
          if (data) assert.deepEqual(gradients.get(id)!.data, data, `node ${id}`);
          else assert.equal(gradients.get(id)!.data.length, statistics.size);
        }
      }
    });
  }

  it('computes with other leaves', async () => {
    const trace = await runner.trace(
      `import { model, param } from 'retrograd';\nconst w = param(3);\nexport const m = model(() => w.mul(w).add(1));\n`,
    );
    const recording = new Recording(new PassGraph(trace, trace.passes[0]!), 'float64');
    const w = trace.nodes.find(({ name }) => name === 'w')!.id;
    const changed = recording.forward(new Map([[w, [5]]]));
    // 5² + 1, and its derivative 2 · 5.
    assert.deepEqual([...changed.get(trace.passes[0]!.loss)!.data], [26]);
    assert.deepEqual([...recording.gradients(trace.passes[0]!.loss, undefined, changed).get(w)!.data], [10]);
  });

  it('leaves the stack alone', async () => {
    const trace = await runner.trace(
      `import { model, param } from 'retrograd';\nconst w = param(1);\nexport const m = model(() => { let x = w; for (let i = 0; i < 20000; i++) x = x.add(0); return x; });\n`,
    );
    const recording = new Recording(new PassGraph(trace, trace.passes[0]!), 'float64');
    assert.deepEqual([...recording.value(trace.passes[0]!.loss).data], [1]);
    assert.deepEqual([...recording.gradients(trace.passes[0]!.loss).get(0 as NodeId)!.data], [1]);
  });
});
