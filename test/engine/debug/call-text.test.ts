import assert from 'node:assert/strict';
import fc from 'fast-check';
import { callIn, parametersIn } from '../../../engine/debug/call-text.ts';

describe('the text of a call', () => {
  // Call, callee, receiver, arguments.
  const calls: readonly (readonly [string, string | null, string | null, ...string[]])[] = [
    ['layer(x, W)', 'layer', null, 'x', 'W'],
    ['layer()', 'layer', null],
    ['layer(x, W,)', 'layer', null, 'x', 'W'],
    ['net.encode( x )', 'encode', 'net', 'x'],
    ['this.layers[0].forward(x)', 'forward', 'this.layers[0]', 'x'],
    ['x.mul(2).add(f(y, z))', 'add', 'x.mul(2)', 'f(y, z)'],
    ['f?.(x)', 'f', null, 'x'],
    ['net?.encode(x)', 'encode', 'net', 'x'],
    ['f([a, b], { c, d }, (e, g) => e)', 'f', null, '[a, b]', '{ c, d }', '(e, g) => e'],
    ['f(\'a, (b\', "c)", `d, ${e}`, /* g, ( */ h)', 'f', null, "'a, (b'", '"c)"', '`d, ${e}`', '/* g, ( */ h'],
    ["f('it\\'s, (')", 'f', null, "'it\\'s, ('"],
    ['f(x, // the first, (\n W)', 'f', null, 'x', '// the first, (\n W'],
    ['f(a, ...rest, b)', 'f', null, 'a'],
    ['f(a, g<A, B>(x), b)', 'f', null, 'a'],
    ['x / y(2, 3)', null, null],
    ['f(x)(y)', null, null],
    ['f(x', null, null],
    ['f(x])', null, null],
    ['f)', null, null],
    ['x', null, null],
    ['', null, null],
  ];
  for (const [text, callee, receiver, ...args] of calls)
    it(`is taken apart: ${JSON.stringify(text)}`, () => {
      const call = callIn(text);
      assert.equal(call?.callee ?? null, callee);
      assert.equal(call?.receiver?.text ?? null, receiver);
      assert.deepEqual(call?.args.map((part) => part.text) ?? [], args);
      for (const part of call?.args ?? []) assert.ok(text.startsWith(part.text, part.start));
    });

  // Function, parameters.
  const functions: readonly (readonly [string, ...(string | null)[]])[] = [
    ['function layer(x, W) { return x; }', 'x', 'W'],
    ['function layer(x: Tensor, W?: Tensor, scale = 2, ...rest: Tensor[]): Tensor {}', 'x', 'W', 'scale'],
    ['(x: Tensor, [a, b]: [Tensor, Tensor], { c }: P, d = f(1, 2)) => x', 'x', null, null, 'd'],
    ['x => x.mul(2)', 'x'],
    ['async x => x', 'x'],
    ['() => x', ...[]],
    ['forward(x: Map<string, Record<A, B>>, f: (a: A) => B, W: Tensor) { }', 'x', 'f', 'W'],
    ['constructor(private readonly net: Net, b: Tensor) {}', 'net', 'b'],
    ['get value() { }', ...[]],
  ];
  for (const [text, ...names] of functions)
    it(`tells the parameters of ${text}`, () => assert.deepEqual(parametersIn(text), names));

  it('is never anything but a call or none, whatever it is', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...Array.from('()[]{}\'"`/,.xy= \\\n*')), { maxLength: 30 }),
        (characters) => {
          const text = characters.join('');
          const call = callIn(text);
          for (const { start, text: part } of call?.args ?? [])
            assert.equal(text.slice(start, start + part.length), part);
          assert.ok(Array.isArray(parametersIn(text)));
        },
      ),
      { seed: 20260812, numRuns: 2000 },
    ));
});
