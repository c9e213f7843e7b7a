import type { SiteId } from '../../base/brand.ts';
import type { TapeNode, TapePass } from '../../autograd/tape-node.ts';
import { t } from '../../base/l10n.ts';
import type { Expectation } from '../../tensor/expectation.ts';
import { RunStopped } from './limits.ts';
import type { Expected, PassDraft } from './pass-draft.ts';

const most = 10_000;

/** The same line says the same in every step of a loop. */
const keyOf = ({ tensor, expectation: { kind, low, high }, site }: Expected): string =>
  `${tensor.order} ${site} ${kind} ${low} ${high}`;

/** Finds for everything that a program expects of gradients the passes that have something to say to it. */
export class Expectations {
  /** Of the program: for every pass that has the gradient; for the last one where none has. */
  readonly #standing = new Map<string, Expected>();
  readonly #answered = new Set<string>();
  /** Of the model under way: for its pass. */
  #passing = new Map<string, Expected>();
  #inModel = false;
  /** Not told yet where it stands. */
  #latest: Expected | null = null;

  add(tensor: TapeNode, expectation: Expectation): void {
    this.#latest = { tensor, expectation, site: null };
    const list = this.#list;
    list.set(keyOf(this.#latest), this.#latest);
    if (list.size > most)
      throw new RunStopped('too-large', t('The model expects something of more than {0} gradients.', most));
  }

  /** Where the latest stands. */
  at(site: SiteId | null): void {
    if (this.#latest === null) return;
    const placed = { ...this.#latest, site };
    this.#list.delete(keyOf(this.#latest));
    this.#list.set(keyOf(placed), placed);
    this.#latest = null;
  }

  get #list(): Map<string, Expected> {
    return this.#inModel ? this.#passing : this.#standing;
  }

  passBegins(): void {
    this.#inModel = true;
    this.#passing = new Map();
  }

  passEnds(pass: PassDraft, { nodes, gradients }: Pick<TapePass, 'nodes' | 'gradients'>): void {
    if (this.#standing.size > 0) {
      const reached = new Set(nodes.filter((_, i) => gradients[i] !== undefined));
      for (const [key, one] of this.#standing) {
        if (!reached.has(one.tensor)) continue;
        pass.expectations.push(one);
        // What a loop made is in no later pass.
        if (one.tensor.isLeaf) this.#answered.add(key);
        else this.#standing.delete(key);
      }
    }
    if (pass.named.kind !== 'model') return;
    pass.expectations.push(...this.#passing.values());
    this.#passing = new Map();
    this.#inModel = false;
  }

  /** What no pass so far has a gradient for. */
  get unanswered(): readonly Expected[] {
    return [...this.#standing].flatMap(([key, one]) => (this.#answered.has(key) ? [] : [one]));
  }
}
