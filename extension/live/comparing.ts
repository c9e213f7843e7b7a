import type { Disposable } from '../../engine/base/disposable.ts';
import { Emitter } from '../../engine/base/emitter.ts';
import { t } from '../../engine/base/l10n.ts';
import { besideEarlier } from '../../engine/explain/compare/beside.ts';
import type { ComparedRun } from '../../engine/explain/compare/build.ts';
import type { Examination } from '../../engine/explain/health/findings.ts';
import type { ComparisonState } from '../../engine/protocol/comparing.ts';
import type { Trace } from '../../engine/trace/format.ts';
import type { FinishedRun, Live } from './live.ts';

/** Milliseconds without a run after which the next one is a new edit: while one types, every key makes a run. */
const pause = 2000;

/** The shown graph beside an earlier run, for as long as somebody looks: at every edit anew. */
export class Comparing implements Disposable {
  readonly #live: Live;
  readonly #examination: () => Examination | null;
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;
  #before: ComparedRun | null = null;
  #newest: { readonly trace: Trace; readonly at: number } | null = null;
  /** The last good run before the edit that is going on, or was last. */
  #beforeEdit: Trace | null = null;

  constructor(live: Live, examination: () => Examination | null) {
    this.#live = live;
    this.#examination = examination;
    live.onDidFinish((run) => this.#ran(run));
  }

  get isComparing(): boolean {
    return this.#before !== null;
  }

  /** Null when nothing is compared. */
  get state(): ComparisonState | null {
    const { view } = this.#live.presenter;
    if (this.#before === null || view === null || !this.#live.showsTrace) return null;
    return besideEarlier(this.#before, view, this.#examination() ?? {});
  }

  /** With the last good run before the last edit. False when there is none. */
  withLastEdit(): boolean {
    if (this.#beforeEdit === null || this.#beforeEdit.entry !== this.#live.place?.path) return false;
    this.begin({ label: t('before the last edit'), trace: this.#beforeEdit });
    return true;
  }

  /** With what is shown now, whatever is shown afterwards. */
  withShown(label: string): void {
    const { trace } = this.#live.presenter;
    if (trace !== null) this.begin({ label, trace });
  }

  begin(before: ComparedRun): void {
    this.#before = before;
    this.#changed.fire();
  }

  end(): void {
    if (this.#before === null) return;
    this.#before = null;
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #ran({ result: { trace } }: FinishedRun): void {
    if (trace === null) return;
    const at = Date.now();
    const last = this.#newest;
    if (last?.trace.entry !== trace.entry) this.#beforeEdit = null;
    else if (at - last.at > pause && isEdited(last.trace, trace)) this.#beforeEdit = last.trace;
    this.#newest = { trace, at: last && !isEdited(last.trace, trace) ? last.at : at };
  }
}

const isEdited = ({ files }: Trace, now: Trace): boolean =>
  files.length !== now.files.length ||
  files.some(({ path, text }, i) => path !== now.files[i]!.path || text !== now.files[i]!.text);
