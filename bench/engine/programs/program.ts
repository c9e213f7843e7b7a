import { type Tensor, param, reshape, tensor } from 'retrograd';
import type { Checked, Leaves } from '../workloads.ts';

/** A workload as a user of the library would write it: the loss, over leaves that were made before. Runs in Node and in the sandbox. */
export type Program = (leaves: Readonly<Record<string, Tensor>>) => () => Tensor;

export interface Prepared {
  /** Forward and backward; what the step before left is forgotten first. */
  readonly step: () => Tensor;
  readonly check: () => Checked;
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
  const check = (): Checked => {
    const result = step().item();
    const norms: Record<string, number> = {};
    for (const [name, { grad }] of Object.entries(parameters)) {
      let squares = grad ? 0 : NaN;
      for (const x of grad?.data ?? []) squares += x * x;
      norms[name] = Math.sqrt(squares);
    }
    return { loss: result, norms };
  };
  return { step, check };
}
