import { type Tensor, whenMade } from '../../autograd/tensor.ts';
import { countFrom, settle, tellOf } from './writer.ts';

/** The tensors that were made since somebody began to follow them. Nobody is kept alive by this. */
let young: WeakRef<Tensor>[] = [];

/** From now on it is known which tensors the program still has. */
export function follow(): void {
  young = [];
  const note = (tensor: Tensor): void => void young.push(new WeakRef(tensor));
  tellOf(note);
  whenMade(note);
}

/**
 * Which tensors from number `first` on the program still has: their numbers, ascending. They are `first`, `first + 1` and so on
 * from now on, and numbers after theirs are free again.
 */
export function collect(first: number): Int32Array {
  settle();
  const living: Tensor[] = [];
  young = young.filter((reference) => {
    const tensor = reference.deref();
    if (tensor) living.push(tensor);
    return tensor !== undefined;
  });
  const numbers = [...new Set(living.map(numberOf))].sort((a, b) => a - b);
  const place = new Map(numbers.map((number, i) => [number, first + i]));
  for (const tensor of living) (tensor as { handle: number }).handle = place.get(numberOf(tensor))!;
  countFrom(first + numbers.length);
  return Int32Array.from(numbers);
}

const numberOf = ({ handle }: Tensor): number => handle as number;
