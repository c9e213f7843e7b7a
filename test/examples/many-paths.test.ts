import assert from 'node:assert/strict';
import { retrograd } from './command-line.ts';
import { explained } from './documents.ts';
import { gradient, near, sum } from './numbers.ts';

describe('many-paths', () => {
  const x = [0.8, -0.5];
  const W = [
    [
      [0.5, -1],
      [0.7, 0.3],
    ],
    [
      [1.2, -0.4],
      [-0.6, 0.9],
    ],
    [
      [0.8, 0.5],
      [-0.3, 1.1],
    ],
  ];
  const targets = [1, -1];
  // a⁰ = x, aˡᵢ = tanh(Σⱼ wˡᵢⱼ·aˡ⁻¹ⱼ).
  const a = [x];
  for (const layer of W) a.push(layer.map((row) => Math.tanh(sum(row.map((weight, j) => weight * a.at(-1)![j]!)))));
  const outer = a[3]!.map((activation, i) => activation - targets[i]!);
  /** ∂aˡᵢ/∂aˡ⁻¹ⱼ = (1 − aˡᵢ²)·wˡᵢⱼ */
  const local = (l: number, i: number, j: number): number => (1 - a[l]![i]! ** 2) * W[l - 1]![i]![j]!;
  /** Every way from x₁, written down: the units it goes through in layers 1, 2 and 3. */
  const ways = [0, 1].flatMap((i) => [0, 1].flatMap((j) => [0, 1].map((k) => [i, j, k] as const)));
  const products = ways.map(([i, j, k]) => outer[k]! * local(3, k, j) * local(2, j, i) * local(1, i, 0));

  it('has eight paths from x₁, and the sum over them for a gradient', () => {
    const { paths, gradient: whole, sum: total } = explained('many-paths', 'x1');
    assert.equal(paths.length, 8);
    near(whole, sum(products));
    near(total, sum(products));
    for (const { nodes, product } of paths) {
      const way = ways.findIndex(([i, j, k]) => nodes.join(' ') === `x1 a1_${i + 1} a2_${j + 1} a3_${k + 1} L`);
      assert.ok(way >= 0, nodes.join(' '));
      near(product, products[way]!, nodes.join(' '));
    }
  });

  it('tells how many, and shows the strongest first', () => {
    const { pathCount, restOfPaths } = explained('many-paths', 'x1');
    assert.equal(pathCount, '8');
    assert.equal(restOfPaths, null);
    // From x₁ two edges to layer 1, four to layer 2, four to layer 3, two to L; each of the 8 paths has 4 of them.
    assert.match(
      retrograd(['explain', 'examples/many-paths.ts', 'x1']).out,
      /8 paths to L · 12 edges visited once each, path by path 32 times/,
    );
    const sizes = explained('many-paths', 'x1').paths.map(({ product }) => Math.abs(product as number));
    assert.deepEqual(
      sizes,
      [...sizes].sort((p, q) => q - p),
    );
  });

  it('has four paths from a weight of the first layer, and two from one of the second', () => {
    // ∂L/∂w¹₁₁ = x₁·(1 − a¹₁²) times what arrives at a¹₁: the four ways that begin there.
    const arrives = sum(ways.filter(([i]) => i === 0).map(([, j, k]) => outer[k]! * local(3, k, j) * local(2, j, 0)));
    near(gradient('many-paths', 'w1_11')[0], arrives * (1 - a[1]![0]! ** 2) * x[0]!);
    assert.equal(explained('many-paths', 'w1_11').paths.length, 4);
    assert.equal(explained('many-paths', 'w2_11').paths.length, 2);
    assert.equal(explained('many-paths', 'w3_11').paths.length, 1);
  });
});
