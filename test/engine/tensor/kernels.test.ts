import assert from 'node:assert/strict';
import fc from 'fast-check';
import { functions } from '../../../engine/expression/evaluate.ts';
import { elementwise, plainElementwise } from '../../../engine/tensor/kernels/elementwise.ts';
import { matmul } from '../../../engine/tensor/kernels/matmul.ts';
import { sum } from '../../../engine/tensor/kernels/reduce.ts';
import { simd, vectorKernels } from '../../../engine/tensor/kernels/simd.ts';
import { vectorMoments } from '../../../engine/tensor/kernels/statistics.ts';
import { statisticsOf } from '../../../engine/trace/statistics.ts';

/** Distance of two float32 in steps between neighbours; results below the smallest normal number count as 0. */
function ulps(a: number, b: number): number {
  if (Object.is(a, b) || a === b || (Number.isNaN(a) && Number.isNaN(b))) return 0;
  const smallest = 2 ** -126;
  if (Math.abs(a) < smallest && Math.abs(b) < smallest) return 0;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return Infinity;
  const bits = new Int32Array(new Float32Array([a, b]).buffer);
  const place = (x: number): number => (x < 0 ? -(x & 0x7fffffff) : x);
  return Math.abs(place(bits[0]!) - place(bits[1]!));
}

/** Numbers of every size, and the unusual ones. */
const many = Float32Array.from({ length: 20_000 }, (_, i) => {
  const unusual = [0, -0, Infinity, -Infinity, NaN, 1e-40, -1e-40, 3e38, -3e38, 88.7, -87.4, -103.9, 0.625, 1];
  const wave = Math.sin(i * 12.9898) * 43758.5453;
  const part = wave - Math.floor(wave);
  return unusual[i] ?? (i % 2 === 0 ? (part - 0.5) * 40 : (part - 0.5) * 10 ** (part * 20 - 10));
});
const other = Float32Array.from(many, (_, i) => many[(i * 7 + 3) % many.length]!);
const shape = [many.length];

