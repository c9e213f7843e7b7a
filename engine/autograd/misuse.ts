import { ArgumentError, GradientError, describeValue } from '../tensor/errors.ts';
import { Tensor } from './tensor.ts';

/**
 * What other libraries have and types refuse, but models that nobody compiled ask for: it would be `undefined`, or an assignment
 * that does nothing, and fail far from its place. Told at once, with what to write.
 */
const asked: Readonly<Record<string, string>> = {
  length: 'a tensor has no length: x.shape[0] is how many parts it has, x.size how many elements.',
  values:
    'max and min give their values alone: x.max(dim) has no .values; x.argmax(dim) gives the places. sort and topk give both.',
  indices:
    'max and min give their values alone: x.argmax(dim) and x.argmin(dim) give the places. sort and topk give both.',
};
const listed = ['-1', '0', '1', '2', '3'];

/** Names that are properties only to say so. */
export const misused: ReadonlySet<string> = new Set([...Object.keys(asked), ...listed, 'requires_grad']);

function trap(name: string, told: () => Error, assigned = told): void {
  const get = (): never => {
    throw told();
  };
  const set = (): never => {
    throw assigned();
  };
  Object.defineProperty(Tensor.prototype, name, { get, set, configurable: true });
}

for (const [name, message] of Object.entries(asked)) trap(name, () => new ArgumentError(message));
for (const place of listed)
  trap(
    place,
    () =>
      new ArgumentError(
        `x[${place}]: a tensor is no list. x.select(0, ${place}) is its part there, x.toArray() the numbers as nested arrays.`,
      ),
    () =>
      new ArgumentError(
        `x[${place}] = …: tensors do not change. where(condition, value, x) gives one with other elements.`,
      ),
  );

const frozen =
  'whether a tensor requires a gradient is settled when it is made: param(…) does, tensor(…) and x.detach() do not. ' +
  'A parameter that is not to be learned is left out of those that the optimiser is given.';
trap(
  'requires_grad',
  () => new ArgumentError('Here it is requiresGrad.'),
  () => new GradientError(`requires_grad: ${frozen}`),
);
const own = Object.getOwnPropertyDescriptor(Tensor.prototype, 'requiresGrad')!;
Object.defineProperty(Tensor.prototype, 'requiresGrad', {
  ...own,
  set: () => {
    throw new GradientError(`requiresGrad: ${frozen}`);
  },
});
const content = Object.getOwnPropertyDescriptor(Tensor.prototype, 'data')!;
Object.defineProperty(Tensor.prototype, 'data', {
  ...content,
  set: () => {
    throw new ArgumentError(
      'data: the content of a tensor is not set. nn.init.constant(w, 0) and the like fill a parameter anew, loadStateDict(…) those of a module.',
    );
  },
});

// `for (const row of x)` and `const [values, indices] = x.max(0)`.
Object.defineProperty(Tensor.prototype, Symbol.iterator, {
  value: () => {
    throw new ArgumentError(
      'A tensor is no list: x.unbind(0) gives its parts, x.max(dim) the values alone, x.argmax(dim) their places.',
    );
  },
  writable: true,
  configurable: true,
});

/** An argument for which a function has no place: it would be left out without a word. */
export function superfluous(name: string, given: unknown): ArgumentError {
  const options = typeof given === 'object' && given !== null && !(given instanceof Tensor) ? Object.keys(given) : [];
  const instead = options.includes('alpha')
    ? ` Write x.${name}(y.mul(alpha)).`
    : options.some((option) => option.toLowerCase().startsWith('rounding'))
      ? ' Write x.div(y).floor().'
      : '';
  const what = given instanceof Tensor ? 'a tensor' : describeValue(given);
  return new ArgumentError(`${name}: there is no place for a further argument, ${what}.${instead}`);
}
