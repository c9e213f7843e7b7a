import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModulePath } from '../../../engine/base/brand.ts';
import { startRunner } from '../../../engine/node/runner.ts';
import type { Trace } from '../../../engine/trace/format.ts';
import { type RunResult, type Runner, defaultBudget } from '../../../engine/protocol/worker.ts';

export const file = 'model.ts' as ModulePath;

/** Runs model texts in the real sandbox, in an empty workspace folder. */
export class TextRunner {
  readonly #runner: Runner = startRunner();
  readonly #root = mkdtempSync(join(tmpdir(), 'retrograd-text-'));

  async run(text: string): Promise<RunResult> {
    const result = await this.#runner.run({
      root: this.#root,
      entry: file,
      overlays: new Map([[file, text]]),
      budget: defaultBudget,
    });
    return result!;
  }

  /** Of a text that is known to be good. */
  async trace(text: string): Promise<Trace> {
    const { trace, problems } = await this.run(text);
    if (!trace) throw new Error(problems.map(({ message }) => message).join('\n'));
    return trace;
  }

  dispose(): void {
    this.#runner.dispose();
    rmSync(this.#root, { recursive: true });
  }
}
