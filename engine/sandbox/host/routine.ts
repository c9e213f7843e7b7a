import type { TapeNode } from '../../autograd/tape-node.ts';
import type { OpName } from '../../ops/index.ts';
import type { TypedArray } from '../../tensor/dtype.ts';
import type { Attributes, Described, LeafKind } from '../../tensor/runtime.ts';
import { sameShape, type Shape } from '../../tensor/shape.ts';
import { RunStopped } from './limits.ts';
import type { Tape } from './tape.ts';

/** How a tensor of a step was made: by an op, */
interface Making {
  readonly op: OpName;
  /** Numbers of tensors; below 0, their places among those of the step. */
  readonly inputs: readonly number[];
  readonly attributes: Attributes;
  /** Of the inputs, and what they made. */
  readonly of: readonly Described[];
  readonly what: Described;
}

/** or as a leaf of plain values. */
interface Content {
  readonly leaf: LeafKind;
  /** As it was then: a leaf that is given another content has another array. */
  readonly data: TypedArray;
  readonly what: Described;
}

/**
 * What the tensors of a training's step were made by, to make them once more when the guest finds that it would say the same
 * again (`engine/sandbox/guest/routine.ts`). What it says is checked here as all else.
 */
export class Routine {
  /** By the place among the tensors of the step. Null for what is made in no other way than by being told so. */
  #made: (Making | Content | null)[] = [];
  /** By the number of rows that a step begins with: the last of an epoch has fewer. 0: with none. */
  readonly #routines = new Map<number, (Making | Content | null)[]>();
  #base = -1;
  /** Rows that the last step began with, and the batches that they are of. */
  rows = 0;
  batches: number | null = null;

  constructor(
    readonly tape: Tape,
    /** Told of what was made, after each. */
    readonly done: (shape: Shape) => void,
  ) {}

  begin(): void {
    this.#base = this.tape.count;
    this.choose(0, null);
  }

  /** The step begins with so many rows. The guest does the same. */
  choose(rows: number, batches: number | null): void {
    if (this.tape.count !== this.#base) return;
    this.rows = rows;
    this.batches = batches;
    this.#made = this.#routines.get(rows) ?? [];
    this.#routines.set(rows, this.#made);
  }

  end(): void {
    this.#base = -1;
  }

  /** Whether it is to be told of what is made. */
  get isNoting(): boolean {
    return this.#base >= 0;
  }

  /** The latest tensor was made of tensors of these numbers. */
  applied(numbers: readonly number[], latest: TapeNode): void {
    this.#note({
      op: latest.op as OpName,
      inputs: numbers.map((number) => this.#reference(number)),
      attributes: latest.attributes,
      // A node without a gradient to come does not know its inputs any more.
      of: numbers.map((number) => kindOf(this.tape.tensor(number))),
      what: kindOf(latest),
    });
  }

  /** The latest tensor is a leaf of its own content. */
  leaf(kind: LeafKind, leaf: TapeNode): void {
    this.#note(leaf.requiresGrad ? null : { leaf: kind, data: leaf.data, what: kindOf(leaf) });
  }

  /** Makes all tensors of the step that there are not yet, so many. */
  repeat(count: number): void {
    const { tape } = this;
    if (this.#base < 0 || count > this.#made.length) throw new RunStopped('internal', 'There is no such step.');
    for (let place = tape.count - this.#base; place < count; place++) {
      const made = this.#made[place];
      if (!made) throw new RunStopped('internal', `Tensor ${place} of a step cannot be made again.`);
      this.done('of' in made ? this.#again(made) : tape.leafAgain(made.leaf, made.data, made.what).shape);
    }
  }

  #again({ op, inputs, attributes, of, what }: Making): Shape {
    const nodes = inputs.map((input) => this.tape.tensor(input < 0 ? this.#base - 1 - input : input));
    for (let i = 0; i < nodes.length; i++)
      if (!areSame(of[i]!, nodes[i]!)) throw new RunStopped('internal', 'A step is not like the one before.');
    return this.tape.applyAgain(op, nodes, attributes, what).shape;
  }

  #note(made: Making | Content | null): void {
    const place = this.tape.count - 1 - this.#base;
    // What was made in between has no way of being made again.
    while (this.#made.length < place) this.#made.push(null);
    this.#made[place] = made;
  }

  #reference(number: number): number {
    return number < this.#base ? number : this.#base - 1 - number;
  }
}

const kindOf = ({ shape, dtype, requiresGrad }: Described): Described => ({ shape, dtype, requiresGrad });

const areSame = (a: Described, b: Described): boolean =>
  a.dtype === b.dtype && a.requiresGrad === b.requiresGrad && (a.shape === b.shape || sameShape(a.shape, b.shape));
