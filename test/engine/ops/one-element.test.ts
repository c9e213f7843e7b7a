import assert from 'node:assert/strict';
import { apply } from '../../../engine/autograd/apply.ts';
import { evaluateNumber, ofOneElement } from '../../../engine/expression/evaluate.ts';
import { type Tensor, tensor } from '../../../engine/library.ts';
import type { OpDefinition } from '../../../engine/ops/define.ts';
import { type OpName, ops } from '../../../engine/ops/index.ts';
import { pullbackOf } from '../../../engine/ops/rules.ts';
import type { Attributes } from '../../../engine/tensor/runtime.ts';

/** A sample with every size 1, where the op has a meaning there. */
function single(op: OpDefinition, { shapes, attributes = {} }: OpDefinition['samples'][number]): Attributes | null {
  const ones = shapes.map((shape) => shape.map(() => 1));
  const given = { ...attributes };
  if (Array.isArray(given.shape)) given.shape = (given.shape as readonly number[]).map(() => 1);
  for (const name of ['start', 'end', 'rows', 'columns', 'size', 'diagonal', 'offset'] as const)
    if (typeof given[name] === 'number')
      given[name] = name === 'start' || name === 'diagonal' || name === 'offset' ? 0 : 1;
  if (Array.isArray(given.kernel)) Object.assign(given, { kernel: [1, 1], stride: [1, 1], padding: [0, 0] });
  if (op.name.startsWith('conv2d')) Object.assign(given, { padding: [0, 0], groups: 1 });
  if (Array.isArray(given.pads)) given.pads = (given.pads as readonly number[]).map(() => 0);
  try {
    return op.shape(ones, given).every((size) => size === 1) ? given : null;
  } catch {
    return null;
  }
}

describe('the rule of an op of single elements', () => {
  const silent = new Set<string>();
  for (const op of Object.values(ops)) {
    it(`says as a number what the tape says: ${op.name}`, () => {
      for (const sample of op.samples) {
        const attributes = single(op, sample);
        if (!attributes) continue;
        const inputs = sample.shapes.map((shape, k): Tensor => {
          const shape1 = shape.map(() => 1);
          const index = op.choosers.includes(op.inputs[k] ?? '') && sample.contents?.[k];
          const content = tensor(index ? 0 : (op.name === 'acosh' ? 1.7 : 0.7) - 0.4 * k, {
            dtype: index ? 'int32' : 'float64',
            requiresGrad: !index,
          });
          return content.reshape(shape1);
        });
        const leaves = inputs.map((x) => (x.dtype === 'int32' ? x : tensor(x, { requiresGrad: true })));
        const y = apply(op.name as OpName, leaves, attributes);
        if (!y.requiresGrad) continue;
        y.reshape([1]).mul(3).sum().backward();
        leaves.forEach((leaf, i) => {
          const rule = pullbackOf(op.name, i, attributes);
          const said = rule && ofOneElement(rule);
          if (!rule || !leaf.grad) return;
          if (!said) return void silent.add(op.name);
          const values: Record<string, number> = { y: y.item(), ȳ: 3 };
          op.inputs.forEach((name, k) => (values[name] = (op.variadic ? leaf : leaves[k]!).item()));
          const number = evaluateNumber(said, (one) => (one.kind === 'symbol' ? values[one.name]! : NaN));
          assert.ok(Math.abs(number - leaf.grad.item()) < 1e-12, `${number}, not ${leaf.grad.item()}`);
        });
      }
    });
  }

  it('is one of numbers for all but those that may put another number in its place, and scans', () => {
    const expected = ['avgPool2d', 'avgPool2dBack', 'cofactor', 'cumprod', 'pad', 'recurrence', 'solveTriangular'];
    expected.push('std', 'tril', 'triu', 'variance');
    assert.deepEqual([...silent].sort(), expected);
  });
});
