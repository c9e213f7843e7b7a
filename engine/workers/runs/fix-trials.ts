import type { ModulePath } from '../../base/brand.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { SourceFix, TextEdit } from '../../base/source-fix.ts';
import type { FixOffer } from '../../explain/health/fixes.ts';
import type { Examination } from '../../explain/health/findings.ts';
import { type Trial, trialOf } from '../../explain/health/mended.ts';
import type { FindingView } from '../../explain/health/view.ts';
import type { PassView } from '../../explain/pass-view.ts';
import type { RunRequest, Runner } from '../../protocol/worker.ts';
import type { Trace } from '../../trace/format.ts';

/** A fix that the source has the form for, and with which the program still runs. */
export interface TriedFix {
  readonly title: string;
  readonly file: ModulePath;
  /** In the text that the trace has of the file. */
  readonly edits: readonly TextEdit[];
  readonly trial: Trial;
}

/** Runs programs with fixes applied, beside the live run and one at a time, to see which help. */
export class FixTrials implements Disposable {
  readonly #program: () => RunRequest | null;
  readonly #startRunner: () => Runner;
  /** There from the first trial on. */
  #runner: Runner | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  /** A trace is of one text: what was tried for it need not be tried again. */
  readonly #tried = new WeakMap<Trace, Map<string, Promise<TriedFix | null>>>();

  /**
   * @param program the live program as it is now; null while nothing may run.
   * @param startRunner a sandbox for single runs.
   */
  constructor(program: () => RunRequest | null, startRunner: () => Runner) {
    this.#program = program;
    this.#startRunner = startRunner;
  }

  /** Null where the form is not understood, the program with the fix has no trace, or nothing may run (any more). */
  try(offer: FixOffer, finding: FindingView, view: PassView, examination: Examination): Promise<TriedFix | null> {
    if (this.#program() === null) return Promise.resolve(null);
    const ofTrace = this.#tried.get(view.trace) ?? new Map<string, Promise<TriedFix | null>>();
    this.#tried.set(view.trace, ofTrace);
    const key = JSON.stringify([view.pass.name, finding.rule, finding.node, offer]);
    const known = ofTrace.get(key);
    if (known) return known;
    const tried = this.#queue.then(() => this.#try(offer, finding, view, examination));
    this.#queue = tried.catch(() => null);
    ofTrace.set(key, tried);
    // What was not allowed to run, or was stopped, may be asked for again.
    void tried.then(
      (result) => result ?? ofTrace.delete(key),
      () => ofTrace.delete(key),
    );
    return tried;
  }

  dispose(): void {
    this.#runner?.dispose();
  }

  async #try(
    { title, fix }: FixOffer,
    finding: FindingView,
    view: PassView,
    examination: Examination,
  ): Promise<TriedFix | null> {
    const after = await this.#runWith(fix, view.trace);
    if (!after) return null;
    return { title, file: fix.file, edits: after.edits, trial: trialOf(finding, view, after.trace, examination) };
  }

  /** With the texts of the trace, whatever was typed since: places of the fix count in them. */
  async #runWith(
    fix: SourceFix,
    { entry, files }: Trace,
  ): Promise<{ trace: Trace; edits: readonly TextEdit[] } | null> {
    // Asked again: the permission may have been withdrawn, or the file changed, while this was waiting.
    const program = this.#program();
    if (program?.entry !== entry) return null;
    this.#runner ??= this.#startRunner();
    const overlays = new Map([...program.overlays, ...files.map(({ path, text }) => [path, text] as const)]);
    const result = await this.#runner.run({ ...program, overlays, fix });
    return result?.trace && result.edits ? { trace: result.trace, edits: result.edits } : null;
  }
}
