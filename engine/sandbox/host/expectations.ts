import type { SiteId } from '../../base/brand.ts';
import type { TapeNode, TapePass } from '../../autograd/local-runtime.ts';
import { t } from '../../base/l10n.ts';
import type { Expectation } from '../../tensor/expectation.ts';
import { RunStopped } from './limits.ts';
import type { Expected, PassDraft } from './pass-draft.ts';

const most = 10_000;

/** Finds for everything that a program expects of gradients the passes that have something to say to it. */
export class Expectations {
  /** Of the program: for every pass that has the gradient; for the last one where none has. */
  #standing: Expected[] = [];
  readonly #answered = new Set<Expected>();
  /** Of the model under way: for its pass. */
  #passing: Expected[] = [];
  #inModel = false;

  add(tensor: TapeNode, expectation: Expectation): void {
    const list = this.#inModel ? this.#passing : this.#standing;
    if (list.length >= most)
      throw new RunStopped('too-large', t('The model expects something of more than {0} gradients.', most));
    list.push({ tensor, expectation, site: null });
  }

  /** Where the latest stands. */
  at(site: SiteId | null): void {
    const list = this.#inModel ? this.#passing : this.#standing;
    const latest = list.at(-1);
    if (latest?.site === null) list[list.length - 1] = { ...latest, site };
  }

  passBegins(): void {
    this.#inModel = true;
    this.#passing = [];
  }

  passEnds(pass: PassDraft, { nodes, gradients }: Pick<TapePass, 'nodes' | 'gradients'>): void {
    if (this.#standing.length > 0) {
      const reached = new Set(nodes.filter((_, i) => gradients[i] !== undefined));
      const here = this.#standing.filter(({ tensor }) => reached.has(tensor));
      pass.expectations.push(...here);
      for (const one of here) this.#answered.add(one);
      // What a loop made is in no later pass.
      this.#standing = this.#standing.filter((one) => one.tensor.isLeaf || !this.#answered.has(one));
    }
    if (pass.named.kind !== 'model') return;
    pass.expectations.push(...this.#passing);
    this.#passing = [];
    this.#inModel = false;
  }

  /** What no pass so far has a gradient for. */
  get unanswered(): readonly Expected[] {
    return this.#standing.filter((one) => !this.#answered.has(one));
  }
}
