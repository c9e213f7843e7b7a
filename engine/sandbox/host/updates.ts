import type { TapeNode } from '../../autograd/tape-node.ts';
import type { Tensor } from '../../autograd/tensor.ts';
import { updateParameters } from '../../autograd/update.ts';
import * as optim from '../../optim/index.ts';
import type { Optimizer, ParameterState } from '../../optim/optimizer.ts';
import type { Attributes } from '../../tensor/runtime.ts';
import type { Instance } from './instance.ts';
import type { Tape } from './tape.ts';

/** The library's own, which are the same on both sides of the wall. */
const makers = new Map<string, (options: object) => Optimizer>(
  Object.entries({
    adagrad: optim.adagrad,
    adam: optim.adam,
    adamw: optim.adamw,
    rmsprop: optim.rmsprop,
    sgd: optim.sgd,
  }) as [string, (options: object) => Optimizer][],
);

/** What an optimiser remembers, by the number of the parameter. */
export type UpdateState = ReadonlyMap<number, ParameterState>;

/**
 * What a model's optimiser does after a backward pass. One of the library's own does it on this side: interpreted, its dozen
 * small ops a parameter would take longer than the pass itself. The arithmetic is the same.
 */
export class Updates {
  readonly #optimizer: Optimizer | null;
  /** By the tape's nodes, because a number may become another one's. */
  readonly #tensors = new Map<TapeNode, Tensor>();
  readonly #states = new Map<Tensor, ParameterState>();
  #parameters: readonly number[] | null = null;

  constructor(
    readonly index: number,
    readonly tape: Tape,
    optimizer: { readonly name: string; readonly options: Attributes | null } | null,
  ) {
    this.#optimizer = optimizer?.options ? made(optimizer.name, optimizer.options) : null;
  }

  /** Whether the program has no part in it. */
  get isHere(): boolean {
    return this.#optimizer !== null;
  }

  /** @param graded leaves that have a gradient; one that is not known yet is asked after. */
  run(instance: Instance, graded: readonly TapeNode[]): void {
    const optimizer = this.#optimizer;
    if (!optimizer) return instance.control('update', this.index);
    if (this.#parameters === null || graded.some((leaf) => !this.#tensors.has(leaf))) this.#find(instance, graded);
    const moved = this.#parameters!.map((number) => this.#tensors.get(this.tape.tensor(number))!);
    updateParameters(optimizer, moved, this.#states);
  }

  /** What is remembered, to go on from it elsewhere. */
  get state(): UpdateState {
    const states = new Map<number, ParameterState>();
    for (const number of this.#parameters ?? []) {
      const state = this.#states.get(this.#tensorOf(number));
      if (state) states.set(number, state);
    }
    return states;
  }

  resume(states: UpdateState): void {
    for (const [number, state] of states) this.#states.set(this.#tensorOf(number), state);
  }

  #find(instance: Instance, graded: readonly TapeNode[]): void {
    this.#parameters = Array.from(new Int32Array(instance.bytes('parameters')));
    for (const number of this.#parameters) this.#tensorOf(number);
    // A leaf that is learned by nobody is not asked after again.
    for (const leaf of graded) if (!this.#tensors.has(leaf)) this.#tensors.set(leaf, this.tape.runtime.tensor(leaf));
  }

  #tensorOf(number: number): Tensor {
    const node = this.tape.tensor(number);
    const tensor = this.#tensors.get(node) ?? this.tape.runtime.tensor(node);
    this.#tensors.set(node, tensor);
    return tensor;
  }
}

/** Null for what the library does not make. */
function made(name: string, options: Attributes): Optimizer | null {
  try {
    return makers.get(name)?.(options) ?? null;
  } catch {
    return null;
  }
}
