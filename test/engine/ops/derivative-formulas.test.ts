import assert from 'node:assert/strict';
import { type Notation, print } from '../../../engine/expression/print.ts';
import { simplify } from '../../../engine/expression/simplify.ts';
import { substitute } from '../../../engine/expression/substitute.ts';
import { number } from '../../../engine/expression/expression.ts';
import type { Attributes } from '../../../engine/tensor/runtime.ts';
import { derivativeOf } from '../../../engine/ops/rules.ts';

const notation: Notation = {
  leaf: (leaf) => (leaf.kind === 'symbol' ? leaf.name : '?'),
  number: (x) => String(Number(x.toPrecision(4))).replace('-', '−'),
  times: '·',
};
const read = (op: string, input: number, attributes: Attributes = {}, bound: Readonly<Record<string, number>> = {}) => {
  const values = Object.fromEntries(Object.entries(bound).map(([name, value]) => [name, number(value)]));
  return print(simplify(substitute(derivativeOf(op, input, attributes)!, values)), notation);
};

/** What a reader of a card sees, as it stands in tables of derivatives. */
describe('derivatives', () => {
  const unary: readonly (readonly [string, string, Attributes?])[] = [
    ['exp2', 'y·ln(2)'],
    ['expm1', 'exp(x)'],
    ['log10', '1 / (x·ln(10))'],
    ['log1p', '1 / (1 + x)'],
    ['erf', '1.128·exp(−x²)'],
    ['rsqrt', '−0.5·y³'],
    ['reciprocal', '−y²'],
    ['floor', '0'],
    ['tan', '1 + y²'],
    ['acos', '−1 / √(1 − x²)'],
    ['atanh', '1 / (1 − x²)'],
    ['sinh', 'cosh(x)'],
    ['logSigmoid', 'σ(−x)'],
    ['silu', 'σ(x)·(1 + x·(1 − σ(x)))'],
    ['softsign', '1 / (1 + |x|)²'],
    ['relu6', '[x > 0]·[x < 6]'],
    ['hardtanh', '[x > −1]·[x < 1]', { min: -1, max: 1 }],
    ['hardsigmoid', '[x > −3]·[x < 3] / 6'],
    ['hardswish', '([x < −3] ? 0 : ([x > 3] ? 1 : x / 3 + 0.5))'],
    ['elu', '([x > 0] ? 1 : exp(x))', { alpha: 1 }],
    ['elu', '([x > 0] ? 1 : 0.5·exp(x))', { alpha: 0.5 }],
    ['celu', '([x > 0] ? 1 : exp(2·x))', { alpha: 0.5 }],
    ['softplus', '([x > 20] ? 1 : σ(x))', { beta: 1, threshold: 20 }],
    ['gelu', '0.5·erfc(−0.7071·x) + 0.3989·x·exp(−x² / 2)', { approximate: 'none' }],
    ['maskedFill', '(mask ? 0 : 1)', { value: 2 }],
  ];
  for (const [op, text, attributes = {}] of unary)
    it(`of ${op} ${JSON.stringify(attributes)} reads ${text}`, () => assert.equal(read(op, 0, attributes), text));

  const binary: readonly (readonly [string, string, string])[] = [
    ['maximum', '1 − [a < b] − 0.5·[a = b]', '1 − [a > b] − 0.5·[a = b]'],
    ['pow', '([b = 0] ? 0 : b·a^(b − 1))', '([a = 0 and b ≥ 0] ? 0 : y·ln(a))'],
    ['hypot', 'a / y', 'b / y'],
    ['atan2', 'b / (a² + b²)', '−a / (a² + b²)'],
    ['logaddexp', 'σ(a − b)', 'σ(b − a)'],
    ['xlogy', '([a = 0 and b ≤ 0] ? 0 : ln(b))', 'a / b'],
  ];
  for (const [op, first, second] of binary)
    it(`of ${op} read ${first} and ${second}`, () => assert.deepEqual([read(op, 0), read(op, 1)], [first, second]));

  it('of a power with a known exponent or base are those of the textbook', () => {
    const exponents: readonly (readonly [number, string])[] = [
      [3, '3·a²'],
      [2, '2·a'],
      [1, '1'],
      [0, '0'],
      [0.5, '0.5·a^(−0.5)'],
      [-1, '−a⁻²'],
    ];
    for (const [b, text] of exponents) assert.equal(read('pow', 0, {}, { b }), text);
    assert.equal(read('pow', 1, {}, { a: 2 }), 'y·ln(2)');
  });
});
