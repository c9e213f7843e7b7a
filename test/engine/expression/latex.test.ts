import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import temml from 'temml';
import { evaluateNumber } from '../../../engine/expression/evaluate.ts';
import {
  type Expression,
  call,
  minus,
  negative,
  number,
  over,
  plus,
  power,
  squared,
  symbol,
  times,
} from '../../../engine/expression/expression.ts';
import { type LatexNotation, latex } from '../../../engine/expression/latex.ts';
import { latexName, latexPartial } from '../../../engine/expression/latex-names.ts';
import { ops } from '../../../engine/ops/index.ts';
import { formulaOf, pullbackOf } from '../../../engine/ops/rules.ts';

const scalars: LatexNotation = {
  leaf: (leaf) => (leaf.kind === 'symbol' ? (leaf.name === 'ȳ' ? '\\bar{y}' : latexName(leaf.name)) : '?'),
  number: String,
  isScalar: () => true,
};
const tensors: LatexNotation = { ...scalars, isScalar: (leaf) => leaf.kind === 'symbol' && leaf.name === 's' };
const [x, y, z, s] = [symbol('x'), symbol('y'), symbol('z'), symbol('s')];
const told = (
  fn: string,
  attributes: Readonly<Record<string, number | readonly number[] | null | boolean>>,
): Expression => ({
  kind: 'call',
  fn,
  args: [x],
  attributes,
});
const render = (formula: string): string => temml.renderToString(formula, { throwOnError: true, displayMode: true });

