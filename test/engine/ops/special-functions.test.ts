import assert from 'node:assert/strict';
import { erf, erfc } from '../../../engine/expression/error-function.ts';
import { functions } from '../../../engine/expression/evaluate.ts';
import type { Expression } from '../../../engine/expression/expression.ts';
import { digamma, lgamma, polygamma } from '../../../engine/expression/gamma-function.ts';
import { power, round } from '../../../engine/expression/special-functions.ts';
import * as rg from '../../../engine/library.ts';
import { apply } from '../../../engine/autograd/apply.ts';
import { type OpName, ops } from '../../../engine/ops/index.ts';
import { derivativeOf } from '../../../engine/ops/rules.ts';

const f64 = { dtype: 'float64' } as const;

/** x, erf(x), erfc(x) to the nearest float64, from mpmath 1.3. */
const errors: readonly (readonly [number, number, number])[] = [
  [1e-300, 1.1283791670955126e-300, 1],
  [1e-8, 1.1283791670955126e-8, 0.9999999887162083],
  [0.1, 0.1124629160182849, 0.887537083981715],
  [0.4999, 0.5204119951613866, 0.4795880048386134],
  [0.5, 0.5204998778130465, 0.4795001221869535],
  [0.6274938268, 0.6251419492264773, 0.37485805077352274],
  [1, 0.8427007929497149, 0.15729920705028513],
  [1.5, 0.9661051464753108, 0.033894853524689274],
  [2.5, 0.999593047982555, 0.0004069520174449589],
  [4, 0.9999999845827421, 1.541725790028002e-8],
  [6, 1.0, 2.1519736712498913e-17],
  [10, 1, 2.088487583762545e-45],
  [20, 1, 5.395865611607901e-176],
  [26.5, 1, 2.2109076642637343e-307],
  [-0.3, -0.3286267594591274, 1.3286267594591274],
  [-1, -0.8427007929497149, 1.8427007929497148],
  [-3, -0.9999779095030014, 1.9999779095030015],
];

