import assert from 'node:assert/strict';
import { PassView } from '../../../../engine/explain/pass-view.ts';
import { jacobianOf } from '../../../../engine/explain/tensors/jacobian.ts';
import type { JacobianView, MatrixView } from '../../../../engine/explain/tensors/jacobian-view.ts';
import { TextRunner } from '../run-text.ts';

const runner = new TextRunner();
after(() => runner.dispose());

async function viewOf(leaves: string, body: string): Promise<PassView> {
  const trace = await runner.trace(
    `import { model, param, input, randn } from 'retrograd';\n${leaves}\nexport const m = model(() => {\n${body}\nreturn L;\n});\n`,
  );
  return new PassView(trace, trace.passes[0]!, 'named');
}

const ask = (view: PassView, of: string, by: string, through: string | null = null): ReturnType<typeof jacobianOf> => {
  const node = (name: string) => view.names.find(name)!;
  return jacobianOf(view, { of: node(of), by: node(by), through: through === null ? null : node(through) });
};

function shown(...asked: Parameters<typeof ask>): JacobianView {
  const told = ask(...asked);
  assert.equal(told.kind, 'shown', told.kind === 'refused' ? told.text : '');
  return told.view;
}

/** Rows of texts, with their places. */
const table = ({ columns, rows, texts }: MatrixView): string[] => [
  ['', ...columns].join(' | '),
  ...rows.map((row, i) => [row, ...texts.slice(i * columns.length, (i + 1) * columns.length)].join(' | ')),
];

