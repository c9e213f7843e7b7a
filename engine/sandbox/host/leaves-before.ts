import type { TapeNode } from '../../autograd/tape-node.ts';
import type { TypedArray } from '../../tensor/dtype.ts';
import type { Recorder } from './recorder.ts';
import type { Tape } from './tape.ts';

/** The leaves that were there before a training's first step, parameters among them, and what they held then. */
export class LeavesBefore {
  readonly #leaves: readonly TapeNode[];
  readonly #contents: readonly TypedArray[];

  constructor(tape: Tape) {
    this.#leaves = Array.from({ length: tape.count }, (_, i) => tape.tensor(i)).filter(({ isLeaf }) => isLeaf);
    this.#contents = this.#leaves.map(({ data }) => data);
  }

  /** Contents that are others now, by the leaf's place among all. */
  changed(): Map<number, TypedArray> {
    const changed = new Map<number, TypedArray>();
    this.#leaves.forEach(({ data }, i) => {
      if (data !== this.#contents[i]) changed.set(i, data);
    });
    return changed;
  }

  hold(contents: ReadonlyMap<number, TypedArray>): void {
    for (const [i, data] of contents) this.#leaves[i]!.hold(data);
  }

  /** Leaves get the names that they have in another training of the same program. */
  name(recorder: Recorder, from: LeavesBefore, named: Recorder): void {
    from.#leaves.forEach((leaf, i) => {
      const name = named.nameOf(leaf);
      if (name !== null) recorder.watch(this.#leaves[i]!, name);
    });
  }

  /** Tells of every leaf that holds something else now. */
  tell(recorder: Recorder): void {
    for (const i of this.changed().keys()) recorder.assigned(this.#leaves[i]!);
  }
}
