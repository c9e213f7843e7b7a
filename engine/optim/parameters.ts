import { Tensor } from '../autograd/tensor.ts';
import { ArgumentError, describeValue } from '../tensor/errors.ts';

/** @throws ArgumentError for anything but a list of tensors: a module has a method that lists its parameters. */
export function parametersOf(name: string, place: string, parameters: unknown): readonly Tensor[] {
  if (isIterable(parameters)) {
    const all = Array.from(parameters);
    if (all.every((one) => one instanceof Tensor)) return all;
  }
  const given = parameters instanceof Tensor ? 'a tensor: write [w]' : describeValue(parameters);
  throw new ArgumentError(
    `${name}: the ${place} argument is a list of parameters, such as net.parameters(), not ${given}.`,
  );
}

const isIterable = (value: unknown): value is Iterable<unknown> =>
  !(value instanceof Tensor) && typeof (value as Partial<Iterable<unknown>> | null)?.[Symbol.iterator] === 'function';
