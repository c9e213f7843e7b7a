import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { NodeId } from '../../../engine/base/brand.ts';
import { PassGraph } from '../../../engine/analysis/pass-graph.ts';
import { jacobianRows, vectorTimesJacobian, wayBetween } from '../../../engine/replay/jacobian.ts';
import { Recording } from '../../../engine/replay/recording.ts';
import { TextRunner } from '../explain/run-text.ts';

const runner = new TextRunner();
after(() => runner.dispose());

interface Run {
  readonly graph: PassGraph;
  readonly recording: Recording;
  readonly node: (name: string) => NodeId;
  /** All rows. */
  readonly jacobian: (of: string, by: string, without?: string) => number[][];
}

async function run(text: string): Promise<Run> {
  const trace = await runner.trace(text);
  const graph = new PassGraph(trace, trace.passes[0]!);
  const recording = new Recording(graph, 'float64');
  const node = (name: string): NodeId => [...graph.nodes].reverse().find((id) => graph.node(id).name === name)!;
  const jacobian = (of: string, by: string, without?: string): number[][] => {
    const way = wayBetween(graph, node(of), node(by), without === undefined ? null : node(without));
    const [height, width] = [of, by].map((name) => recording.value(node(name)).data.length) as [number, number];
    if (way.length === 0) return Array.from({ length: height }, () => Array<number>(width).fill(0));
    const rows = Array.from({ length: height }, (_, i) => i);
    const data = jacobianRows(recording, way, rows);
    return rows.map((i) => Array.from(data.subarray(i * width, (i + 1) * width)));
  };
  return { graph, recording, node, jacobian };
}

const times = (a: number[][], b: number[][]): number[][] =>
  a.map((row) => b[0]!.map((_, j) => row.reduce((sum, x, k) => sum + x * b[k]![j]!, 0)));
const plus = (a: number[][], b: number[][]): number[][] => a.map((row, i) => row.map((x, j) => x + b[i]![j]!));
const close = (a: number[][], b: number[][], tolerance = 1e-12): void => {
  const scale = Math.max(1, ...a.flat().map(Math.abs));
  assert.deepEqual(a.length, b.length);
  a.forEach((row, i) =>
    row.forEach((x, j) =>
      assert.ok(Math.abs(x - b[i]![j]!) <= tolerance * scale, `[${i}][${j}] ${x} against ${b[i]![j]!}`),
    ),
  );
};

/** Vectors v → u → y, and y reads v too when `bypass`. */
const program = (body: string): string =>
  `import { model, param, input, randn, setDefaultDtype } from 'retrograd';\nsetDefaultDtype('float64');\n${body}`;

