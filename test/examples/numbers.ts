import assert from 'node:assert/strict';
import type { JsonNumber } from '../../engine/explain/json.ts';
import { explained, traced } from './documents.ts';

/** float32 numbers against closed forms in float64. */
export function near(actual: unknown, expected: number, what = '', tolerance = 1e-6): void {
  assert.equal(typeof actual, 'number', what);
  assert.ok(
    Math.abs((actual as number) - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${what}: ${String(actual)} against ${expected}`,
  );
}

/** The same for every element. */
export function allNear(actual: unknown, expected: readonly number[], what = '', tolerance = 1e-6): void {
  assert.ok(Array.isArray(actual), `${what}: ${JSON.stringify(actual)}`);
  assert.equal(actual.length, expected.length, what);
  expected.forEach((x, i) => near((actual as unknown[])[i], x, `${what}[${i}]`, tolerance));
}

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
export const sum = (xs: readonly number[]): number => xs.reduce((total, x) => total + x, 0);

/** (f(x + ε) − f(x − ε)) / 2ε in float64, for each element. */
export const central = (f: (x: readonly number[]) => number, x: readonly number[], eps = 1e-5): number[] =>
  x.map((_, i) => {
    const moved = (by: number): number => f(x.map((one, j) => (j === i ? one + by : one)));
    return (moved(eps) - moved(-eps)) / (2 * eps);
  });

/** The factors of the first path as `∂of/∂by: formula`. */
export const chain = (example: string, node: string, model?: string): string[] =>
  explained(example, node, model).paths[0]!.factors.map(({ of, by, formula }) => `∂${of}/∂${by}: ${formula}`);
export const factors = (example: string, node: string, model?: string): unknown[] =>
  explained(example, node, model).paths[0]!.factors.map(({ value }) => value);

const named = (example: string, name: string, model: number) => {
  const found = traced(example)
    .models[model]!.nodes.filter((node) => node.name === name)
    .at(-1);
  assert.ok(found, `${example} has no ${name}`);
  return found;
};

/** Row-major contents of a node of a model. */
export const value = (example: string, name: string, model = 0): number[] => numbers(named(example, name, model).value);
export const gradient = (example: string, name: string, model = 0): number[] =>
  numbers(named(example, name, model).gradient);

function numbers(content: readonly JsonNumber[] | string | null): number[] {
  assert.ok(Array.isArray(content), String(content));
  return content as number[];
}
