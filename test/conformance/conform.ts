import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Comparison, compare } from './compare.ts';
import { inNode } from './in-node.ts';
import { inSandbox } from './in-sandbox.ts';
import { UnknownOp, nameOf, programOf } from './program.ts';
import type { ReferenceCase } from './reference.ts';
import type { Way } from './runs.ts';

export type WayName = Way['name'];
export const allWays: readonly WayName[] = ['node', 'sandbox'];
/** Of |a − b|, relative to the largest element of the tensor or 1. */
export const exact = 1e-9;

export interface Settings {
  readonly ways?: readonly WayName[];
  readonly dtype?: 'float32' | 'float64';
  readonly tolerance?: number;
}

/** What came of one case, one way. Either it was compared, or it failed before there was anything to compare. */
export interface Outcome {
  readonly case: ReferenceCase;
  readonly way: WayName;
  readonly comparison: Comparison | null;
  readonly failure: string | null;
}

export const passed = ({ comparison, failure }: Outcome): boolean =>
  failure === null && comparison !== null && comparison.differences.length === 0;

/** Runs every case as a program, each way, and compares what the nodes and their gradients are with the reference. */
export async function* conform(
  cases: readonly ReferenceCase[],
  { ways = allWays, dtype = 'float64', tolerance = exact }: Settings = {},
): AsyncGenerator<readonly Outcome[]> {
  const folder = newFolder();
  const starts = { node: inNode, sandbox: inSandbox };
  const started = ways.map((way) => starts[way](folder));
  try {
    for (const [i, one] of cases.entries()) {
      const file = `case-${i}.ts`;
      const unwritten = written(join(folder, file), one, dtype);
      const outcomes: Outcome[] = [];
      for (const way of started) {
        const ran =
          unwritten ??
          (await way.run(
            file,
            one.nodes.map(({ id }) => nameOf(id)),
          ));
        const failed = typeof ran === 'string';
        outcomes.push({
          case: one,
          way: way.name,
          comparison: failed ? null : compare(one, ran, tolerance),
          failure: failed ? ran : null,
        });
      }
      yield outcomes;
    }
  } finally {
    for (const way of started) way.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A folder for programs, outside the project. */
export function newFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'retrograd-programs-')));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  return folder;
}

/** Writes the program, or says why there is none. */
function written(file: string, one: ReferenceCase, dtype: 'float32' | 'float64'): string | null {
  try {
    writeFileSync(file, programOf(one, dtype));
    return null;
  } catch (error) {
    if (error instanceof UnknownOp) return error.message;
    throw error;
  }
}
