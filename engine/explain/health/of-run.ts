import type { Pass, Trace } from '../../trace/format.ts';
import { PassView } from '../pass-view.ts';
import { type Examination, findingsOf } from './findings.ts';
import type { FindingView } from './view.ts';

/** The loss before each step of a model's training, from the first; null without one. */
export type LossesOf = (model: string) => readonly number[] | null;

/** The findings of a run, each pass examined when it is first asked for: panel, hover and Problems tell the same, once worked out. */
export class RunFindings {
  readonly #found = new Map<Pass, readonly FindingView[]>();

  /**
   * @param examination what is looked for; null for nothing
   * @param lossesOf what the steps of training made of a model's loss; null where it was not trained
   */
  constructor(
    readonly trace: Trace,
    readonly examination: Examination | null,
    readonly lossesOf: LossesOf = () => null,
  ) {}

  of(pass: Pass): readonly FindingView[] {
    const { trace, examination } = this;
    let findings = this.#found.get(pass);
    if (!findings) {
      const losses = this.lossesOf(pass.name);
      findings =
        examination === null
          ? []
          : findingsOf(new PassView(trace, pass, 'named'), { ...examination, ...(losses && { losses }) });
      this.#found.set(pass, findings);
    }
    return findings;
  }

  /** Of all passes. A loop of the program that trains has one for every step: what they have in common is told of the first. */
  get all(): readonly FindingView[] {
    const told = new Map<string, FindingView>();
    for (const pass of this.trace.passes) {
      for (const finding of this.of(pass)) {
        const { rule, source, node } = finding;
        const key = JSON.stringify([rule, pass.name, source ? [source.file, source.span] : node]);
        if (!told.has(key)) told.set(key, finding);
      }
    }
    return [...told.values()];
  }
}
