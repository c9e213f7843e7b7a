import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Block, blockAlgebra } from '../../../engine/autograd/block.ts';
import { type Expression, symbol } from '../../../engine/expression/expression.ts';
import { ProgramWriter } from '../../../engine/expression/typescript.ts';
import { type OpName, ops } from '../../../engine/ops/index.ts';
import { formulaOf } from '../../../engine/ops/rules.ts';
import { sizeOf } from '../../../engine/tensor/shape.ts';
import { runProgram } from './run-program.ts';

/** Every op of the register, written as a call of the built library and called, gives what the op's own kernel gives. */
describe('ops written as calls of the library', () => {
  for (const [name, op] of Object.entries(ops)) {
    it(name, async () => {
      for (const { shapes, attributes = {}, contents, range = [-2, 2] } of op.samples) {
        const blocks = shapes.map((shape, i): Block => {
          const given = contents?.[i];
          const drawn = (): number[] =>
            fc.sample(fc.double({ min: range[0], max: range[1], noNaN: true }), {
              numRuns: sizeOf(shape),
              seed: 5 + i,
            });
          return given
            ? { data: Int32Array.from(given), shape, dtype: 'int32' }
            : { data: Float64Array.from(drawn()), shape, dtype: 'float64' };
        });
        const names = shapes.map((_, i) => `x${i}`);
        const args: Expression[] = names.map(symbol);
        const formula = formulaOf(name, attributes, args);
        const expression: Expression =
          name === 'matmul' || formula.kind !== 'call' ? formula : { ...formula, attributes };
        const writer = new ProgramWriter({
          leaf: (leaf) => (leaf.kind === 'symbol' ? leaf.name : '?'),
          isFloat: (leaf) => leaf.kind === 'symbol' && blocks[names.indexOf(leaf.name)]!.dtype === 'float64',
          dtype: 'float64',
        });
        const body = writer.write(expression);
        const text = `import { ${['type Tensor', ...writer.imports].join(', ')} } from 'retrograd';
${writer.helpers.join('\n')}
export function f(${names.map((one) => `${one}: Tensor`).join(', ')}): Tensor { return ${body}; }`;
        const got = await runProgram(text, 'f', blocks);
        const wanted = blockAlgebra.apply(name as OpName, blocks, attributes);
        assert.deepEqual(got.shape, wanted.shape, body);
        const close = wanted.data.every(
          (x, i) => Object.is(x, got.data[i]) || Math.abs(x - got.data[i]!) <= 1e-12 * Math.max(1, Math.abs(x)),
        );
        assert.ok(close, `${body}: [${[...got.data].join(', ')}] instead of [${[...wanted.data].join(', ')}]`);
      }
    });
  }
});