describe('a Jacobian, explained', () => {
  // u = A·v with A = [[1, 2], [0, 1], [−1, 1]] at v = (0.5, −1): u = (−1.5, −1, −1.5). y = (u₀·u₁, u₂²), L = y₀ − 2·y₁.
  // J_u(v) = A, J_y(u) = [[u₁, u₀, 0], [0, 0, 2u₂]] = [[−1, −1.5, 0], [0, 0, −3]].
  // J_y(v): row 0 is −1·(1, 2) − 1.5·(0, 1) = (−1, −3.5); row 1 is −3·(−1, 1) = (3, −3).
  // g = (1, −2): gᵀJ = (−1 − 6, −3.5 + 6) = (−7, 2.5).
  const vectors = [
    'const v = param([0.5, -1]); const A = input([[1, 2], [0, 1], [-1, 1]]); const g = input([1, -2]);',
    `const u = A.matmul(v); const p = u.slice(0, 0, 1).mul(u.slice(0, 1, 2));
     const y = p.mul([1, 0]).add(u.slice(0, 2, 3).square().mul([0, 1])); const L = g.dot(y);`,
  ] as const;

  it('has its numbers and places, and is the product of the Jacobians at a node that all ways lead through', async () => {
    const { jacobian, composed, reverse, middles, note } = shown(await viewOf(...vectors), 'y', 'v');
    assert.deepEqual(table(jacobian), [' | 0 | 1', '0 | −1.0000 | −3.5000', '1 | 3.0000 | −3.0000']);
    assert.deepEqual([jacobian.symbol, jacobian.shape, jacobian.largest], ['J_y(v)', '[2×2]', 3.5]);
    assert.deepEqual(
      middles.map(({ name, all }) => [name, all]),
      [
        ['p', false],
        ['u', true],
      ],
    );
    assert.equal(composed!.formula, 'J_y(v) = J_y(u) · J_u(v)');
    assert.equal(composed!.shapes, '[2×3] · [3×2] → [2×2]');
    assert.deepEqual(table(composed!.outer), [' | 0 | 1 | 2', '0 | −1.0000 | −1.5000 | 0', '1 | 0 | 0 | −3.0000']);
    assert.deepEqual(table(composed!.inner), [
      ' | 0 | 1',
      '0 | 1.0000 | 2.0000',
      '1 | 0 | 1.0000',
      '2 | −1.0000 | 1.0000',
    ]);
    assert.deepEqual(table(composed!.product), table(jacobian));
    assert.equal(composed!.rest, null);
    assert.equal(composed!.note, 'Every way from v to y leads through u: the product is the whole Jacobian.');
    assert.equal(reverse!.formula, '∂L/∂v = (∂L/∂y)ᵀ · J_y(v)');
    assert.equal(reverse!.shapes, '[1×2] · [2×2] → [1×2]');
    assert.deepEqual(table(reverse!.upstream), [' | 0 | 1', ' | 1.0000 | −2.0000']);
    assert.deepEqual(table(reverse!.result), [' | 0 | 1', ' | −7.0000 | 2.5000']);
    assert.equal(note, '2 vector–Jacobian products, each with a unit vector for one row.');
  });

  it('gives the rest where some ways do not lead through the node that was chosen', async () => {
    const { composed } = shown(await viewOf(...vectors), 'y', 'v', 'p');
    assert.equal(composed!.formula, 'J_y(v) = J_y(p) · J_p(v) + …');
    assert.deepEqual(table(composed!.product), [' | 0 | 1', '0 | −1.0000 | −3.5000', '1 | 0 | 0']);
    assert.deepEqual(table(composed!.rest!), [' | 0 | 1', '0 | 0 | 0', '1 | 3.0000 | −3.0000']);
    assert.equal(composed!.note, 'Some ways from v to y do not lead through p; what they add is the rest.');
  });

  it('says whose other terms a gradient has', async () => {
    const view = await viewOf(
      'const w = param([1, 2]);',
      'const a = w.exp(); const b = w.sin(); const L = a.mul(b).sum();',
    );
    const { reverse } = shown(view, 'a', 'w');
    assert.equal(reverse!.formula, '∂L/∂w through a = (∂L/∂a)ᵀ · J_a(w)');
    assert.match(reverse!.note, /The gradient of w has other terms besides/);
    assert.equal(reverse!.result.symbol, '∂L/∂w through a');
  });

  it('names elements of matrices by their indices, and single numbers by nothing', async () => {
    const view = await viewOf(
      'const W = param([[1, 2], [3, 4]]); const s = param(2);',
      'const h = W.mul(s); const L = h.sum();',
    );
    assert.deepEqual(table(shown(view, 'h', 's').jacobian), [
      ' | ',
      '0,0 | 1.0000',
      '0,1 | 2.0000',
      '1,0 | 3.0000',
      '1,1 | 4.0000',
    ]);
    assert.deepEqual(shown(view, 'h', 'W').jacobian.columns, ['0,0', '0,1', '1,0', '1,1']);
  });

  it('shows 64 rows and columns of a larger one, evenly spread, and says so', async () => {
    const view = await viewOf('const W = param(randn([127], { seed: 1 }));', 'const h = W.tanh(); const L = h.sum();');
    const { jacobian } = shown(view, 'h', 'W');
    assert.equal(jacobian.sampled, '64 of 127 rows and 64 of 127 columns, evenly spread');
    // 126 steps over 63 intervals: every second place, the last among them.
    assert.deepEqual([jacobian.rows[0], jacobian.rows[1], jacobian.rows[63]], ['0', '2', '126']);
    const value = view.graph.node(view.names.find('h')!).value.data!;
    assert.ok(Math.abs(jacobian.cells[65]! - (1 - value[2]! ** 2)) < 1e-6);
    assert.equal(jacobian.cells.filter((x) => x !== 0).length, 64);
  });

  it('refuses what would take too long, and what does not depend', async () => {
    const view = await viewOf(
      'const W = param(randn([300, 300], { seed: 1 })); const a = param(1);',
      'let h = W; for (let i = 0; i < 4; i++) h = h.matmul(W).mul(0.01); const y = h.tanh(); const L = y.sum().add(a);',
    );
    const told = ask(view, 'y', 'W');
    assert.equal(told.kind, 'refused');
    assert.match(
      (told as { text: string }).text,
      /^Too much work: 64 vector–Jacobian products of about 1e8 multiplications each\./,
    );
    assert.deepEqual(ask(view, 'y', 'a'), {
      kind: 'refused',
      text: 'y does not depend on a, or no gradient flows between them.',
    });
    assert.deepEqual(ask(view, 'W', 'y').kind, 'refused');
  });

  it('is the one row of the gradient for the loss', async () => {
    const view = await viewOf('const w = param([1, 2]);', 'const L = w.square().sum();');
    const { jacobian, note } = shown(view, 'L', 'w');
    assert.deepEqual(table(jacobian), [' | 0 | 1', ' | 2.0000 | 4.0000']);
    assert.equal(note, 'One vector–Jacobian product, with a unit vector for its one row.');
  });
});
