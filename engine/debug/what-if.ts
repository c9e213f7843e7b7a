import type { NodeId } from '../base/brand.ts';
import { t } from '../base/l10n.ts';
import { elementName } from '../explain/tensors/matrix-view.ts';
import type { LeafOverride } from '../protocol/worker.ts';
import type { TypedArray } from '../tensor/dtype.ts';
import { RequestError } from './arguments.ts';
import { bookmarkOf, placeOf } from './bookmark.ts';
import { type Launched, run } from './launch.ts';
import { takesSameWay } from './same-way.ts';
import type { Session } from './session.ts';
import { numberIn } from './variables/number-in.ts';
import { exactly } from './variables/show.ts';

/** One number of a leaf, by its row-major place. */
export interface LeafElement {
  readonly node: NodeId;
  readonly element: number;
}

interface Change {
  readonly override: LeafOverride;
  /** `w₁ = 0.5 (was 0.8)`, in the names of the run that it was made in: another way may have no such leaf. */
  readonly told: string;
}

/** Longer lists are cut off: they are read in a line. */
const most = 3;

/**
 * Numbers that leaves hold in place of the run's own. The program is run with them, because only it knows which way it takes then;
 * what is stepped through goes on from where it is, in the run that comes of it.
 */
export class WhatIf {
  /** The run with its own numbers. */
  #own: Launched;
  #changes: readonly Change[] = [];
  /** One after the other: each begins with what the one before has come to. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(readonly session: Session) {
    this.#own = session.playback.launched;
  }

  /** The run that was launched last, its numbers untouched. */
  get own(): Launched {
    return this.#own;
  }

  get overrides(): readonly LeafOverride[] {
    return this.#changes.map(({ override }) => override);
  }

  /** `w₁ = 0.5 (was 0.8)`, `W[1,0] = 2.5 (was 3)`. */
  get changes(): string[] {
    const told = this.#changes.map((change) => change.told);
    return told.length > most ? [...told.slice(0, most), '…'] : told;
  }

  /** Another run was launched. */
  reset(): void {
    this.#own = this.session.playback.launched;
    this.#changes = [];
  }

  /**
   * Runs the program with another number in a leaf. Returns what is to be done once the client has its answer.
   * @throws RequestError for what is no leaf, a text that is no number, and a program that fails with it.
   */
  change(place: LeafElement, text: string): Promise<() => void> {
    const changed = this.#last.then(() => this.#change(place, text));
    this.#last = changed.catch(() => undefined);
    return changed;
  }

  async #change(place: LeafElement, text: string): Promise<() => void> {
    const override = this.#overrideFor(place, numberIn(text));
    const isOther = ({ override: { node, element } }: Change): boolean =>
      node !== place.node || element !== place.element;
    const others = this.#changes.filter(isOther);
    const change = { override, told: this.#told(override) };
    const changes = Object.is(override.to, override.from) ? others : inOrder([...others, change]);
    if (changes.length === 0) return this.restore();
    const launched = await this.#runWith(changes.map((one) => one.override));
    this.#changes = changes;
    const where = change.told;
    const { trainingStep } = this.session.launch;
    const said =
      trainingStep !== null && trainingStep > 1
        ? t('What if: {0}. The program was run up to step {1} of training, and on with that.', where, trainingStep)
        : t('What if: {0}. The program was run with that.', where);
    return this.#show(launched, said);
  }

  /** The run's own values again. */
  restore(): () => void {
    if (this.#changes.length === 0) return () => undefined;
    this.#changes = [];
    return this.#show(this.#own, t('The values of the run are back.'));
  }

  #overrideFor({ node, element }: LeafElement, to: number): LeafOverride {
    const { graph, names } = this.session.playback;
    const { kind, value } = graph.node(node);
    if (kind === 'op')
      throw new RequestError(t('{0} is computed: change a parameter, an input or a constant.', names.shown(node)));
    if (!value.data) throw new RequestError(t('This is too large: the trace did not keep its elements.'));
    if (!(element >= 0 && element < value.data.length)) throw new RequestError(t('There is no such element.'));
    const before = this.#changes.find(({ override: one }) => one.node === node && one.element === element);
    const stored = value.data.slice(element, element + 1);
    const from = before?.override.from ?? stored[0]!;
    return { node, element, from, to: rounded(stored, to) };
  }

  async #runWith(overrides: readonly LeafOverride[]): Promise<Launched> {
    const { session } = this;
    const own = this.#own;
    const texts = new Map(own.trace.files.map(({ path, text }) => [path, text]));
    const launched = await run(session.launch, session.host, { texts, overrides });
    if (launched === null || own !== this.#own || session.isOver) throw new RequestError(t('The run was stopped.'));
    if (launched.failure && !own.failure)
      throw new RequestError(t('With these numbers the model fails: {0}', launched.failure.message));
    const missed = launched.result.overridden?.find(({ applied }) => !applied);
    if (missed && 'why' in missed.literal) throw new RequestError(missed.literal.why);
    return launched;
  }

  /** Where a program takes another way, the place that is like the one where the session is. */
  #show(launched: Launched, said: string): () => void {
    const { session } = this;
    const before = session.playback.graph.pass.nodes.length;
    if (takesSameWay(session.playback.launched, launched)) {
      session.output(said);
      session.showNumbersOf(launched);
      if (session.connection.understands.invalidatedEvent) return () => undefined;
      // A client that cannot be told so asks for everything anew where something has stopped.
      return () => session.stopped({ reason: 'goto', description: t('What if') });
    }
    const bookmark = bookmarkOf(session.playback);
    session.output(said);
    session.show(launched);
    const now = launched.graph.pass.nodes.length;
    const way = t(
      'It takes another way: {0} nodes in place of {1}. That run is stepped through from here.',
      now,
      before,
    );
    if (this.#changes.length > 0) session.output(way);
    return () =>
      session.goTo(placeOf(session.playback, bookmark), {
        reason: 'goto',
        description: t('Another way through the program'),
      });
  }

  #told({ node, element, from, to }: LeafOverride): string {
    const { graph, names } = this.session.playback;
    const { shape, dtype, name } = graph.node(node);
    // A number without a name is shown as itself.
    const shown = name === null ? names.written(node) : names.shown(node);
    return t('{0} = {1} (was {2})', elementName(shown, element, shape), exactly(to, dtype), exactly(from, dtype));
  }
}

const inOrder = (changes: readonly Change[]): Change[] =>
  [...changes].sort(({ override: a }, { override: b }) => a.node - b.node || a.element - b.element);

/** As an array of a leaf's kind holds it. */
function rounded(array: TypedArray, x: number): number {
  array[0] = x;
  return array[0];
}
