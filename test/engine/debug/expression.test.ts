import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { NodeId } from '../../../engine/base/brand.ts';
import type { Block } from '../../../engine/autograd/block.ts';
import { completions } from '../../../engine/debug/expression/complete.ts';
import { type Meaning, evaluate, holds, read } from '../../../engine/debug/expression/evaluate.ts';
import { parse } from '../../../engine/debug/expression/parse.ts';
import { ExpressionError } from '../../../engine/debug/expression/tokens.ts';
import { isTensor } from '../../../engine/debug/expression/value.ts';

const tensor = (shape: number[], ...data: number[]): Block => ({
  data: Float32Array.from(data),
  shape,
  dtype: 'float32',
});

/** A stop at which E = 2 is the loss, W a matrix with a gradient, b a number without one, u₁ a name that is typeset. */
const values: Readonly<Record<string, Block>> = {
  E: tensor([], 2),
  W: tensor([2, 2], 1, 2, 3, 4),
  v: tensor([2], 3, -4),
  b: tensor([], 0.5),
  'u₁': tensor([], 8),
  n: tensor([2], 1, NaN),
};
const names = Object.keys(values);
const gradients: Readonly<Record<string, Block>> = { E: tensor([], 1), W: tensor([2, 2], 0.25, 0.5, 0.75, 1) };

const meaning: Meaning = {
  node: (name) => {
    const id = names.indexOf(name === 'u1' ? 'u₁' : name);
    return id < 0 ? null : (id as NodeId);
  },
  word: (name) => (name === 'op' ? 'sigmoid' : name === 'grad' ? gradients['W'] : undefined),
  value: (node) => values[names[node]!]!,
  gradient: (node) => gradients[names[node]!] ?? null,
  derivative: (of, by) => (names[of] === 'b' ? tensor([], 10 * by) : null),
  member: (node, name) =>
    name === 'grad' ? (gradients[names[node]!] ?? null) : name === 'op' ? 'parameter' : undefined,
  loss: 0 as NodeId,
  names: () => names,
};

const told = (text: string): unknown => {
  const value = read(parse(text), meaning);
  return isTensor(value) ? Array.from(value.data) : value;
};

