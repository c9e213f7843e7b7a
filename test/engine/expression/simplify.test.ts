import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Block, blockAlgebra } from '../../../engine/autograd/block.ts';
import { pullbacks } from '../../../engine/autograd/pullbacks/index.ts';
import { evaluateNumber } from '../../../engine/expression/evaluate.ts';
import { type Expression, call, number, symbol } from '../../../engine/expression/expression.ts';
import { same } from '../../../engine/expression/same.ts';
import { simplify } from '../../../engine/expression/simplify.ts';
import type { OpName } from '../../../engine/ops/index.ts';

const constants = fc.constantFrom(-3, -1, 0, 0.5, 1, 2, 3, 12, 64).map(number);
const close = (a: number, b: number, scale: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, scale);

describe('simplified formulas of numbers', () => {
  const names = ['x', 'y', 'z'] as const;
  const binary = fc.constantFrom('add', 'sub', 'mul', 'div', 'minimum', 'maximum', 'greater', 'lessEqual', 'equal');
  const unary = fc.constantFrom(
    'neg',
    'square',
    'sigmoid',
    'tanh',
    'exp',
    'sin',
    'abs',
    'relu',
    'sqrt',
    'log',
    'sign',
    'detach',
  );
  const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6, depthSize: 'medium' },
      fc.oneof(fc.constantFrom(...names).map(symbol), constants),
      fc.tuple(binary, tie('tree'), tie('tree')).map(([fn, a, b]) => call(fn, a, b)),
      fc.tuple(unary, tie('tree')).map(([fn, a]) => call(fn, a)),
      fc.tuple(tie('tree'), fc.constantFrom(0, 1, 2, 3, -1)).map(([a, n]) => call('pow', a, number(n))),
      fc
        .tuple(tie('tree'), tie('tree'), tie('tree'), tie('tree'))
        .map(([a, b, c, d]) => call('where', call('greater', a, b), c, d)),
      fc
        .tuple(tie('tree'), tie('tree'), tie('tree'))
        .map(([a, b, c]) => call('logicalAnd', call('greater', a, b), call('less', b, c))),
    ),
  }));
  const point = fc.record({
    x: fc.double({ min: -3, max: 3, noNaN: true }),
    y: fc.double({ min: -3, max: 3, noNaN: true }),
    z: fc.double({ min: 0.1, max: 3, noNaN: true }),
  });
  type Point = Readonly<Record<string, number>>;
  const valueOf = (expression: Expression, at: Point): number =>
    evaluateNumber(expression, (leaf) => (leaf.kind === 'symbol' ? at[leaf.name]! : NaN));
  /** Where a part is huge its last digits are, too: how far the two may be apart. */
  const largest = (x: Expression, at: Point): number =>
    Math.max(Math.abs(valueOf(x, at)), ...(x.kind === 'call' ? x.args.map((argument) => largest(argument, at)) : []));
  /** Comparisons jump where rounding decides them. */
  const isSteady = (x: Expression, at: Point): boolean =>
    x.kind !== 'call' ||
    (x.args.every((argument) => isSteady(argument, at)) &&
      (!jumps.has(x.fn) || Math.abs(valueOf(x.args[0]!, at) - (x.args[1] ? valueOf(x.args[1], at) : 0)) > 1e-6));
  const jumps = new Set(['greater', 'less', 'lessEqual', 'equal', 'sign', 'logicalAnd']);

  it('keep their value wherever every part of them is finite', () => {
    let tried = 0;
    fc.assert(
      fc.property(tree, point, (expression, at) => {
        const scale = largest(expression, at);
        if (!(scale < 1e6) || !isSteady(expression, at)) return;
        tried++;
        const [before, after] = [valueOf(expression, at), valueOf(simplify(expression), at)];
        assert.ok(close(before, after, scale * scale), `${before} became ${after}`);
      }),
      { seed: 21, numRuns: 4000 },
    );
    assert.ok(tried > 1000, `only ${tried} were of use`);
  });

  it('are not simplified further by being simplified again', () => {
    fc.assert(
      fc.property(tree, (expression) => {
        const once = simplify(expression);
        const twice = simplify(once);
        // What is equal by then, but was written in another order, may still be put in order.
        assert.ok(same(simplify(twice), twice) || same(twice, once));
      }),
      { seed: 22, numRuns: 2000 },
    );
  });
});

