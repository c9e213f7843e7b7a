import assert from 'node:assert/strict';
import { printed } from './command-line.ts';
import { explained } from './documents.ts';
import { central, chain, gradient, near } from './numbers.ts';

describe('sensitivity', () => {
  // D = 2, α = 1.5, β = 0.8, γ = 4: a = 1, b = 0.6, c₁ = 0.15·D = 0.3, c₂ = 0.05·D = 0.1.
  // ∂f/∂D = α·0.5/(1 + a) + β·0.3·(1 − b)·e⁻ᵇ + γ·(0.15·c₂ + c₁·0.05) = 0.375 + 0.096·e^−0.6 + 0.12.
  const byDose = 0.375 + 0.096 * Math.exp(-0.6) + 0.12;
  const byStrength = { alpha: Math.log(2), beta: 0.6 * Math.exp(-0.6), gamma: 0.03 };

  it('has the derivatives of the formula', () => {
    near(gradient('sensitivity', 'D')[0], byDose);
    for (const [name, expected] of Object.entries(byStrength)) near(gradient('sensitivity', name)[0], expected, name);
  });

  it('has those of central differences', () => {
    const f = ([D, alpha, beta, gamma]: readonly number[]): number =>
      alpha! * Math.log1p(0.5 * D!) + beta! * 0.3 * D! * Math.exp(-0.3 * D!) + gamma! * 0.15 * D! * 0.05 * D!;
    central(f, [2, 1.5, 0.8, 4]).forEach((slope, i) =>
      near(gradient('sensitivity', ['D', 'alpha', 'beta', 'gamma'][i]!)[0], slope, String(i), 1e-5),
    );
  });

  it('lists what comes through each ingredient, the parts of c apart', () => {
    const { terms, paths } = explained('sensitivity', 'D');
    const through = Object.fromEntries(terms.map(({ through: name, value }) => [name, value]));
    assert.deepEqual(Object.keys(through), ['a', 'b', 'c']);
    near(through['a'], 0.375);
    near(through['b'], 0.096 * Math.exp(-0.6));
    near(through['c'], 0.12);
    terms.forEach(({ value: part, share }) => near(share, (part as number) / byDose));
    // c₁ and c₂ work together, so each has its own path: γ·c₂·0.75·0.2 and γ·c₁·0.25·0.2, both 0.06.
    assert.deepEqual(paths.map(({ nodes }) => nodes.join(' ')).sort(), [
      'D a f1 f',
      'D b f2 f',
      'D c c1 f3 f',
      'D c c2 f3 f',
    ]);
  });

  it('explains ∂f/∂a by the formulas of a logarithm', () => {
    assert.deepEqual(chain('sensitivity', 'a'), ['∂f/∂f1: 1', '∂f1/∂a: α / (1 + a)']);
  });

  it('prints the derivative and what is measured side by side', () => {
    const expected = { D: byDose, ...byStrength };
    const lines = printed('sensitivity');
    assert.equal(lines.length, 4);
    Object.entries(expected).forEach(([name, derivative], i) => {
      const [, shown, analytic, measured] = /^∂f\/∂(\w+): derivative (\S+), measured (\S+)$/.exec(lines[i]!)!;
      assert.equal(shown, name);
      near(Number(analytic), derivative, name, 6e-5);
      // A step of 0.01 in float32: four digits.
      near(Number(measured), derivative, name, 3e-4);
    });
  });
});