describe('special functions', () => {
  it('erf and erfc are right to 1e-15 of themselves, also where they are tiny', () => {
    for (const [x, plain, complement] of errors) {
      assert.ok(Math.abs(erf(x) - plain) <= 1e-15 * Math.abs(plain), `erf(${x}) = ${erf(x)}`);
      assert.ok(Math.abs(erfc(x) - complement) <= 1e-15 * complement, `erfc(${x}) = ${erfc(x)}`);
    }
  });

  it('erf and erfc have their limits and keep the sign of zero', () => {
    assert.deepEqual([erf(Infinity), erf(-Infinity), erfc(Infinity), erfc(-Infinity)], [1, -1, 0, 2]);
    assert.deepEqual([erf(NaN), erfc(NaN), erfc(1e300)], [NaN, NaN, 0]);
    assert.ok(Object.is(erf(-0), -0));
  });

  it('rounding from the middle goes to the even number', () => {
    const rounded = [0.5, 1.5, 2.5, 3.5, -1.5, -2.5, 0.49999999999999994, 2.6, 2 ** 52 + 1].map(round);
    assert.deepEqual(rounded, [0, 2, 2, 4, -2, -2, 0, 3, 2 ** 52 + 1]);
    assert.ok(Object.is(round(-0.5), -0));
  });

  it('the gamma function’s logarithm and its derivatives are what tables say', () => {
    // Γ(½) = √π, Γ(10) = 9!, Γ(−½) = −2√π; ψ(1) = −γ, ψ(½) = −γ − 2·ln 2; ψ′(1) = π²/6, ψ″(1) = −2·ζ(3), ψ‴(½) = π⁴.
    const [gamma, zeta3] = [0.5772156649015329, 1.2020569031595942];
    for (const [made, expected] of [
      [lgamma(0.5), Math.log(Math.PI) / 2],
      [lgamma(10), Math.log(362880)],
      [lgamma(-0.5), Math.log(2 * Math.sqrt(Math.PI))],
      [lgamma(1), 0],
      [lgamma(2), 0],
      // Stirling's leading terms: x·ln x − x − ½·ln(x / 2π).
      [lgamma(1e10), 1e10 * Math.log(1e10) - 1e10 - Math.log(1e10 / (2 * Math.PI)) / 2],
      [digamma(1), -gamma],
      [digamma(0.5), -gamma - 2 * Math.LN2],
      // ψ(1 − x) − ψ(x) = π·cot πx
      [digamma(-0.25), digamma(1.25) + Math.PI],
      [polygamma(1, 1), Math.PI ** 2 / 6],
      [polygamma(1, -0.5), Math.PI ** 2 / 2 + 4],
      [polygamma(2, 1), -2 * zeta3],
      [polygamma(3, 0.5), Math.PI ** 4],
      [polygamma(0, 3), 1.5 - gamma],
    ] as const)
      assert.ok(Math.abs(made - expected) <= 4e-15 * Math.max(1, Math.abs(expected)), `${made}, not ${expected}`);
    assert.deepEqual([lgamma(0), lgamma(-3), lgamma(-Infinity), lgamma(Infinity)], new Array(4).fill(Infinity));
    assert.deepEqual([digamma(-2), polygamma(1, -2), polygamma(2, 0)], [NaN, Infinity, -Infinity]);
    // What would take for ever, or is no order.
    assert.deepEqual(
      [polygamma(2, -1e9 - 0.5), polygamma(1.5, 1), polygamma(1e9, 1), polygamma(-1, 1)],
      new Array(4).fill(NaN),
    );
  });

  it('1 to any power is 1, as in C', () => {
    assert.deepEqual([power(1, NaN), power(1, Infinity), power(-1, -Infinity), power(NaN, 0)], [1, 1, 1, 1]);
    assert.deepEqual([power(-8, 1 / 3), power(0, -1), power(-2, 3)], [NaN, Infinity, -8]);
  });

  it('keep their digits where the plain formula would overflow or cancel', () => {
    const x = rg.tensor([-800, -40, -1e-12, 40, 800], f64);
    // e^−40 and so on, to 16 digits by mpmath.
    const small = 4.248354255291589e-18;
    const expected: Readonly<Record<string, readonly number[]>> = {
      logSigmoid: [-800, -40, -Math.LN2 - 5e-13, -small, -0],
      sigmoid: [0, small, 0.49999999999975, 1, 1],
      expm1: [-1, -1, -9.999999999995e-13, 235385266837020000, Infinity],
      logaddexp: [0, small, Math.LN2 - 5e-13, 40, 800],
    };
    const made = { logSigmoid: x.logSigmoid(), sigmoid: x.sigmoid(), expm1: x.expm1(), logaddexp: rg.logaddexp(x, 0) };
    for (const [name, { data }] of Object.entries(made)) {
      expected[name]!.forEach((value, i) => {
        const good = value === data[i] || Math.abs(value - data[i]!) <= 1e-15 * Math.abs(value);
        assert.ok(good, `${name}[${i}]: ${data[i]!}, not ${value}`);
      });
    }
    assert.equal(rg.hypot(tensor64(3e300), tensor64(4e300)).item(), 5e300);
    assert.deepEqual(rg.lerp(tensor64(1e16), tensor64(1), [0, 1]).toArray(), [1e16, 1]);
  });
});

const tensor64 = (x: number): rg.Tensor => rg.tensor(x, f64);

describe('formulas', () => {
  const points = [-2.5, -1, -0.6, -0, 0, 0.3, 0.5, 1, 1.5, 21, Infinity, -Infinity, NaN];

  for (const [name, f] of Object.entries(functions)) {
    const op = ops[name];
    // With one number there is nothing to reduce or to turn; only elementwise ops mean the same in both worlds.
    if (!op?.elementwise || name === 'detach') continue;
    it(`compute ${name} as the op does`, () => {
      for (const a of points) {
        for (const b of op.inputs.length > 1 ? points : [0]) {
          const args = [a, b, 0.25].slice(0, op.inputs.length);
          const made = apply(name as OpName, args.map(tensor64)).data[0]!;
          const number = f(...args);
          const good = made === number || Object.is(made, number) || Math.abs(made - number) <= 1e-15 * Math.abs(made);
          assert.ok(good, `${name}(${args.join(', ')}): the op has ${made}, the formula ${number}`);
        }
      }
    });
  }

  it('of every elementwise derivative are made of functions that have numbers', () => {
    const used = new Set<string>();
    const gather = (x: Expression): void => {
      if (x.kind !== 'call') return;
      used.add(x.fn);
      x.args.forEach(gather);
    };
    for (const op of Object.values(ops)) {
      for (const { attributes = {} } of op.samples) {
        op.inputs.forEach((_, i) => {
          const derivative = derivativeOf(op.name, i, attributes);
          if (derivative) gather(derivative);
        });
      }
    }
    assert.ok(used.size > 20);
    assert.deepEqual(
      [...used].filter((fn) => !(fn in functions)),
      [],
    );
  });
});
