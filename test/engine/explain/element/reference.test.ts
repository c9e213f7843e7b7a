import assert from 'node:assert/strict';
import { programOf } from '../../../conformance/program.ts';
import { type Encoded, type ReferenceCase, readReference } from '../../../conformance/reference.ts';
import { PassView } from '../../../../engine/explain/pass-view.ts';
import { evaluateNumber } from '../../../../engine/expression/evaluate.ts';
import { jacobianRows, vectorTimesJacobian, wayBetween } from '../../../../engine/replay/jacobian.ts';
import { TextRunner } from '../run-text.ts';

const cases = readReference(new URL('../../../fixtures/reference/torch-cases.json', import.meta.url));

/** Every sixth case, and of those the ones with a tensor to take an element of. */
const tried = cases.filter((_, i) => i % 6 === 0);
const most = 40;

const number = (x: Encoded): number => (typeof x === 'string' ? Number(x) : Number(x));
const close = (actual: number, expected: number, what: string): void =>
  assert.ok(
    Math.abs(actual - expected) <= 1e-8 * Math.max(1, Math.abs(expected)) || Object.is(actual, expected),
    `${what}: ${actual} against PyTorch's ${expected}`,
  );

/** Elements spread over a tensor. */
const places = (size: number): number[] => [...new Set([0, Math.floor(size / 2), size - 1])];

describe('elements and Jacobians of programs that PyTorch ran', function () {
  this.timeout(120_000);
  const runner = new TextRunner();
  after(() => runner.dispose());

  const viewOf = async (one: ReferenceCase, element: string | null = null): Promise<PassView | null> => {
    const { trace } = await runner.run(programOf(one, 'float64'));
    const pass = trace?.passes.at(-1);
    return trace && pass ? new PassView(trace, pass, 'op', [], element) : null;
  };

  it('have the gradients that PyTorch computed', async () => {
    let [elements, jacobians] = [0, 0];
    for (const one of tried) {
      const view = await viewOf(one);
      if (!view) continue;
      const { graph, names, recording, pass } = view;
      for (const { id, data } of one.nodes.filter(({ op }) => op === 'input')) {
        const expected = one.expected.grads[id]?.map(number);
        const size = data?.length ?? 0;
        const node = names.find(`v${id}`);
        if (!expected || node === null || size < 2 || size > most || !graph.hasGradient(node)) continue;
        const { shape } = graph.node(node);
        for (const place of places(size)) {
          const index = shape.map((n, d) => Math.floor(place / shape.slice(d + 1).reduce((a, b) => a * b, 1)) % n);
          const followed = new PassView(view.trace, pass, 'op', [], `v${id}[${index.join()}]`);
          const mode = followed.element!;
          const { sum, listed } = mode.terms(mode.element);
          close(sum, expected[place]!, `${one.id}: v${id}[${index.join()}]`);
          for (const term of listed.slice(0, 2)) {
            const local = mode.formulas.local(term);
            if (!local) continue;
            const told = evaluateNumber(local.expression, (leaf) =>
              leaf.kind === 'symbol' ? local.leaves.get(leaf.name)!.value : NaN,
            );
            close(told, term.local, `${one.id}: ${mode.formulas.text(local)}`);
          }
          elements++;
        }
        // Through any node between, gᵀ·J and what goes beside it is PyTorch's gradient again.
        const way = wayBetween(graph, pass.loss, node);
        const middle = way.slice(1, -1).find((between) => recording.value(between).data.length <= most);
        if (middle === undefined) continue;
        const inner = wayBetween(graph, middle, node);
        const g = recording.gradients(pass.loss).get(middle)!;
        const rows = Array.from(g.data, (_, i) => i);
        const J = jacobianRows(recording, inner, rows);
        const beside = wayBetween(graph, pass.loss, node, middle);
        const rest =
          beside.length === 0 ? null : vectorTimesJacobian(recording, beside, recording.filled(pass.loss, 1));
        expected.forEach((x, j) => {
          const through = rows.reduce((sum, i) => sum + g.data[i]! * J[i * size + j]!, 0);
          close(through + (rest?.data[j] ?? 0), x, `${one.id}: v${id} through ${names.written(middle)}`);
        });
        jacobians++;
      }
    }
    assert.ok(elements > 100 && jacobians > 30, `${elements} elements, ${jacobians} Jacobians`);
  });
});
