import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PassView } from '../../../engine/explain/pass-view.ts';
import { evaluateNumber } from '../../../engine/expression/evaluate.ts';
import { gradientOf } from '../../../engine/replay/applied.ts';
import { columnThrough, columnsOf } from '../../../engine/replay/element.ts';
import { ElementFormula } from '../../../engine/replay/element-formula.ts';
import { Evaluation } from '../../../engine/replay/evaluation.ts';
import { jacobianRows, wayBetween } from '../../../engine/replay/jacobian.ts';
import { pulledThrough } from '../../../engine/replay/pulled.ts';
import { TextRunner } from '../explain/run-text.ts';

const runner = new TextRunner();
after(() => runner.dispose());

/** Random graphs of [3, 3] tensors, each made of two earlier ones; some steps are folded into the next. */
const steps = fc.constantFrom(
  (a: string, b: string) => `${a}.matmul(${b})`,
  (a: string, b: string) => `${a}.mul(${b})`,
  (a: string, b: string) => `${a}.add(${b}.sum(0))`,
  (a: string) => `${a}.tanh()`,
  (a: string) => `${a}.softmax(1)`,
  (a: string, b: string) => `${a}.transpose(0, 1).sub(${b}.mean(1, true))`,
  (a: string, b: string) => `cat([${a}.slice(0, 1, 3), ${b}.slice(0, 0, 1)], 0)`,
  (a: string) => `${a}.relu().add(0.1)`,
  (a: string) => `${a}.indexSelect(0, [2, 0, 0])`,
  (a: string, b: string) => `${a}.matmul(${b}.mT).add(${b}).sigmoid()`,
  (a: string) => `conv2d(${a}.reshape([1, 1, 3, 3]), K, null, { padding: 1 }).reshape([3, 3])`,
  (a: string, b: string) => `${a}.cumsum(0).mul(${b}.max(1, true))`,
);
const programs = fc.array(fc.tuple(fc.nat(), fc.nat(), steps), { minLength: 2, maxLength: 6 }).map((all) => {
  const lines = all.map(([p, q, step], i) => `  const v${i + 2} = ${step(`v${p % (i + 2)}`, `v${q % (i + 2)}`)};`);
  const last = Array.from({ length: all.length + 2 }, (_, i) => `v${i}.mul(${0.3 + i})`).join(').add(');
  return `import { model, param, randn, cat, conv2d, setDefaultDtype } from 'retrograd';
setDefaultDtype('float64');
const K = param(randn([1, 1, 3, 3], { seed: 3 }));
const v0 = param(randn([3, 3], { seed: 1 }));
const v1 = param(randn([3, 3], { seed: 2 }));
export const m = model(() => {
${lines.join('\n')}
  const L = ${last.replace('v0', '(v0')}).sin().sum();
  return L;
});
`;
});

const close = (actual: number, expected: number, what: string): void =>
  assert.ok(
    Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected)),
    `${what}: ${actual} against ${expected}`,
  );

describe('one element', () => {
  for (const granularity of ['named', 'op'] as const) {
    it(`${granularity}: its terms are those of the gradient, and their formulas have their numbers`, async () => {
      await fc.assert(
        fc.asyncProperty(programs, fc.nat(8), async (text, place) => {
          const trace = await runner.trace(text);
          const { graph, chains, recording, names } = new PassView(trace, trace.passes[0]!, granularity);
          for (const { id } of chains.folding.folds.values()) {
            const gradient = graph.pass.gradients.get(id)?.data;
            if (!gradient || place >= gradient.length || id === graph.pass.loss) continue;
            let sum = 0;
            for (const { through } of chains.terms(id)) {
              const fold = chains.fold(through);
              const column = columnThrough(recording, fold, { node: id, place })!;
              const outer = graph.pass.gradients.get(through)!.data!;
              column.forEach((x, o) => (sum += x * outer[o]!));
              const upstream = gradientOf(graph, through);
              const pulled = pulledThrough(graph, fold, id, { upstream })!;
              const evaluation = new Evaluation(recording);
              for (const o of [0, 4, 7].filter((o) => o < column.length)) {
                const formula = new ElementFormula(evaluation, { upstream, place: o });
                const written = formula.of(pulled, gradient.length === 1 ? 0 : place)!;
                const told = evaluateNumber(written, (leaf) =>
                  leaf.kind === 'symbol' ? formula.leaves.get(leaf.name)!.value : NaN,
                );
                close(told, column[o]!, `∂${names.written(through)}[${o}]/∂${names.written(id)}[${place}]`);
              }
            }
            close(sum, gradient[place]!, names.written(id));
          }
        }),
        { seed: 17, numRuns: 30 },
      );
    }).timeout(60_000);
  }

  it('moves everything on its way by the columns of the Jacobians', async () => {
    await fc.assert(
      fc.asyncProperty(programs, fc.nat(8), async (text, place) => {
        const trace = await runner.trace(text);
        const { graph, recording, names } = new PassView(trace, trace.passes[0]!, 'named');
        const node = names.find('v0')!;
        const columns = columnsOf(recording, { node, place });
        for (const [id, column] of columns) {
          if (id === node) continue;
          const rows = Array.from(column, (_, i) => i);
          const data = jacobianRows(recording, wayBetween(graph, id, node), rows);
          rows.forEach((i) => close(column[i]!, data[i * 9 + place]!, `${names.written(id)}[${i}]`));
        }
        assert.ok(columns.has(graph.pass.loss));
      }),
      { seed: 23, numRuns: 20 },
    );
  }).timeout(60_000);
});
