import type { TensorLike } from '../../autograd/create.ts';
import { isRecording } from '../../autograd/grad-mode.ts';
import { useShortcuts } from '../../autograd/shortcuts.ts';
import { Tensor } from '../../autograd/tensor.ts';
import { runtime } from '../../tensor/current-runtime.ts';
import { isFloat } from '../../tensor/dtype.ts';
import type { Described } from '../../tensor/runtime.ts';
import { record } from '../stream.ts';
import { opNumbers } from './op-numbers.ts';
import { attributesNumber } from './texts.ts';
import { binaryWriter, nextTensor, opWritten, tensorsMade, unaryWriter, write } from './writer.ts';

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

/** What ops make of kinds that they have met. */
class Results<Key extends number | string> {
  readonly #recorded = new Map<Key, Kind>();
  readonly #unrecorded = new Map<Key, Kind>();

  find(key: Key | null): Kind | null {
    return key === null ? null : (this.#made().get(key) ?? null);
  }

  /**
   * Runs the whole function, and remembers what came of it if that was one op. A result without a gradient may be one that is
   * cut off from its parameters, which the whole function takes note of.
   */
  remember(key: Key | null, whole: () => Tensor): Tensor {
    const before = tensorsMade();
    const result = whole();
    if (key === null || tensorsMade() !== before + 1 || result.requiresGrad !== isRecording()) return result;
    const kind = kindOf(result);
    if (kind) this.#made().set(key, kind);
    return result;
  }

  #made(): Map<Key, Kind> {
    return isRecording() ? this.#recorded : this.#unrecorded;
  }
}

const pairOf = (a: TensorLike, b: TensorLike): number | null => {
  const [first, second] = [kindOf(a), kindOf(b)];
  return first && second && first.number * maxKinds + second.number;
};

const hasFloats = (x: TensorLike): x is Tensor => x instanceof Tensor && isFloat(x.dtype);

/** A number that stands for a tensor takes the dtype of the one that it meets. */
function constantLike({ dtype }: Tensor, value: number): Tensor {
  const what = { shape: [], dtype, requiresGrad: false };
  const made = new Tensor(runtime().leaf('constant', [value], what), what);
  kindOf(made);
  return made;
}

const applications = new Results<string>();

/** Null with more kinds than can be remembered. */
function keyOf(op: number, text: number, inputs: readonly Tensor[]): string | null {
  let key = `${op} ${text}`;
  for (let i = 0; i < inputs.length; i++) {
    const kind = kindOf(inputs[i]!);
    if (!kind) return null;
    key += ` ${kind.number}`;
  }
  return key;
}

useShortcuts({
  apply(op, inputs, attributes, whole) {
    const number = opNumbers.get(op)!;
    const text = attributesNumber(attributes);
    const key = keyOf(number, text, inputs);
    const what = applications.find(key);
    if (what === null) return applications.remember(key, whole);
    write(
      record.apply,
      number,
      text,
      Number(isRecording()),
      inputs.length,
      ...inputs.map(({ handle }) => handle as number),
    );
    opWritten();
    return new Tensor(nextTensor(), what);
  },
  unary(op, whole) {
    const results = new Results<number>();
    const numberOf = (x: TensorLike): number | null => kindOf(x)?.number ?? null;
    return unaryWriter(
      opNumbers.get(op)!,
      (x) => (isRecording() ? results.find(numberOf(x)) : null),
      (x) => results.remember(numberOf(x), () => whole(x)),
    );
  },
  binary(op, whole) {
    const results = new Results<number>();
    const quick = binaryWriter(
      opNumbers.get(op)!,
      (a, b) => (isRecording() ? results.find(pairOf(a, b)) : null),
      (a, b) => {
        if (typeof b === 'number' && hasFloats(a)) return quick(a, constantLike(a, b));
        if (typeof a === 'number' && hasFloats(b)) return quick(constantLike(b, a), b);
        return results.remember(pairOf(a, b), () => whole(a, b));
      },
    );
    return quick;
  },
});
