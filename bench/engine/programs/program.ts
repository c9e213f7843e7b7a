import { type Tensor, param, reshape, tensor } from 'retrograd';
import type { Leaves } from '../workloads.ts';

/** A workload as a user of the library would write it: the loss, over leaves that were made before. Runs in Node and in the sandbox. */
export type Program = (leaves: Readonly<Record<string, Tensor>>) => () => Tensor;

export interface Prepared {
  readonly parameters: Readonly<Record<string, Tensor>>;
  /** Forward and backward; what the step before left is forgotten first. */
  readonly step: () => Tensor;
}

export function prepared(program: Program, leaves: Leaves): Prepared {
  const tensors: Record<string, Tensor> = {};
  const parameters: Record<string, Tensor> = {};
  for (const [name, { shape, content, kind }] of Object.entries(leaves)) {
    const made = reshape(tensor(content, kind === 'classes' ? { dtype: 'int32' } : {}), shape);
    tensors[name] = made;
    if (kind === 'parameter') parameters[name] = tensors[name] = param(made);
  }
  const loss = program(tensors);
  const learned = Object.values(parameters);
  const step = (): Tensor => {
    for (const parameter of learned) parameter.zeroGrad();
    const result = loss();
    result.backward();
    return result;
  };
  return { parameters, step };
}
