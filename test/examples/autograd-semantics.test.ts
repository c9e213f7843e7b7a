import assert from 'node:assert/strict';
import { printed, retrograd } from './command-line.ts';
import { traced } from './documents.ts';
import { chain } from './numbers.ts';

describe('autograd-semantics', () => {
  // w = 2, b = −1, x = 3: y = 5, L₁ = y² with ∂L₁/∂w = 2y·x = 30 and ∂L₁/∂b = 2y = 10; L₂ = w·x adds 3;
  // L₃ = c·d/x with d held still: ∂L₃/∂w = d·x/x = 6.
  it('prints what a reader expects after each step', () => {
    assert.deepEqual(printed('autograd-semantics'), [
      'before: w.grad null',
      'once: w.grad 30, b.grad 10, x.grad null',
      'twice: w.grad 33',
      'after zeroGrad: w.grad null',
      'with detach: w.grad 6',
      'in noGrad: e.requiresGrad false',
    ]);
  });

  it('shows every backward pass by itself, with its own gradients', () => {
    const models = traced('autograd-semantics').models;
    assert.deepEqual(
      models.map(({ name }) => name),
      ['L1', 'L2', 'L3'],
    );
    const gradientOf = (model: number, name: string): unknown =>
      models[model]!.nodes.find((node) => node.name === name)!.gradient;
    assert.deepEqual([gradientOf(0, 'w'), gradientOf(1, 'w'), gradientOf(2, 'w')], [[30], [3], [6]]);
    assert.deepEqual(gradientOf(0, 'b'), [10]);
  });

  it('says why there is no gradient', () => {
    const why = (node: string, model: string): string =>
      retrograd(['explain', 'examples/autograd-semantics.ts', node, '--model', model]).out;
    assert.match(why('x', 'L1'), /No gradient: a constant, whose gradient nothing asks for \(x, line 7\)\./);
    assert.match(why('d', 'L3'), /No gradient: cut off by detach\(\) \(d, line 32\)\./);
  });

  it('takes the way of c alone, not that of its detached copy', () => {
    assert.deepEqual(chain('autograd-semantics', 'w', 'L3'), ['∂L3/∂c: d / x', '∂c/∂w: x']);
  });
});
