import type { NodeId, ScopeId } from '../base/brand.ts';
import { t } from '../base/l10n.ts';
import type { Block } from '../autograd/block.ts';
import type { Meaning } from './expression/evaluate.ts';
import { called } from './expression/functions.ts';
import { ExpressionError } from './expression/tokens.ts';
import { type Value, plain } from './expression/value.ts';
import { MissingContent } from '../replay/recording.ts';
import type { Moment } from '../replay/stepper/timeline.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { Playback } from './playback.ts';

/** Words that stand for the moment at a stop. */
export const momentWords = [
  'op',
  'name',
  'grad',
  'value',
  'contribution',
  'input',
  'phase',
  'position',
  'loss',
] as const;
type Word = (typeof momentWords)[number];

export interface At {
  readonly position: number;
  /** The op that names are looked up from; that of the moment where none is given. */
  readonly node?: NodeId;
  /** The call whose names come first: that of the op where none is given. */
  readonly scope?: ScopeId;
  /** A node whose gradient is watched: `grad` is that, and so are `norm`, `mean` … without an argument. */
  readonly watched?: NodeId;
}

const ofWatched = new Set(['norm', 'mean', 'std', 'sum', 'max', 'min']);

/** What names mean at a position of a playback. */
export const meaningAt = (playback: Playback, at: At): Meaning => new MomentMeaning(playback, at);

/** A class and no bundle of closures: a condition is worked out at a hundred thousand moments. */
class MomentMeaning implements Meaning {
  readonly #moment: Moment | null;
  readonly #here: NodeId | null;

  constructor(
    readonly playback: Playback,
    readonly at: At,
  ) {
    this.#moment = playback.replay.timeline.at(at.position);
    this.#here = at.node ?? this.#moment?.node ?? null;
  }

  /** The call whose names come first. */
  get #scope(): ScopeId | null {
    return this.at.scope ?? (this.#here === null ? null : this.playback.graph.node(this.#here).scope);
  }

  get loss(): NodeId {
    return this.playback.graph.pass.loss;
  }

  names(): Iterable<string> {
    return this.playback.naming.visible(this.#scope);
  }

  node(name: string): NodeId | null {
    // The op that a forward step is about to compute is not there yet: its name still means what it meant before.
    const isDone = this.#moment?.phase !== 'forward' || this.#here !== this.#moment.node;
    const { naming } = this.playback;
    const node = naming.find(name, this.#here, isDone, this.#scope);
    if (node === null && naming.isParameter(name, this.#scope))
      throw new ExpressionError(t("'{0}' is a parameter that holds no tensor, or one that is not known.", name));
    return node;
  }

  value(node: NodeId): Block | null {
    return kept(() => this.playback.replay.valueAt(this.at.position, node));
  }

  gradient(node: NodeId): Block | null {
    return kept(() => this.playback.replay.gradientAt(this.at.position, node));
  }

  derivative(of: NodeId, by: NodeId): Block | null {
    const size = sizeOf(this.playback.graph.node(of).shape);
    if (size !== 1)
      throw new ExpressionError(t('Only a single number has a derivative of its own; this has {0} elements.', size));
    return kept(() => this.playback.derivative(of, by));
  }

  word(name: string): Value | undefined {
    const { watched } = this.at;
    if (watched !== undefined && ofWatched.has(name)) return called(name, [plain(this.gradient(watched))], 0);
    return (momentWords as readonly string[]).includes(name) ? this.#word(name as Word) : undefined;
  }

  #word(word: Word): Value {
    const { replay, graph, names } = this.playback;
    const here = this.#here;
    const about = this.at.watched ?? here;
    const step = this.#moment?.phase === 'backward' ? this.#moment : null;
    switch (word) {
      case 'op':
        return here === null ? null : graph.node(here).op;
      case 'name':
        return here === null ? null : names.written(here);
      case 'grad':
        return about === null ? null : plain(this.gradient(about));
      case 'value':
        return about === null ? null : plain(kept(() => replay.value(about)));
      case 'contribution':
        return step && plain(kept(() => replay.contribution(step.step)));
      case 'input':
        return step && step.input;
      case 'phase':
        return this.#moment?.phase ?? null;
      case 'position':
        return this.at.position;
      case 'loss':
        return { node: this.loss };
    }
  }

  member(node: NodeId, name: string): Value | undefined {
    const { shape, dtype, op } = this.playback.graph.node(node);
    switch (name) {
      case 'value':
        return plain(this.value(node));
      case 'grad':
        return plain(this.gradient(node));
      case 'shape':
        return { data: Int32Array.from(shape), shape: [shape.length], dtype: 'int32' };
      case 'dtype':
        return dtype;
      case 'op':
        return op;
      default:
        return undefined;
    }
  }
}

/** @throws ExpressionError for what the trace has not kept. */
function kept<Read>(read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    if (error instanceof MissingContent)
      throw new ExpressionError(t('This is too large: the trace did not keep what it is made of.'));
    throw error;
  }
}
