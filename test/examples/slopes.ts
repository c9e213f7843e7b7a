import assert from 'node:assert/strict';
import { gradient, sum, value } from './numbers.ts';

/** A parameter's numbers, row by row, by its name as the trace has it. */
export type Weights = (name: string) => readonly number[];

/**
 * Gradients against the same model in plain float64 numbers: (L(w + ε·d) − L(w − ε·d)) / 2ε = ⟨∂L/∂w, d⟩ for directions d of ±1, in
 * which every element has a part. The step is small enough that hardly a relu or a maximum changes sides.
 */
export function agreesWithSlopes(
  example: string,
  names: readonly string[],
  loss: (weights: Weights) => number,
  tolerance = 1e-4,
): void {
  const known = new Map(names.map((name) => [name, value(example, name)]));
  const eps = 1e-6;
  for (const [seed, name] of names.entries()) {
    const direction = known.get(name)!.map((_, i) => (Math.sin(12.9898 * i + 78.233 * seed) > 0 ? 1 : -1));
    const moved = (by: number): number =>
      loss((asked) => (asked === name ? known.get(name)!.map((x, i) => x + by * direction[i]!) : known.get(asked)!));
    const slope = (moved(eps) - moved(-eps)) / (2 * eps);
    const found = gradient(example, name);
    const predicted = sum(found.map((g, i) => g * direction[i]!));
    const size = Math.hypot(...found);
    assert.ok(size > 0, `${name} has a gradient`);
    assert.ok(Math.abs(slope - predicted) <= tolerance * size, `${name}: ${predicted} against ${slope}, of ${size}`);
  }
}
