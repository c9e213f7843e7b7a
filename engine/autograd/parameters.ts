import type { Tensor } from './tensor.ts';

/** Parameters that were made so far, so that a model can find those it uses. Weak: nobody is kept alive by it. */
const parameters = new Set<WeakRef<Tensor>>();
export const rememberParameter = (parameter: Tensor): void => void parameters.add(new WeakRef(parameter));

export function* livingParameters(): Generator<Tensor> {
  for (const reference of parameters) {
    const parameter = reference.deref();
    if (parameter) yield parameter;
    else parameters.delete(reference);
  }
}
