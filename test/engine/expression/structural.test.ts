import assert from 'node:assert/strict';
import { type Notation, print } from '../../../engine/expression/print.ts';
import { simplify } from '../../../engine/expression/simplify.ts';
import { pullbackOf } from '../../../engine/ops/rules.ts';
import type { Attributes } from '../../../engine/tensor/runtime.ts';

const notation: Notation = {
  leaf: (leaf) => (leaf.kind === 'symbol' ? leaf.name : '?'),
  number: (x) => String(x).replace('-', '−'),
  times: ' ⊙ ',
};

/** Rules of ops that are no functions of numbers, as they are read. */
const rules: readonly [op: string, attributes: Attributes, text: string][] = [
  ['norm', { p: 2 }, 'ȳ / y ⊙ x'],
  ['std', { unbiased: true }, 'ȳ / y ⊙ (x − mean(x)) / degreesOfFreedom(x, y)'],
  ['prod', {}, 'ȳ ⊙ Π_others(x)'],
  ['cumsum', {}, 'cumsumᵀ(ȳ)'],
  ['slice', {}, 'embed(ȳ)'],
  ['cat', {}, 'part(ȳ)'],
  ['permute', {}, 'permute⁻¹(ȳ)'],
  ['roll', {}, 'roll⁻¹(ȳ)'],
  ['pad', {}, 'pad⁻¹(ȳ)'],
  ['tril', {}, 'tril(ȳ)'],
  ['diagonal', {}, 'diag(ȳ)'],
  ['trace', {}, 'ȳ·I'],
  ['det', {}, 'ȳ ⊙ cofactor(x)'],
  ['inverse', {}, '−yᵀ · ȳ · yᵀ'],
  ['indexSelect', {}, 'indexSum(ȳ, index)'],
  ['conv2d', {}, 'conv2dInput(ȳ, w)'],
  ['avgPool2d', {}, 'avgPool2dᵀ(ȳ)'],
];

describe('rules of ops that arrange elements', () => {
  for (const [op, attributes, text] of rules)
    it(`are read: ${op}`, () => assert.equal(print(simplify(pullbackOf(op, 0, attributes)!), notation), text));
});