describe('the Jacobian between two nodes', () => {
  it('is that of the formulas', async () => {
    // u = (v₀·v₁, v₀ + v₁²), y = (sin u₀, u₀·u₁): worked out by hand at v = (2, 3).
    const { jacobian } = await run(
      program(`import { stack } from 'retrograd';
const v = param([2, 3]);
export const m = model(() => {
  const [p, q] = [v.slice(0, 0, 1), v.slice(0, 1, 2)];
  const u = stack([p.mul(q), p.add(q.square())], 0).reshape([2]);
  const [a, b] = [u.slice(0, 0, 1), u.slice(0, 1, 2)];
  const y = stack([a.sin(), a.mul(b)], 0).reshape([2]);
  const L = y.sum();
  return L;
});
`),
    );
    const [u0, u1] = [6, 11];
    const [Ju, Jy] = [
      [
        [3, 2],
        [1, 6],
      ],
      [
        [Math.cos(u0), 0],
        [u1, u0],
      ],
    ];
    close(jacobian('u', 'v'), Ju);
    close(jacobian('y', 'u'), Jy);
    close(jacobian('y', 'v'), times(Jy, Ju));
  });

  const steps = fc.constantFrom(
    (x: string) => `${x}.tanh()`,
    (x: string) => `${x}.mul(${x})`,
    (x: string) => `M.matmul(${x}.reshape([3, 1])).reshape([3])`,
    (x: string) => `${x}.softmax(0)`,
    (x: string) => `${x}.mul(${x}.sum())`,
    (x: string) => `${x}.flip([0]).sin()`,
    (x: string) => `${x}.sub(${x}.mean())`,
    (x: string) => `${x}.cumsum(0)`,
  );
  const chains = fc.tuple(
    fc.array(steps, { minLength: 1, maxLength: 3 }),
    fc.array(steps, { minLength: 1, maxLength: 3 }),
    fc.boolean(),
  );

  it('composes: J_y(v) = J_y(u)·J_u(v) and what goes beside u; and reverse mode computes gᵀJ', async () => {
    await fc.assert(
      fc.asyncProperty(chains, async ([first, second, bypass]) => {
        const apply = (from: string, all: typeof first): string => all.reduce((x, step) => `(${step(x)})`, from);
        const { jacobian, recording, graph, node } = await run(
          program(`const M = input(randn([3, 3], { seed: 5 }));
const v = param([0.4, -0.7, 0.9]);
export const m = model(() => {
  const u = ${apply('v', first)};
  const y = ${apply('u', second)}${bypass ? '.add(v.cos())' : ''};
  const L = y.mul(input([0.3, -1.1, 0.6])).sum();
  return L;
});
`),
        );
        const product = times(jacobian('y', 'u'), jacobian('u', 'v'));
        close(plus(product, jacobian('y', 'v', 'u')), jacobian('y', 'v'));
        if (!bypass)
          close(
            jacobian('y', 'v', 'u'),
            product.map((row) => row.map(() => 0)),
          );
        const g = [0.3, -1.1, 0.6];
        const way = wayBetween(graph, node('y'), node('v'));
        const gJ = vectorTimesJacobian(recording, way, recording.filled(node('y'), g));
        close([Array.from(gJ.data)], times([g], jacobian('y', 'v')));
        // y is all that v leads to, so this is the gradient of the run.
        close([Array.from(gJ.data)], [Array.from(graph.pass.gradients.get(node('v'))!.data!)]);
      }),
      { seed: 11, numRuns: 25 },
    );
  }).timeout(60_000);

  it('agrees with central differences', async () => {
    const { jacobian, recording, node } = await run(
      program(`const W = param(randn([2, 3], { seed: 1 }));
export const m = model(() => {
  const x = input(randn([4, 2], { seed: 2 }));
  const h = x.matmul(W).tanh();
  const L = h.square().mean();
  return L;
});
`),
    );
    const [W, h] = [node('W'), node('h')];
    const at = Array.from(recording.value(W).data);
    const columns = at.map((_, j) => {
      const moved = (by: number): ArrayLike<number> =>
        recording.forward(new Map([[W, at.map((x, k) => (k === j ? x + by : x))]])).get(h)!.data;
      const [ahead, behind] = [moved(1e-6), moved(-1e-6)];
      return Array.from(ahead, (x, i) => (x - behind[i]!) / 2e-6);
    });
    close(
      jacobian('h', 'W'),
      columns[0]!.map((_, i) => columns.map((column) => column[i]!)),
      1e-8,
    );
  });

  it('is of inputs too, which ask for no gradient; and ends at detach and noGrad', async () => {
    const { graph, node, jacobian } = await run(
      program(`import { noGrad } from 'retrograd';
const w = param([2, 3]);
export const m = model(() => {
  const x = input([5, 7]);
  const y = x.mul(w);
  const cut = w.detach().mul(w);
  const quiet = noGrad(() => w.square());
  const L = y.add(cut).add(quiet).sum();
  return L;
});
`),
    );
    close(jacobian('y', 'x'), [
      [2, 0],
      [0, 3],
    ]);
    // Of w·stop(w) only the second factor moves.
    close(jacobian('cut', 'w'), [
      [2, 0],
      [0, 3],
    ]);
    assert.deepEqual(wayBetween(graph, node('quiet'), node('w')), []);
    assert.deepEqual(wayBetween(graph, node('w'), node('y')), []);
  });
});
