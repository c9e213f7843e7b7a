import type { Optimizer, ParameterState } from '../optim/optimizer.ts';
import type { Attributes } from '../tensor/runtime.ts';

/** What an optimiser of the library was made with. */
export interface Recipe {
  readonly name: string;
  readonly options: Attributes;
}

const recipes = new WeakMap<object, Recipe>();

/** An optimiser that whoever has the library can make again; with a schedule, which is a function, it cannot be told. */
export function withRecipe<State extends ParameterState>(
  optimizer: Optimizer<State>,
  lr: unknown,
  options: Attributes,
): Optimizer<State> {
  if (typeof lr === 'number')
    recipes.set(Object.freeze(optimizer), { name: optimizer.name, options: { lr, ...options } });
  return optimizer;
}

/** Null for an optimiser that is not the library's own, or was changed. */
export const recipeOf = (optimizer: object): Recipe | null => recipes.get(optimizer) ?? null;
