import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { PassView } from '../../../engine/explain/pass-view.ts';
import { gradientOf } from '../../../engine/replay/applied.ts';
import { Evaluation } from '../../../engine/replay/evaluation.ts';
import { GradientsOfRun } from '../../../engine/replay/gradients-of-run.ts';
import { pulledThrough } from '../../../engine/replay/pulled.ts';
import { TextRunner } from '../explain/run-text.ts';

const examples = new URL('../../../examples/', import.meta.url);
const composites = `import * as rg from 'retrograd';
import { model, param, randn } from 'retrograd';
const A = param(randn([3, 4], { seed: 1 }));
const w = param(randn([4], { seed: 2 }));
const images = param(randn([2, 3, 5, 5], { seed: 3 }));
export const m = model(() => {
  const p = rg.softmax(A, 0);
  const l = rg.logSoftmax(A.mul(2));
  const n = rg.layerNorm(A.add(w), 4, w);
  const b = rg.batchNorm(images);
  const d = rg.dropout(images, 0.4, { seed: 4 });
  const c = rg.crossEntropy(A.mul(w), [0, 3, 1], { labelSmoothing: 0.2 });
  const h = rg.huberLoss(A, p.detach(), { delta: 0.7 });
  const q = rg.softmax(A).sub(p).square().mean();
  const L = p.mul(l).sum().add(n.sin().sum()).add(b.mul(d).mean()).add(c).add(h).add(q);
  return L;
});
`;

describe('a gradient as a formula', function () {
  this.timeout(60_000);
  const runner = new TextRunner();
  after(() => runner.dispose());

  const texts: [string, string][] = readdirSync(examples)
    .filter((name) => name.endsWith('.ts') && !readFileSync(new URL(name, examples), 'utf8').includes('./data/'))
    .map((name) => [name, readFileSync(new URL(name, examples), 'utf8')]);

  for (const [name, text] of [...texts, ['composite ops', composites] as const]) {
    for (const closed of [true, false]) {
      it(`has the numbers of the tape, ${closed ? 'composites by their closed forms' : 'op by op'}: ${name}`, async () => {
        const trace = await runner.trace(
          text.replace(
            "'retrograd';",
            "'retrograd';\nimport { setDefaultDtype } from 'retrograd';\nsetDefaultDtype('float64');",
          ),
        );
        for (const pass of trace.passes) {
          const { graph, chains, recording, names } = new PassView(trace, pass, 'named');
          const gradients = new GradientsOfRun(recording);
          for (const fold of chains.folding.folds.values()) {
            for (const { through, content } of chains.terms(fold.id)) {
              // What is large is not kept: there is nothing to compare with.
              if (!content?.data) continue;
              const upstream = gradientOf(graph, through);
              const formula = pulledThrough(graph, chains.fold(through), fold.id, { upstream, closed })!;
              const told = new Evaluation(recording, [[upstream, gradients.of(through)!]]).value(formula);
              const expected = content.data;
              const scale = Math.max(1e-30, ...Array.from(expected, Math.abs));
              assert.deepEqual(
                told.shape.filter((n) => n !== 1),
                graph.node(fold.id).shape.filter((n) => n !== 1),
              );
              expected.forEach((x, i) => {
                const y = told.data[told.data.length === 1 ? 0 : i]!;
                assert.ok(Math.abs(x - y) <= 1e-9 * scale, `${names.partial(through, fold.id)}: ${x} against ${y}`);
              });
            }
          }
        }
      });
    }
  }
});
