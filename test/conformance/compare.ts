import type { Content } from '../../engine/trace/format.ts';
import { statisticsOf } from '../../engine/trace/statistics.ts';
import type { Encoded, ReferenceCase } from './reference.ts';
import type { Ran } from './runs.ts';

/** A number, or a whole tensor, that is not what the reference has. */
export interface Difference {
  readonly node: number;
  readonly op: string;
  readonly what: string;
}

export interface Comparison {
  readonly differences: readonly Difference[];
  /** Largest |a − b| / max(1, max|b|) over all tensors, and where it was. */
  readonly worst: number;
  readonly worstNode: number;
}

/** Compares what a run made of a case with what is expected of it. */
export function compare({ nodes, expected }: ReferenceCase, ran: Exclude<Ran, string>, tolerance: number): Comparison {
  const differences: Difference[] = [];
  let [worst, worstNode] = [0, 0];
  nodes.forEach(({ op, shape }, node) => {
    const made = ran[node]!;
    const judge = (quantity: string, { error, complaint }: Judgement): void => {
      if (error > worst) [worst, worstNode] = [error, node];
      if (complaint !== null) differences.push({ node, op, what: `${quantity}${complaint}` });
    };
    if (made.shape.join() !== shape.join()) {
      judge('shape', { error: 0, complaint: ` is [${made.shape.join(', ')}], expected [${shape.join(', ')}]` });
      return;
    }
    const value = expected.values[node];
    if (value) judge('value', judged(made.value, value, tolerance));
    const gradient = expected.grads[node];
    if (gradient) judge('gradient', judgedGradient(made.gradient, gradient, tolerance));
    // A gradient that the other library did not keep may be missing, or nothing.
    else if (made.gradient !== null && !isZero(made.gradient))
      judge('gradient', { error: 0, complaint: ' is there and not zero, expected none' });
  });
  return { differences, worst, worstNode };
}

interface Judgement {
  readonly error: number;
  readonly complaint: string | null;
}

function judgedGradient(made: Content | null, expected: readonly Encoded[], tolerance: number): Judgement {
  if (made !== null) return judged(made, expected, tolerance);
  // A gradient of nothing has no number that could be missing.
  if (expected.length === 0) return { error: 0, complaint: null };
  const first = expected.slice(0, 4).join(', ');
  return { error: 0, complaint: ` is missing, expected [${first}${expected.length > 4 ? ', …' : ''}]` };
}

function judged({ data, statistics }: Content, encoded: readonly Encoded[], tolerance: number): Judgement {
  const expected = encoded.map(Number);
  if (statistics.size !== expected.length)
    return { error: 0, complaint: ` has ${statistics.size} elements, expected ${expected.length}` };
  // A trace keeps only the statistics of large contents.
  if (data === null) return judgedStatistics(statistics, statisticsOf(expected), tolerance);
  let scale = 1;
  for (const number of expected) if (Number.isFinite(number)) scale = Math.max(scale, Math.abs(number));
  let error = 0;
  let complaint: string | null = null;
  expected.forEach((number, i) => {
    const off = errorOf(data[i]!, number) / scale;
    if (Number.isFinite(off)) error = Math.max(error, off);
    if (!(off <= tolerance)) complaint ??= `[${i}] is ${data[i]!}, expected ${number}`;
  });
  return { error, complaint };
}

/** Infinite where one number is finite and the other is not, or both are not the same. −0 is 0. */
const errorOf = (a: number, b: number): number =>
  Object.is(a, b) || a === b ? 0 : Number.isFinite(a) && Number.isFinite(b) ? Math.abs(a - b) : Infinity;

type Statistics = Content['statistics'];

function judgedStatistics(made: Statistics, expected: Statistics, tolerance: number): Judgement {
  const scale = Math.max(1, expected.norm);
  for (const key of Object.keys(expected) as (keyof Statistics)[]) {
    // Roundings may move a number to the other side of zero.
    if (key === 'negative' || key === 'zero' || key === 'positive') continue;
    if (!(errorOf(made[key], expected[key]) <= tolerance * scale))
      return { error: 0, complaint: `'s ${key} is ${made[key]}, expected ${expected[key]}` };
  }
  return { error: 0, complaint: null };
}

const isZero = ({ statistics: { size, zero } }: Content): boolean => size === zero;
