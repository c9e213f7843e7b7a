import assert from 'node:assert/strict';
import { UnknownOp, programOf } from './program.ts';
import type { ReferenceNode } from './reference.ts';

const text = (...nodes: readonly Omit<ReferenceNode, 'id'>[]): string =>
  programOf(
    {
      id: 'one',
      nodes: nodes.map((node, id) => ({ id, ...node })),
      loss: nodes.length - 1,
      expected: { values: [], grads: [] },
    },
    'float64',
  );
const leaf = (op: string, shape: readonly number[], data: ReferenceNode['data'] & object, dtype = 'float64') =>
  ({ op, shape, data, dtype }) as Omit<ReferenceNode, 'id'>;

describe('a case as a program', () => {
  it('reads as a user would write it', () => {
    const made = text(
      leaf('input', [2, 2], [1, -0, 0.1, 'Infinity']),
      leaf('const', [2], [true, false], 'bool'),
      leaf('const', [], [1], 'int64'),
      { op: 'where', in: [1, 0, 2], attrs: {}, shape: [2, 2] },
      { op: 'sum', in: [3], attrs: { dim: null, keepdim: false }, shape: [] },
    );
    assert.equal(
      made,
      `// one
import { param, tensor, where } from 'retrograd';

export const v0 = param([[1, -0], [0.1, Infinity]], { dtype: 'float64' });
export const v1 = tensor([true, false], { dtype: 'bool' });
export const v2 = tensor(1, { dtype: 'int32' });
export const v3 = where(v1, v0, v2);
export const v4 = v3.sum(null, false);

v4.backward();
`,
    );
  });

  it('writes attributes where the functions take them, and leaves out what is not given', () => {
    const [x, w] = [leaf('input', [1], [1]), leaf('input', [0, 3], [])];
    const line = (op: string, inputs: readonly number[], attrs: Record<string, unknown>): string | undefined =>
      new RegExp('v2 = (.*);').exec(text(x, w, { op, in: inputs, attrs, shape: [] }))?.[1];
    assert.equal(line('rsub_scalar', [0], { value: 2 }), 'sub(2, v0)');
    assert.equal(line('clamp', [0], { min: null, max: 1.5 }), 'v0.clamp(null, 1.5)');
    assert.equal(line('masked_fill', [0, 1], { value: '-Infinity' }), 'v0.maskedFill(v1, -Infinity)');
    assert.equal(line('slice', [0], { dim: 0, start: 1, end: null, step: 2 }), 'v0.slice(0, 1, null, 2)');
    assert.equal(line('cat', [0, 0], { dim: 0 }), 'cat([v0, v0], 0)');
    assert.equal(line('gather', [0, 1], { dim: 1 }), 'v0.gather(1, v1)');
    assert.equal(line('einsum', [0, 1], { equation: 'i,j->ij' }), 'einsum("i,j->ij", v0, v1)');
    assert.equal(
      line('conv2d', [0, 1], { stride: [1, 2], padding: 0 }),
      'conv2d(v0, v1, undefined, { stride: [1, 2], padding: 0 })',
    );
    assert.equal(
      line('layer_norm', [0], { normalized_shape: [3], eps: 1e-5 }),
      'layerNorm(v0, [3], undefined, undefined, { eps: 0.00001 })',
    );
    assert.equal(line('linear', [0, 1], {}), 'linear(v0, v1)');
    assert.match(text(w), /v0 = zeros\(\[0, 3\], \{ dtype: 'float64', requiresGrad: true \}\)/);
  });

  it('has no word for what it does not know', () => {
    assert.throws(() => text({ op: 'toString', in: [], attrs: {}, shape: [] }), UnknownOp);
  });
});
