import type { Tensor } from './tensor.ts';

/** Ops without a derivative that cut tensors off from parameters: few are, and only a mistake asks for it. */
const cuts = new WeakMap<Tensor, string>();

/** Remembers that no gradient goes from `made` to its inputs, where one might have been expected. */
export function rememberCut(made: Tensor, op: string, inputs: readonly Tensor[]): void {
  for (const input of inputs) {
    const cut = input.requiresGrad ? op : cuts.get(input);
    if (cut !== undefined) return void cuts.set(made, cut);
  }
}

/** Which op kept the gradient from parameters that a tensor was made of, as a clause; empty where none did. */
export function cutOf(tensor: Tensor): string {
  const op = cuts.get(tensor);
  if (op === undefined) return '';
  return op === 'tensor' ? ': tensor(…) makes a copy that is cut off' : `: no gradient passes through ${op}`;
}
