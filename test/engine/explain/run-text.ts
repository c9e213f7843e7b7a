import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ModulePath } from '../../../engine/base/brand.ts';
import { startRunner } from '../../../engine/node/runner.ts';
import type { Trace } from '../../../engine/trace/format.ts';
import { type LeafOverride, type RunResult, type Runner, defaultBudget } from '../../../engine/protocol/worker.ts';

export const file = 'model.ts' as ModulePath;

/** Some models take long, and tests share a machine. */
const budget = { ...defaultBudget, softDeadline: 20_000, hardDeadline: 30_000 };

/** Runs model texts in the real sandbox, in an empty workspace folder. */
export class TextRunner {
  readonly #runner: Runner = startRunner();
  readonly #root = mkdtempSync(join(tmpdir(), 'retrograd-text-'));

  async run(text: string, overrides?: readonly LeafOverride[]): Promise<RunResult> {
    const result = await this.#runner.run({
      root: this.#root,
      entry: file,
      overlays: new Map([[file, text]]),
      budget,
      ...(overrides && { overrides }),
    });
    return result!;
  }

  /** Of a text that is known to be good. */
  async trace(text: string): Promise<Trace> {
    return good(await this.run(text));
  }

  /** Of a worked example, with the files beside it; or of another text in its place. */
  async example(name: string, text?: string): Promise<Trace> {
    const entry = name as ModulePath;
    const overlays = new Map(text === undefined ? [] : [[entry, text]]);
    const root = fileURLToPath(new URL('../../../examples/', import.meta.url));
    return good((await this.#runner.run({ root, entry, overlays, budget }))!);
  }

  dispose(): void {
    this.#runner.dispose();
    rmSync(this.#root, { recursive: true });
  }
}

function good({ trace, problems }: RunResult): Trace {
  if (!trace) throw new Error(problems.map(({ message }) => message).join('\n'));
  return trace;
}
