import { runtime } from '../tensor/current-runtime.ts';
import type { Tensor } from './tensor.ts';

/** Groups what a function makes under a name. Nests; returns what the function returns. */
export function scope<Result>(name: string, body: () => Result): Result {
  const token = runtime().enterScope('scope', name);
  try {
    return body();
  } finally {
    runtime().leaveScope(token);
  }
}

/** Gives a tensor a name in the graph, where no variable does. Returns the tensor. */
export function watch(tensor: Tensor, name: string): Tensor {
  runtime().name(tensor.handle, name);
  return tensor;
}
