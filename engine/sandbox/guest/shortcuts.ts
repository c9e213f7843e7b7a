import type { TensorLike } from '../../autograd/create.ts';
import { isRecording } from '../../autograd/grad-mode.ts';
import { useShortcuts } from '../../autograd/shortcuts.ts';
import { Tensor } from '../../autograd/tensor.ts';
import type { OpName } from '../../ops/index.ts';
import { runtime } from '../../tensor/current-runtime.ts';
import { isFloat } from '../../tensor/dtype.ts';
import type { Attributes } from '../../tensor/runtime.ts';
import { record } from '../stream.ts';
import { type Kind, kindOf, maxKinds } from './kinds.ts';
import { opNumbers } from './op-numbers.ts';
import { given, givenFor, inFull, isFollowed, nextFunction } from './routine.ts';
import { attributesNumber } from './texts.ts';
import { binaryWriter, nextTensor, opWritten, tensorsMade, unaryWriter, write } from './writer.ts';

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

/** One op in full, from what was made of such tensors before where it was met. */
function written(op: OpName, inputs: readonly Tensor[], attributes: Attributes, whole: () => Tensor): Tensor {
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
}

const functions = new Map<OpName, number>();
function applied(op: OpName): number {
  const known = functions.get(op) ?? nextFunction();
  functions.set(op, known);
  return known;
}

useShortcuts({
  apply(op, inputs, attributes, whole) {
    if (isFollowed()) {
      const all = [attributes, ...inputs];
      const f = applied(op);
      return givenFor(f, all) ?? inFull(f, all, () => written(op, inputs, attributes, whole));
    }
    return written(op, inputs, attributes, whole);
  },
  unary(op, whole) {
    const results = new Results<number>();
    const f = nextFunction();
    const numberOf = (x: TensorLike): number | null => kindOf(x)?.number ?? null;
    const remembered = (x: TensorLike): Tensor => results.remember(numberOf(x), () => whole(x));
    return unaryWriter(
      opNumbers.get(op)!,
      (x) => (isRecording() && !isFollowed() ? results.find(numberOf(x)) : null),
      (x) => (isFollowed() ? (given(f, x) ?? inFull(f, [x], () => remembered(x))) : remembered(x)),
    );
  },
  binary(op, whole) {
    const results = new Results<number>();
    const f = nextFunction();
    const other = (a: TensorLike, b: TensorLike): Tensor => {
      if (typeof b === 'number' && hasFloats(a)) return quick(a, constantLike(a, b));
      if (typeof a === 'number' && hasFloats(b)) return quick(constantLike(b, a), b);
      return results.remember(pairOf(a, b), () => whole(a, b));
    };
    const quick = binaryWriter(
      opNumbers.get(op)!,
      (a, b) => (isRecording() && !isFollowed() ? results.find(pairOf(a, b)) : null),
      (a, b) => (isFollowed() ? (given(f, a, b) ?? inFull(f, [a, b], () => other(a, b))) : other(a, b)),
    );
    return quick;
  },
  pure(whole) {
    const f = nextFunction();
    const quick = (...all: never[]): Tensor =>
      isFollowed() ? (givenFor(f, all) ?? inFull(f, all, () => whole(...all))) : whole(...all);
    return quick as typeof whole;
  },
});