describe('kernels in WebAssembly', () => {
  it('are there', () => assert.ok(simd));

  // e^x, ln x, tanh and erfc are polynomials in float32; everything else is one rounding, or two.
  const bounds: Readonly<Record<string, number>> = { exp: 2, log: 2, tanh: 2, sigmoid: 3, rsqrt: 1, erfc: 8 };

  const groups = [
    [vectorKernels.unary, [many]],
    [vectorKernels.binary, [many, other]],
    [vectorKernels.ternary, [many.map((x) => Number(x > 0)), many, other]],
  ] as const;
  for (const [names, contents] of groups) {
    for (const name of names) {
      const bound = bounds[name] ?? 0;
      it(`${name}: within ${bound} ulps of the plain kernel, for numbers of every size`, () => {
        const f = functions[name]!;
        const operands = contents.map((data) => ({ data, shape }));
        const vector = elementwise({ name, of: f }, operands, shape, 'float32');
        const plain = plainElementwise(f, operands, shape, 'float32');
        plain.forEach((x, i) => {
          const apart = ulps(vector[i]!, x);
          assert.ok(
            apart <= bound,
            `${name}(${operands.map(({ data }) => data[i]).join(', ')}) = ${vector[i]!}, plainly ${x}`,
          );
        });
      });
    }
  }

  it('broadcast as the plain kernels do', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(sizes, fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), fc.nat(3), (whole, kept, dropped) => {
        const own = whole.map((size, i) => (kept[i] ? size : 1)).slice(Math.min(dropped, whole.length));
        const content = (of: readonly number[]): Float32Array =>
          many.slice(20, 20 + of.reduce((total, size) => total * size, 1));
        const operands = [
          { data: content(whole), shape: whole },
          { data: content(own), shape: own },
        ];
        const f = { name: 'sub', of: (a: number, b: number) => a - b };
        assert.deepEqual(
          elementwise(f, operands, whole, 'float32'),
          plainElementwise(f.of, operands, whole, 'float32'),
        );
      }),
      { seed: 3, numRuns: 400 },
    );
  });

  it('multiply matrices of any sizes, stored either way, within k roundings of float64', () => {
    const size = fc.integer({ min: 1, max: 40 });
    const data = (count: number, step: number): Float64Array =>
      Float64Array.from({ length: count }, (_, i) => Math.fround(Math.sin(i * step + 1)));
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 300 }), size, fc.boolean(), fc.boolean(), (m, k, n, left, right) => {
        const [a, b] = [data(m * k, 0.7), data(k * n, 1.3)];
        const shapes = [left ? [k, m] : [m, k], right ? [n, k] : [k, n]];
        const product = (kind: 'float32' | 'float64'): ArrayLike<number> => {
          const as = (content: Float64Array, i: number) => ({
            data: kind === 'float32' ? Float32Array.from(content) : content,
            shape: shapes[i]!,
          });
          return matmul(as(a, 0), as(b, 1), left, right, [m, n], kind);
        };
        const [single, double] = [product('float32'), product('float64')];
        for (let r = 0; r < m; r++) {
          for (let c = 0; c < n; c++) {
            let [exact, weight] = [0, 0];
            for (let i = 0; i < k; i++) {
              const term = a[left ? i * m + r : r * k + i]! * b[right ? c * k + i : i * n + c]!;
              exact += term;
              weight += Math.abs(term);
            }
            const at = r * n + c;
            assert.ok(Math.abs(double[at]! - exact) <= k * 2 ** -52 * weight, `float64 ${m}×${k}×${n}`);
            // A sum of k terms in float32: at most k roundings of 2⁻²⁴ each (Higham 2002, §3.1).
            assert.ok(Math.abs(single[at]! - exact) <= k * 2 ** -23 * weight, `float32 ${m}×${k}×${n}`);
          }
        }
      }),
      { seed: 5, numRuns: 150 },
    );
  });

  it('add up over any dimensions within two roundings of what is added', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(sizes, fc.nat(15), (whole, mask) => {
        const dims = whole.flatMap((_, i) => ((mask >> i) & 1 ? [i] : []));
        const count = whole.reduce((total, size) => total * size, 1);
        const numbers = Float32Array.from({ length: count }, (_, i) => Math.sin(i) * 100);
        const exact = sum(Float64Array.from(numbers), whole, dims, 'float64');
        const weight = sum(Float64Array.from(numbers, Math.abs), whole, dims, 'float64');
        sum(numbers, whole, dims, 'float32').forEach((x, i) =>
          assert.ok(Math.abs(x - exact[i]!) <= 2 ** -23 * weight[i]!, `${x} ${exact[i]!}`),
        );
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('give the statistics of the plain loops, but for the order of additions', () => {
    fc.assert(
      fc.property(fc.integer({ min: 32, max: 400 }), fc.nat(19_000), (count, start) => {
        const numbers = Float32Array.from({ length: count }, (_, i) => {
          const x = many[(start + i) % many.length]!;
          return Number.isFinite(x) ? x : 0;
        });
        const plain = statisticsOf(numbers);
        const vector = statisticsOf(numbers, vectorMoments);
        for (const exact of ['size', 'min', 'max', 'negative', 'zero', 'positive'] as const)
          assert.equal(vector[exact], plain[exact], exact);
        for (const summed of ['mean', 'norm', 'magnitude', 'deviation'] as const) {
          // Sums of n terms of float64 differ by n roundings at most; terms may cancel in the mean.
          const weight = summed === 'mean' ? plain.magnitude : plain[summed];
          assert.ok(Math.abs(vector[summed] - plain[summed]) <= count * 2 ** -52 * weight, summed);
        }
      }),
      { seed: 9, numRuns: 300 },
    );
  });

  it('leave the statistics of what is not finite to the plain loops', () => {
    for (const odd of [NaN, Infinity, -Infinity]) {
      const numbers = new Float32Array(100).fill(1);
      numbers[37] = odd;
      assert.equal(vectorMoments(numbers), null);
      assert.deepEqual(statisticsOf(numbers, vectorMoments), statisticsOf(numbers));
    }
  });
});