describe('expressions of the debugger', () => {
  // Worked out by hand from the values above.
  const cases: readonly (readonly [string, unknown])[] = [
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['2 ** 3 ** 2', 512],
    ['-2 ** 2', -4],
    ['10 - 4 - 3', 3],
    ['7 % 4', 3],
    ['1e-3 + .5', 0.501],
    ['− 2 · 3', -6],
    ['b', 0.5],
    ['u1 * 2', 16],
    ['u₁', 8],
    ['W[1][0]', 3],
    ['W[1, 0]', 3],
    ['W[-1]', [3, 4]],
    ['W.grad[0][1]', 0.5],
    ['W.grad', [0.25, 0.5, 0.75, 1]],
    ['norm(v)', 5],
    ['sum(W)', 10],
    ['mean(W)', 2.5],
    ['max(W) - min(W)', 3],
    ['max(1, 7, 3)', 7],
    ['abs(v)', [3, 4]],
    ['W + v', [4, -2, 6, 0]],
    ['2 * v - 1', [5, -9]],
    ['shape(W)', [2, 2]],
    ['size(W)', 4],
    ['std(v)', 3.5],
    ['sqrt(9)', 3],
    ['isnan(n)', true],
    ['isnan(v)', false],
    ['isfinite(v)', true],
    ['norm(n)', NaN],
    ['dE/dW', [0.25, 0.5, 0.75, 1]],
    ['dL/dW[1]', [0.75, 1]],
    ['∂E/∂W', [0.25, 0.5, 0.75, 1]],
    ['db/dv', 20],
    ['b.grad', null],
    ['norm(b.grad)', null],
    ['b.grad == null', true],
    ['b.grad < 1', false],
    ['norm(grad) < 2 && op == "sigmoid"', true],
    ["op != 'tanh' || unknown", true],
    ['!(1 > 2)', true],
    ['1 <= 1 && 2 >= 3', false],
    ['1 === 1', true],
    ['true && NaN', false],
    ['$op', 'sigmoid'],
    ['v == v', true],
    ['W.op', 'parameter'],
  ];
  for (const [text, expected] of cases) it(text, () => assert.deepEqual(told(text), expected));

  const refused: readonly (readonly [string, RegExp])[] = [
    ['', /ends too early/],
    ['1 +', /ends too early/],
    ['(1', /'\)' is missing/],
    ['1 2', /'2' is not expected/],
    ['W[0', /'\]' is missing/],
    ['W..grad', /'\.' is not expected/],
    ['W.secret', /'\.secret' is unknown/],
    ['Wx', /There is no 'Wx' here/],
    ['u2', /Did you mean/],
    ['W[2]', /no element 2 in \[2, 2\]/],
    ['W[0.5]', /no element 0\.5/],
    ['b[0]', /Only tensors have elements/],
    ['W > 1', /write norm/],
    ['op + 1', /A number or a tensor is needed/],
    ['norm()', /takes one argument/],
    ['norm(W, v)', /takes one argument/],
    ['eval("1")', /no function 'eval'/],
    ['toString()', /no function 'toString'/],
    ['W.constructor', /unknown/],
    ['__proto__', /no '__proto__'/],
    ['W = 1', /'=' is not expected/],
    ['a; b', /';' is not expected/],
    ['`1`', /is not expected/],
    ['${1}', /is not expected/],
    ['[1, 2]', /'\[' is not expected/],
    ['{}', /is not expected/],
    ['W + shape(v) + [1]', /is not expected/],
    [`${'('.repeat(100)}1${')'.repeat(100)}`, /nested too deeply/],
    [`${'-'.repeat(200)}1`, /nested too deeply/],
    [`W${'[0]'.repeat(80)}`, /nested too deeply/],
    ['1'.repeat(1001), /at most 1000 characters/],
  ];
  for (const [text, message] of refused)
    it(`refuses ${text.slice(0, 30)}`, () => {
      assert.throws(
        () => told(text),
        (error: Error) => error instanceof ExpressionError && message.test(error.message),
      );
    });

  it('refuses tensors that do not fit, and those that would be larger than any of the run', () => {
    assert.throws(() => told('W + shape(1)'), ExpressionError);
    const long = tensor([3000, 1], ...new Array<number>(3000).fill(1));
    const wide = tensor([1, 3000], ...new Array<number>(3000).fill(1));
    const big: Meaning = { ...meaning, value: (node) => (node === 1 ? long : wide) };
    assert.throws(() => read(parse('W * v'), big), /more than 4194304 elements/);
  });

  it('takes any text, and says what is wrong with it', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...names,
        'u1',
        'op',
        'grad',
        'dE',
        'norm(',
        'max(',
        ')',
        '(',
        '[',
        ']',
        '.',
        ',',
        '+',
        '-',
        '*',
        '/',
        '**',
        '%',
        '<',
        '==',
        '&&',
        '||',
        '!',
        '"a"',
        "'",
        '0',
        '1',
        '1e9',
        '∞',
        '−',
        '$',
        '∂',
        '#6',
        ' ',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        try {
          const asked = parse(text);
          evaluate(asked, meaning);
          holds(asked, meaning);
        } catch (error) {
          assert.ok(error instanceof ExpressionError, `${JSON.stringify(text)}: ${String(error)}`);
          assert.ok(error.at >= 0 && error.at <= text.length);
        }
      }),
      { seed: 20260804, numRuns: 5000 },
    );
  });

  it('completes names, words, functions and members', () => {
    const texts = (text: string): string[] =>
      completions(text, text.length, names, ['op', 'grad']).map((one) => one.text);
    assert.deepEqual(texts('1 + no'), ['norm']);
    assert.deepEqual(texts('W.g'), ['grad']);
    assert.deepEqual(texts('norm(u'), ['u₁']);
    assert.deepEqual(texts('O'), ['op']);
    assert.deepEqual(
      completions('norm(u', 6, names, []).map(({ start, length }) => [start, length]),
      [[5, 1]],
    );
  });
});