describe('simplified formulas of tensors', () => {
  type Shaped = 'scalar' | 'row' | 'square';
  const shapes: Readonly<Record<Shaped, readonly number[]>> = { scalar: [], row: [2], square: [2, 2] };
  const leaves: Readonly<Record<Shaped, readonly string[]>> = { scalar: ['s', 't'], row: ['r'], square: ['A', 'B'] };
  const whole = { dim: null };

  const trees = fc.letrec<Record<Shaped, Expression>>((tie) => {
    const wider: Readonly<Record<Shaped, readonly Shaped[]>> = {
      scalar: ['scalar'],
      row: ['scalar', 'row'],
      square: ['scalar', 'row', 'square'],
    };
    const elementwise = (shape: Shaped): fc.Arbitrary<Expression>[] => [
      fc
        .tuple(
          fc.constantFrom('add', 'sub', 'mul', 'div'),
          tie(shape),
          fc.oneof(...wider[shape].map((one) => tie(one)), constants),
          fc.boolean(),
        )
        .map(([fn, a, b, turned]) => (turned ? call(fn, b, a) : call(fn, a, b))),
      fc.tuple(fc.constantFrom('neg', 'square', 'tanh'), tie(shape)).map(([fn, a]) => call(fn, a)),
    ];
    const of = (shape: Shaped, ...more: fc.Arbitrary<Expression>[]): fc.Arbitrary<Expression> =>
      fc.oneof(
        { maxDepth: 5, depthSize: 'medium' },
        fc.constantFrom(...leaves[shape]).map(symbol),
        ...elementwise(shape),
        ...more,
      );
    return {
      scalar: of(
        'scalar',
        tie('square').map((a) => call('sumLike', a, symbol('s'))),
        tie('square').map((a): Expression => ({ kind: 'call', fn: 'sum', args: [a], attributes: whole })),
      ),
      row: of(
        'row',
        tie('square').map((a) => call('sumLike', a, symbol('r'))),
      ),
      square: of(
        'square',
        fc.tuple(tie('square'), tie('square')).map(([a, b]) => call('matmul', a, b)),
        tie('square').map((a) => call('mT', a)),
        fc.tuple(fc.oneof(tie('scalar'), constants), tie('square')).map(([g, like]): Expression => ({
          kind: 'call',
          fn: 'expandLike',
          args: [g, like],
          attributes: whole,
        })),
      ),
    };
  });

  const block = (shape: readonly number[], numbers: readonly number[]): Block => ({
    data: Float64Array.from(numbers),
    shape,
    dtype: 'float64',
  });
  // Not so small that a quotient of two overflows, and not 0: a part that is not finite is none of the property's.
  const contents = fc.array(
    fc.integer({ min: 1, max: 256 }).map((n) => (n - 128.5) / 64),
    { minLength: 4, maxLength: 4 },
  );
  const table = fc.record({ A: contents, B: contents, r: contents, s: contents, t: contents });

  const evaluate = (x: Expression, at: Readonly<Record<string, Block>>): Block => {
    if (x.kind === 'number') return block([], [x.value]);
    if (x.kind !== 'call') return at[x.kind === 'symbol' ? x.name : '']!;
    const args = x.args.map((argument) => evaluate(argument, at));
    const attributes = x.attributes ?? {};
    const pullback = pullbacks[x.fn];
    if (pullback) return pullback(args, { algebra: blockAlgebra, symbols: {}, attributes, inputs: [], inputIndex: 0 });
    return blockAlgebra.apply(x.fn as OpName, args, attributes);
  };
  const parts = (x: Expression): Expression[] => (x.kind === 'call' ? [x, ...x.args.flatMap(parts)] : [x]);

  for (const shape of Object.keys(shapes) as Shaped[]) {
    it(`of shape ${shape} keep their value`, () => {
      let tried = 0;
      fc.assert(
        fc.property(trees[shape], table, (expression, given) => {
          const at = {
            A: block([2, 2], given.A),
            B: block([2, 2], given.B),
            r: block([2], given.r.slice(0, 2)),
            s: block([], given.s.slice(0, 1)),
            t: block([], given.t.slice(0, 1)),
          };
          const scale = Math.max(...parts(expression).flatMap((part) => Array.from(evaluate(part, at).data, Math.abs)));
          if (!(scale < 1e5)) return;
          tried++;
          const before = evaluate(expression, at);
          const after = evaluate(simplify(expression, true), at);
          // What is the same everywhere may have become one number.
          assert.ok(after.data.length <= before.data.length);
          const spread = blockAlgebra.apply('add', [blockAlgebra.apply('mul', [before, block([], [0])]), after]);
          assert.equal(spread.data.length, before.data.length);
          before.data.forEach((wanted, i) => assert.ok(close(wanted, spread.data[i]!, scale * scale)));
        }),
        { seed: 23, numRuns: 1500 },
      );
      assert.ok(tried > 500, `only ${tried} were of use`);
    });
  }
});
