import type { ModulePath } from '../../engine/base/brand.ts';
import { type Leaves, type WorkloadName, workloads } from './workloads.ts';

/** A workload as a file of a user's, in the folder of this file, with what is to be done with it. */
export function trainingLoop(
  workload: WorkloadName,
  body: string,
  leaves: Leaves = workloads[workload].leaves(),
): { readonly entry: ModulePath; readonly overlays: ReadonlyMap<ModulePath, string> } {
  const entry = 'main.ts' as ModulePath;
  const text = [
    `import { program } from './programs/${workload}.ts';`,
    `import { prepared } from './programs/program.ts';`,
    `import leaves from './leaves.json';`,
    `const { step, check } = prepared(program, leaves);`,
    body,
  ].join('\n');
  const overlays = new Map([
    [entry, text],
    ['leaves.json' as ModulePath, JSON.stringify(leaves)],
  ]);
  return { entry, overlays };
}
