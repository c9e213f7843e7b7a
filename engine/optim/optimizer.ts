import type { Attributes } from '../tensor/runtime.ts';
import type { Tensor } from '../autograd/tensor.ts';

/** What an optimiser remembers for one parameter: tensors of the parameter's shape. */
export type ParameterState = Readonly<Record<string, Tensor>>;

/**
 * A pure pair of functions: nothing is hidden in the optimiser, so that a step can be repeated, undone and shown.
 * `update` gets a parameter, its gradient and its state, and returns the new content and the new state.
 */
export interface Optimizer {
  readonly name: string;
  readonly settings: Attributes;
  init(parameter: Tensor): ParameterState;
  update(
    parameter: Tensor,
    gradient: Tensor,
    state: ParameterState,
  ): { readonly parameter: Tensor; readonly state: ParameterState };
}
