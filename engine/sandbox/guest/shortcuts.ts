import type { TensorLike } from '../../autograd/create.ts';
import { isRecording } from '../../autograd/grad-mode.ts';
import { useShortcuts } from '../../autograd/shortcuts.ts';
import { Tensor } from '../../autograd/tensor.ts';
import type { Described } from '../../tensor/runtime.ts';
import { opNumbers } from './op-numbers.ts';
import { binaryWriter, tensorsMade, unaryWriter } from './writer.ts';

/** What tensors of one dtype, shape and need of a gradient share: then one look tells that two are of a kind. */
interface Kind extends Described {
  readonly number: number;
}

const kinds = new Map<string, Kind>();
const maxKinds = 2 ** 12;

/** The one description of a tensor's kind; null for what is no tensor, and when there are too many kinds to remember. */
function kindOf(x: TensorLike): Kind | null {
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

/** What an op makes of kinds that it has met, by their numbers. */
class Results {
  readonly #made = new Map<number, Kind>();

  find(number: number): Kind | null {
    return isRecording() ? (this.#made.get(number) ?? null) : null;
  }

  /**
   * Runs the whole function, and remembers what came of it if that was one op. A result without a gradient may be one that is
   * cut off from its parameters, which the whole function takes note of.
   */
  remember(number: number | null, whole: () => Tensor): Tensor {
    const before = tensorsMade();
    const result = whole();
    if (number === null || !isRecording() || tensorsMade() !== before + 1 || !result.requiresGrad) return result;
    const kind = kindOf(result);
    if (kind) this.#made.set(number, kind);
    return result;
  }
}

const pairOf = (a: TensorLike, b: TensorLike): number | null => {
  const [first, second] = [kindOf(a), kindOf(b)];
  return first && second && first.number * maxKinds + second.number;
};

useShortcuts({
  unary(op, whole) {
    const results = new Results();
    const numberOf = (x: TensorLike): number | null => kindOf(x)?.number ?? null;
    return unaryWriter(
      opNumbers.get(op)!,
      (x) => {
        const number = numberOf(x);
        return number === null ? null : results.find(number);
      },
      (x) => results.remember(numberOf(x), () => whole(x)),
    );
  },
  binary(op, whole) {
    const results = new Results();
    return binaryWriter(
      opNumbers.get(op)!,
      (a, b) => {
        const number = pairOf(a, b);
        return number === null ? null : results.find(number);
      },
      (a, b) => results.remember(pairOf(a, b), () => whole(a, b)),
    );
  },
});
