import type { TensorLike } from '../../autograd/create.ts';
import { Tensor } from '../../autograd/tensor.ts';
import type { Described } from '../../tensor/runtime.ts';

/** What tensors of one dtype, shape and need of a gradient share: then one look tells that two are of a kind. */
export interface Kind extends Described {
  readonly number: number;
}

const kinds = new Map<string, Kind>();
export const maxKinds = 2 ** 12;

/** The one description of a tensor's kind; null for what is no tensor, and when there are too many kinds to remember. */
export function kindOf(x: TensorLike): Kind | null {
  if (!(x instanceof Tensor)) return null;
  const { what } = x;
  if ('number' in what) return what as Kind;
  const { shape, dtype, requiresGrad } = what;
  const key = `${dtype} ${requiresGrad} ${shape.join()}`;
  let kind = kinds.get(key);
  if (!kind) {
    if (kinds.size >= maxKinds) return null;
    // A copy, and for good: all tensors of the kind have it now.
    kind = { shape: Object.freeze([...shape]), dtype, requiresGrad, number: kinds.size };
    kinds.set(key, kind);
  }
  (x as { what: Described }).what = kind;
  return kind;
}
