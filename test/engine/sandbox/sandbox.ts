import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ModulePath, NodeId } from '../../../engine/base/brand.ts';
import type { Problem } from '../../../engine/base/problem.ts';
import { LineTable } from '../../../engine/base/span.ts';
import { startRunner } from '../../../engine/node/runner.ts';
import { type Budget, type RunResult, type Runner, defaultBudget } from '../../../engine/protocol/worker.ts';
import type { Trace, TraceNode } from '../../../engine/trace/format.ts';

/** Files of a program by path; `main.ts` is the entry. A text alone is `main.ts`. */
export type Sources = string | Readonly<Record<string, string>>;

/** Short deadlines, so that what never ends does not hold the tests up. */
export const impatient: Budget = { ...defaultBudget, softDeadline: 600, hardDeadline: 1500 };

/** A workspace folder on disk and the sandbox that runs what is in it. */
export class Sandbox {
  readonly #runner: Runner;
  readonly #folders: string[] = [];

  constructor() {
    const workerFile = process.env['RETROGRAD_WORKER'];
    this.#runner = startRunner(workerFile === undefined ? {} : { workerFile });
  }

  folder(sources: Sources): string {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'retrograd-sandbox-')));
    this.#folders.push(root);
    for (const [path, text] of Object.entries(typeof sources === 'string' ? { 'main.ts': sources } : sources)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return root;
  }

  async run(sources: Sources, budget: Budget = defaultBudget, root = this.folder(sources)): Promise<RunResult> {
    const result = await this.#runner.run({ root, entry: 'main.ts' as ModulePath, overlays: new Map(), budget });
    if (result === null) throw new Error('The run was replaced, and nobody asked for another.');
    return result;
  }

  dispose(): void {
    this.#runner.dispose();
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
  }
}

/** `code file:line`, of every problem. */
export function told({ problems, files }: RunResult): string[] {
  return problems.map(({ code, file, span }) => {
    const text = files.find(({ path }) => path === file)?.text ?? '';
    return `${code} ${file}:${new LineTable(text).positionAt(span.start).line}`;
  });
}

/** The text that a problem is about. */
export const textAt = ({ files }: RunResult, { file, span }: Problem): string =>
  (files.find(({ path }) => path === file)?.text ?? '').slice(span.start, span.end);

export function named(trace: Trace | null, name: string): TraceNode {
  const node = trace?.nodes.find((candidate) => candidate.name === name);
  if (!node)
    throw new Error(
      `No node is called ${name}: ${trace?.nodes.map((other) => other.name ?? other.op).join(', ') ?? 'no trace'}.`,
    );
  return node;
}

export const valuesOf = (node: TraceNode): number[] => [...(node.value.data ?? [])];

/** The gradient of a named node in the first pass, or null. */
export function gradientOf(trace: Trace | null, name: string): number[] | null {
  const gradient = trace?.passes[0]?.gradients.get(named(trace, name).id);
  return gradient ? [...(gradient.data ?? [])] : null;
}

/** A node's scopes from the outside in, as `name[index]`. */
export function scopePath(trace: Trace, id: NodeId): string {
  const path: string[] = [];
  for (
    let at = trace.scopes[trace.nodes[id]!.scope];
    at;
    at = at.parent === null ? undefined : trace.scopes[at.parent]
  ) {
    if (at.kind !== 'program') path.unshift(`${at.name}[${at.index}]`);
  }
  return path.join('/');
}
