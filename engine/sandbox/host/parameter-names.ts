import { t } from '../../base/l10n.ts';
import type { TapeNode } from '../../autograd/tape-node.ts';
import type { TrainedParameter } from '../../protocol/training.ts';
import type { WeightKept } from '../../protocol/worker.ts';
import { type TypedArray, storageOf } from '../../tensor/dtype.ts';
import { sameShape, showShape } from '../../tensor/shape.ts';

interface Named {
  readonly name: string;
  readonly ordinal: number;
  /** What the program made it with. */
  readonly fresh: TypedArray;
  /** What it was left with: the program may have given it another content since, which is then what it is made with. */
  readonly held: TypedArray;
  /** Why it did not take the content that there is for it; null where it did, undefined where there is none. */
  readonly why: string | null | undefined;
}

const keyOf = (name: string, ordinal: number): string => `${ordinal} ${name}`;

/**
 * The parameters of a run under the names that the source has for them, in the order in which they got them. One that gets a name
 * for which trained content is there takes it before anything is computed with it.
 */
export class ParameterNames {
  readonly #wanted: ReadonlyMap<string, TrainedParameter>;
  readonly #named = new Map<TapeNode, Named>();
  readonly #taken = new Map<string, number>();

  constructor(readonly weights: readonly TrainedParameter[] = []) {
    this.#wanted = new Map(weights.map((weight) => [keyOf(weight.name, weight.ordinal), weight]));
  }

  /** A parameter gets a name, maybe in place of another. True where its content is another from now on. */
  named(leaf: TapeNode, name: string, isUsed: boolean): boolean {
    const before = this.#named.get(leaf);
    if (before?.name === name) return false;
    const ordinal = this.#taken.get(name) ?? 0;
    this.#taken.set(name, ordinal + 1);
    const fresh = before && before.held === leaf.data ? before.fresh : leaf.data;
    const wanted = this.#wanted.get(keyOf(name, ordinal));
    const why = wanted && this.#whyNot(leaf, wanted, isUsed);
    // A copy of what is used already has kept what it was made with.
    const content = isUsed ? leaf.data : wanted && why === null ? storageOf(leaf.dtype, wanted.values) : fresh;
    this.#named.set(leaf, { name, ordinal, fresh, held: content, why });
    if (content === leaf.data) return false;
    leaf.hold(content);
    return true;
  }

  /** Null for a parameter without a name. */
  of(leaf: TapeNode): Pick<TrainedParameter, 'name' | 'ordinal'> | null {
    return this.#named.get(leaf) ?? null;
  }

  /** What became of the trained content. */
  told(): readonly WeightKept[] {
    const found = new Map([...this.#named.values()].map((named) => [keyOf(named.name, named.ordinal), named]));
    return this.weights.map(({ name, ordinal }): WeightKept => {
      const named = found.get(keyOf(name, ordinal));
      const why = named ? (named.why ?? null) : t('The program has no such parameter any more.');
      return { name, ordinal, kept: why === null, why };
    });
  }

  #whyNot(leaf: TapeNode, { shape, values }: TrainedParameter, isUsed: boolean): string | null {
    if (!sameShape(leaf.shape, shape) || values.length !== leaf.data.length)
      return t('Its shape is {0} now, and was {1}.', showShape(leaf.shape), showShape(shape));
    return isUsed ? t('The program computes with it before it has its name.') : null;
  }
}
