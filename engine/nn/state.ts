import { camelCase } from '../base/nearest.ts';
import { type TensorLike, asTensor, tensor } from '../autograd/create.ts';
import { optionsOf } from '../autograd/options.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { ArgumentError, ShapeError } from '../tensor/errors.ts';
import { sameShape, showShape } from '../tensor/shape.ts';

/** Something that belongs to a module's state: a parameter, or what it remembers besides. */
export interface Kept {
  readonly read: () => Tensor;
  /** Takes content of the same shape and dtype. */
  readonly write: (content: Tensor) => void;
}

/** See `Module.loadStateDict`. Nothing is taken over unless all of it can be. */
export function loadState(
  wanted: ReadonlyMap<string, Kept>,
  state: Readonly<Record<string, TensorLike>>,
  options: { readonly strict?: boolean },
): void {
  const { strict } = optionsOf('loadStateDict', options, { strict: true });
  const given = new Map(Object.entries(state).map(([name, content]) => [camelCase(name), { name, content }]));
  const missing = [...wanted.keys()].filter((name) => !given.has(name));
  const unknown = [...given].filter(([name]) => !wanted.has(name)).map(([, { name }]) => name);
  if (strict && missing.length + unknown.length > 0)
    throw new ArgumentError(
      `loadStateDict: ${[some('missing', missing), some('not known here', unknown)].filter(Boolean).join('; ')}. ` +
        'With { strict: false } the rest is loaded.',
    );
  const loaded = [...wanted].flatMap(([name, { read, write }]) => {
    const found = given.get(name);
    if (!found) return [];
    const [own, content] = [read(), asTensor(found.content, read(), 'loadStateDict')];
    if (!sameShape(own.shape, content.shape))
      throw new ShapeError(
        `loadStateDict: ${name} has shape ${showShape(own.shape)}, not ${showShape(content.shape)}.`,
      );
    return [() => write(tensor(content, { dtype: own.dtype }))];
  });
  for (const write of loaded) write();
}

const some = (what: string, names: readonly string[]): string =>
  names.length === 0
    ? ''
    : `${what}: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;
