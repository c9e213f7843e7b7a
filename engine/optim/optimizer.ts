import type { Attributes } from '../tensor/runtime.ts';
import type { Tensor } from '../autograd/tensor.ts';

/** What an optimiser remembers for one parameter: tensors of the parameter's shape, and numbers such as the count of steps. */
export type ParameterState = Readonly<Record<string, Tensor | number>>;

/**
 * Pure functions: nothing is hidden in the optimiser, so that a step can be repeated, undone and shown.
 * `update` gets a parameter, its gradient and its state, and returns the new content and the new state.
 */
export interface Optimizer<State extends ParameterState = ParameterState> {
  readonly name: string;
  readonly settings: Attributes;
  /** What is done to all gradients of a step together, before each is used. Absent where there is nothing to do. */
  transform?(gradients: readonly Tensor[]): readonly Tensor[];
  init(parameter: Tensor): State;
  update(parameter: Tensor, gradient: Tensor, state: State): { readonly parameter: Tensor; readonly state: State };
}