describe('formulas in LaTeX', () => {
  const written: readonly [Expression, string][] = [
    [minus(number(1), squared(y)), '1 - y^{2}'],
    [times(y, minus(number(1), y)), 'y \\cdot (1 - y)'],
    [minus(x, plus(y, z)), 'x - (y + z)'],
    [minus(minus(x, y), z), 'x - y - z'],
    [plus(x, plus(y, z)), 'x + y + z'],
    [negative(times(x, y)), '-x \\cdot y'],
    [times(number(-2), x), '(-2) \\cdot x'],
    [squared(plus(x, y)), '(x + y)^{2}'],
    [squared(over(x, y)), '\\left(\\frac{x}{y}\\right)^{2}'],
    [over(plus(x, y), times(y, z)), '\\frac{x + y}{y \\cdot z}'],
    [times(x, over(y, z)), 'x \\cdot \\frac{y}{z}'],
    [power(x, plus(y, number(1))), 'x^{y + 1}'],
    [power(x, number(0.5)), 'x^{0.5}'],
    [call('sigmoid', plus(x, y)), '\\sigma(x + y)'],
    [call('log', over(x, y)), '\\ln\\left(\\frac{x}{y}\\right)'],
    [call('exp', negative(x)), '\\mathrm{e}^{-x}'],
    [call('sqrt', plus(x, y)), '\\sqrt{x + y}'],
    [call('log1p', x), '\\ln(1 + x)'],
    [call('abs', minus(x, y)), '\\left|x - y\\right|'],
    [call('greater', x, number(0)), '[x > 0]'],
    [call('logicalAnd', call('less', x, y), call('logicalNot', call('equal', x, z))), '[x < y \\land (\\lnot x = z)]'],
    [
      call('where', call('greater', x, number(0)), number(1), number(0.1)),
      '\\begin{cases} 1 & x > 0 \\\\ 0.1 & \\text{otherwise} \\end{cases}',
    ],
    [call('leakyRelu', x), '\\operatorname{leakyRelu}(x)'],
    [told('leakyRelu', { negativeSlope: 0.2 }), '\\operatorname{leakyRelu}(x;\\ \\mathrm{negativeSlope} = 0.2)'],
    [told('sum', { dim: null, keepdim: false }), '\\sum x'],
    [told('sum', { dim: [0, 2], keepdim: true }), '\\sum_{\\mathrm{dim}\\,0,\\,2} x'],
    [told('max', { dim: 1, keepdim: false }), '\\max_{\\mathrm{dim}\\,1}(x)'],
    [told('norm', { p: 2, dim: null, keepdim: false }), '\\left\\| x \\right\\|_{2}'],
    [told('transpose', { dim0: -2, dim1: -1 }), 'x^{\\top}'],
    [told('transpose', { dim0: 0, dim1: 2 }), 'x^{\\top(0,2)}'],
    [told('expand', { shape: [2, 3] }), 'x'],
  ];
  for (const [expression, text] of written)
    it(`are written ${text}`, () => assert.equal(latex(expression, scalars), text));

  const ofTensors: readonly [Expression, string][] = [
    [times(x, y), 'x \\odot y'],
    [times(s, y), 's \\cdot y'],
    [times(number(2), times(x, y)), '2 \\cdot x \\odot y'],
    [call('matmul', call('mT', x), y), 'x^{\\top} \\cdot y'],
    [call('matmul', x, call('matmul', y, z)), 'x \\cdot (y \\cdot z)'],
    [call('matmul', x, times(y, z)), 'x \\cdot (y \\odot z)'],
    [call('matmul', times(x, y), z), '(x \\odot y) \\cdot z'],
    [times(call('matmul', x, y), z), '(x \\cdot y) \\odot z'],
    [times(s, call('matmul', x, y)), 's \\cdot x \\cdot y'],
    [call('matmul', x, times(number(2), y)), 'x \\cdot (2 \\cdot y)'],
    [call('mT', plus(x, y)), '(x + y)^{\\top}'],
  ];
  for (const [expression, text] of ofTensors)
    it(`of tensors are written ${text}`, () => assert.equal(latex(expression, tensors), text));

  const names: readonly [name: string, text: string][] = [
    ['w', 'w'],
    ['u₁', 'u_{1}'],
    ['Yⱼ', 'Y_{j}'],
    ['a²₁₂', 'a^{2}_{12}'],
    ['λ', '\\lambda'],
    ['σ₂', '\\sigma_{2}'],
    ['h[2]', 'h_{[2]}'],
    ['h₁[2][0]', 'h_{1[2][0]}'],
    ['logits', '\\mathrm{logits}'],
    ['layers[0].weight', '\\mathrm{layers[0].weight}'],
    ['snake_case', '\\mathrm{snake\\_case}'],
    ['[1, −2.5]', '[1,\\, -2.5]'],
    ['a}{\\b$%#&^~', '\\mathrm{a\\}\\{{\\backslash}b\\$\\%\\#\\&{\\wedge}{\\sim}}'],
    ['', '{}'],
  ];
  for (const [name, text] of names) {
    it(`call ${name} ${text}`, () => {
      assert.equal(latexName(name), text);
      render(latexPartial(name, name));
    });
  }

  it('take any text for a name without losing their own shape', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (name) => {
        const text = latexName(name);
        // Every brace that is not escaped has its partner, in this order.
        let depth = 0;
        for (const [brace] of text.replace(/\\[{}]/g, '').matchAll(/[{}]/g)) {
          depth += brace === '{' ? 1 : -1;
          assert.ok(depth >= 0, text);
        }
        assert.equal(depth, 0, text);
        // Marks over letters that MathML has no sign for are left out when nothing else helps.
        render(`x = ${text} + 1`.normalize('NFD').replace(/\p{M}/gu, ''));
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  for (const [name, op] of Object.entries(ops)) {
    it(`can be set, of ${name} and its rules`, () => {
      for (const { attributes = {}, shapes } of op.samples) {
        const args = shapes.map((_, i) => symbol(`x${i}`));
        const formula = formulaOf(name, attributes, args);
        for (const notation of [scalars, tensors]) {
          render(latex(formula, notation));
          if (formula.kind === 'call') render(latex({ ...formula, attributes }, notation));
          for (let i = 0; i < args.length; i++) {
            const rule = pullbackOf(name, i, attributes);
            if (rule) render(latex(rule, notation));
          }
        }
      }
    });
  }

  const leaf = fc.oneof(fc.constantFrom(x, y, z), fc.integer({ min: -3, max: 3 }).map(number));
  const expressions: fc.Arbitrary<Expression> = fc.letrec<{ tree: Expression }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5, depthSize: 'medium' },
      leaf,
      fc
        .tuple(fc.constantFrom('add', 'sub', 'mul', 'div'), tie('tree'), tie('tree'))
        .map(([fn, a, b]) => call(fn, a, b)),
      fc
        .tuple(fc.constantFrom('neg', 'square', 'sigmoid', 'tanh', 'sqrt', 'abs', 'exp'), tie('tree'))
        .map(([fn, a]) => call(fn, a)),
    ),
  })).tree;
  const values: Readonly<Record<string, number>> = { x: 0.7, y: -1.3, z: 2.1 };

  it('say what they mean: read back as arithmetic they have the same value', () => {
    fc.assert(
      fc.property(expressions, (expression) => {
        const wanted = evaluateNumber(expression, (one) => (one.kind === 'symbol' ? values[one.name]! : NaN));
        fc.pre(Number.isFinite(wanted) && Math.abs(wanted) < 1e9);
        const text = latex(expression, scalars);
        const got = valueOf(text);
        assert.ok(Math.abs(got - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)), `${text} = ${got}, not ${wanted}`);
      }),
      { seed: 8, numRuns: 1500 },
    );
  });

  /** What a formula of numbers is worth, as somebody reads it who knows LaTeX and nothing of how it was made. */
  function valueOf(text: string): number {
    let script = text
      .replaceAll('\\left|', 'abs(')
      .replaceAll('\\right|', ')')
      .replaceAll('\\left', '')
      .replaceAll('\\right', '');
    for (let before = ''; before !== script;) {
      before = script;
      // From the inside out: a group that holds no other.
      script = script
        .replace(/\\mathrm\{e\}\^\{([^{}]*)\}/g, 'exp($1)')
        .replace(/\\sqrt\{([^{}\\]*)\}/g, 'sqrt($1)')
        .replace(/\\frac\{([^{}\\]*)\}\{([^{}\\]*)\}/g, '(($1)/($2))')
        .replace(/\^\{2\}/g, '**2')
        .replace(/\\(sigma|tanh|exp)(?=\()/g, '$1')
        .replaceAll('\\cdot', '*');
    }
    // A sign before a power means the power's negative, which JavaScript will not read unasked.
    script = script.replace(/(^|[(+*/-]\s*|-\s+)-(?=[\w(])/g, '$1-1*');
    assert.match(script, /^[\w\s.()*/+-]*$/, text);
    const sigma = (v: number): number => 1 / (1 + Math.exp(-v));
    const { abs, exp, sqrt, tanh } = Math;
    return Number(runInNewContext(script, { ...values, sigma, abs, exp, sqrt, tanh }));
  }
});
