import type { Series } from '../../engine/protocol/training.ts';

/** Columns of several series over all steps that any of them has: null is a gap, undefined a step that one has left out. */
export interface Columns {
  readonly steps: readonly number[];
  readonly values: readonly (readonly (number | null | undefined)[])[];
}

/** @param isLog Numbers that have no logarithm are gaps. */
export function columnsOf(lines: readonly Series[], isLog: boolean): Columns {
  const steps = [...new Set(lines.flatMap((line) => line.steps))].sort((a, b) => a - b);
  const rows = new Map(steps.map((step, row) => [step, row]));
  const values = lines.map((line) => {
    const column = Array.from<number | null | undefined>({ length: steps.length });
    line.steps.forEach((step, i) => {
      const value = line.values[i] ?? null;
      column[rows.get(step)!] = isLog && value !== null && value <= 0 ? null : value;
    });
    return column;
  });
  return { steps, values };
}

/** The last number that was kept at or before a step; undefined where there is none. Null: it was not finite. */
export function valueAt({ steps, values }: Series, step: number): number | null | undefined {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]! <= step) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? undefined : (values[low - 1] ?? null);
}
