import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
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
import { type Notation, print } from '../../../engine/expression/print.ts';
import { simplify } from '../../../engine/expression/simplify.ts';

const notation: Notation = {
  leaf: (leaf) => (leaf.kind === 'symbol' ? leaf.name : '?'),
  number: (x) => String(x).replace('-', '−'),
  times: '·',
};
const [x, y, z] = [symbol('x'), symbol('y'), symbol('z')];

describe('formulas', () => {
  const printed: readonly [Expression, string][] = [
    [minus(number(1), squared(y)), '1 − y²'],
    [times(y, minus(number(1), y)), 'y·(1 − y)'],
    [minus(x, plus(y, z)), 'x − (y + z)'],
    [minus(minus(x, y), z), 'x − y − z'],
    [plus(x, times(y, z)), 'x + y·z'],
    [plus(times(x, y), z), 'x·y + z'],
    [plus(x, plus(y, z)), 'x + y + z'],
    [times(x, plus(y, z)), 'x·(y + z)'],
    [negative(times(x, y)), '−x·y'],
    [negative(plus(x, y)), '−(x + y)'],
    [times(x, negative(y)), 'x·(−y)'],
    [times(number(-2), x), '(−2)·x'],
    [squared(number(-2)), '(−2)²'],
    [squared(plus(x, y)), '(x + y)²'],
    [over(x, times(y, z)), 'x / (y·z)'],
    [over(times(x, y), z), 'x·y / z'],
    [times(x, over(y, z)), 'x·(y / z)'],
    [power(x, number(3)), 'x³'],
    [power(x, number(-1)), 'x⁻¹'],
    [power(x, y), 'x^y'],
    [call('sigmoid', plus(x, y)), 'σ(x + y)'],
    [call('log', x), 'ln(x)'],
    [call('sqrt', plus(x, y)), '√(x + y)'],
    [call('abs', minus(x, y)), '|x − y|'],
    [call('step', x), '[x > 0]'],
    [call('greaterEqual', x, number(0)), '[x ≥ 0]'],
    [call('where', call('greater', x, number(0)), number(1), number(0.1)), '([x > 0] ? 1 : 0.1)'],
    [call('matmul', call('mT', x), y), 'xᵀ · y'],
    [call('matmul', x, call('matmul', y, z)), 'x · (y · z)'],
  ];
  for (const [expression, text] of printed)
    it(`are written ${text}`, () => assert.equal(print(expression, notation), text));

  const simplified: readonly [Expression, string][] = [
    [times(number(1), x), 'x'],
    [times(number(0), x), '0'],
    [plus(x, number(0)), 'x'],
    [minus(number(0), x), '−x'],
    [negative(negative(x)), 'x'],
    [times(number(0.5), times(number(2), minus(x, y))), 'x − y'],
    [times(x, times(number(-1), y)), '−x·y'],
    [times(x, x), 'x²'],
    [plus(x, negative(y)), 'x − y'],
    [minus(x, negative(y)), 'x + y'],
    [plus(x, x), '2·x'],
    [power(x, number(1)), 'x'],
    [power(x, number(2)), 'x²'],
    [over(x, number(4)), 'x / 4'],
    [over(times(number(2), minus(x, y)), number(12)), '2·(x − y) / 12'],
    [over(times(number(2), x), number(2)), 'x'],
    [over(number(1), number(3)), '1 / 3'],
    [over(number(1), number(4)), '1 / 4'],
    [over(x, number(0.25)), '4·x'],
    [times(x, over(number(1), y)), 'x / y'],
    [times(times(number(1), y), minus(number(1), y)), 'y·(1 − y)'],
    [squared(negative(x)), 'x²'],
  ];
  for (const [expression, text] of simplified) {
    it(`become ${text} when simplified`, () => assert.equal(print(simplify(expression), notation), text));
  }

  const leaf = fc.oneof(fc.constantFrom(x, y, z), fc.integer({ min: -3, max: 3 }).map(number));
  const expressions: fc.Arbitrary<Expression> = fc.letrec<{ tree: Expression }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5, depthSize: 'medium' },
      leaf,
      fc
        .tuple(fc.constantFrom('add', 'sub', 'mul', 'div'), tie('tree'), tie('tree'))
        .map(([fn, a, b]) => call(fn, a, b)),
      fc.tuple(fc.constantFrom('neg', 'square', 'sigmoid', 'tanh'), tie('tree')).map(([fn, a]) => call(fn, a)),
    ),
  })).tree;
  const values: Readonly<Record<string, number>> = { x: 0.7, y: -1.3, z: 2.1 };
  const valueOf = (expression: Expression): number =>
    evaluateNumber(expression, (one) => (one.kind === 'symbol' ? values[one.name]! : NaN));
  const same = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));

  const finite = (expression: Expression): boolean =>
    Number.isFinite(valueOf(expression)) && (expression.kind !== 'call' || expression.args.every(finite));

  it('keep their value when simplified, wherever every part of them is finite', () => {
    fc.assert(
      fc.property(expressions, (expression) => {
        fc.pre(finite(expression));
        const before = valueOf(expression);
        const after = valueOf(simplify(expression));
        assert.ok(
          same(before, after),
          `${print(expression, notation)} = ${before}; ${print(simplify(expression), notation)} = ${after}`,
        );
      }),
      { seed: 7, numRuns: 2000 },
    );
  });

  it('say what they mean: read back as arithmetic they have the same value', () => {
    fc.assert(
      fc.property(expressions.map(simplify), (expression) => {
        fc.pre(finite(expression));
        const wanted = valueOf(expression);
        const text = print(expression, notation);
        const script = text
          .replace(/σ\(/g, 'sigmoid(')
          .replace(/−/g, '-')
          .replace(/·/g, '*')
          .replace(/²/g, '**2')
          // A sign before a power means the power's negative, which JavaScript will not read unasked.
          .replace(/(^|[(+*/-]\s*|-\s+)-(?=[\w(])/g, '$1-1*');
        // Names, numbers and signs only: nothing that could do anything but compute.
        assert.match(script, /^[\w\s.()*/+-]*$/);
        const got = Number(
          runInNewContext(script, { ...values, sigmoid: (v: number) => 1 / (1 + Math.exp(-v)), tanh: Math.tanh }),
        );
        assert.ok(same(wanted, got), `${text} = ${got}, not ${wanted}`);
      }),
      { seed: 8, numRuns: 1000 },
    );
  });
});
