import type { ModulePath } from '../../engine/base/brand.ts';
import { startRunner } from '../../engine/node/runner.ts';
import { type Budget, defaultBudget } from '../../engine/protocol/worker.ts';
import type { Trace, TraceNode } from '../../engine/trace/format.ts';
import type { Ran, Way } from './runs.ts';

/** A machine that is busy with other things must not make a case fail. */
const patient: Budget = { ...defaultBudget, softDeadline: 30_000, hardDeadline: 40_000 };

/** Runs programs of a folder as the editor does. */
export function inSandbox(root: string): Way {
  const workerFile = process.env['RETROGRAD_WORKER'];
  const runner = startRunner({ spare: false, ...(workerFile === undefined ? {} : { workerFile }) });
  return {
    name: 'sandbox',
    async run(file, names) {
      const result = await runner.run({ root, entry: file as ModulePath, overlays: new Map(), budget: patient });
      const problem = result?.problems.find(({ severity }) => severity === 'error');
      if (problem) return problem.message;
      return result?.trace ? ranNodes(result.trace, names) : 'The run left no trace.';
    },
    dispose: () => runner.dispose(),
  };
}

function ranNodes(trace: Trace, names: readonly string[]): Ran {
  const named = byName(trace);
  const gradients = trace.passes[0]?.gradients;
  const missing = names.find((name) => !named.has(name));
  if (missing !== undefined) return `The trace has no node called ${missing}.`;
  return names.map((name) => {
    const { id, shape, dtype, value } = named.get(name)!;
    return { shape, dtype, value, gradient: gradients?.get(id) ?? null };
  });
}

/** By every name that a node was given: two variables may hold one tensor. */
function byName({ nodes, sites }: Trace): ReadonlyMap<string, TraceNode> {
  return new Map(
    nodes.flatMap((node) =>
      node.sites.flatMap((site) => {
        const name = sites.get(site)?.name;
        return name === null || name === undefined ? [] : [[name, node] as const];
      }),
    ),
  );
}
