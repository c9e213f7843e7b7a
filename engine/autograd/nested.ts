import { ArgumentError, ShapeError, describeValue } from '../tensor/errors.ts';
import { type Shape, showShape } from '../tensor/shape.ts';
import { Tensor } from './tensor.ts';

/** Numbers in nested arrays; all arrays of a level have the same length. */
export type Nested = number | boolean | readonly Nested[] | ArrayLike<number>;
/** Reads nested arrays as shape and row-major content. @throws ShapeError when they are ragged; ArgumentError for anything else */
export function flatten(name: string, content: Nested): { shape: Shape; numbers: number[] } {
  if (typeof content !== 'number' && typeof content !== 'boolean' && !isArrayLike(content)) {
    throw new ArgumentError(
      `${name}: expected a tensor, a number, or nested arrays of numbers, not ${describeValue(content)}.${mendingOf(content)}`,
    );
  }
  const shape: number[] = [];
  for (let level: Nested = content; typeof level === 'object'; level = (level as readonly Nested[])[0]!) {
    refuseTensor(name, level);
    shape.push(level.length);
    if (level.length === 0) break;
  }
  const numbers: number[] = [];
  const walk = (part: Nested, depth: number): void => {
    if (typeof part !== 'object') {
      if (depth !== shape.length || (typeof part !== 'number' && typeof part !== 'boolean'))
        throw ragged(name, shape, depth, part);
      numbers.push(Number(part));
      return;
    }
    refuseTensor(name, part);
    if (part.length !== shape[depth]) throw ragged(name, shape, depth, part);
    for (let i = 0; i < part.length; i++) walk((part as readonly Nested[])[i]!, depth + 1);
  };
  walk(content, 0);
  return { shape, numbers };
}

function refuseTensor(name: string, part: unknown): void {
  if (part instanceof Tensor)
    throw new ArgumentError(
      `${name}: there are tensors in a list. stack([a, b]) makes one tensor of them, cat([a, b], 0) joins them.`,
    );
}

/** What was probably meant by something that is no content of a tensor. */
function mendingOf(content: unknown): string {
  if (content === undefined) return ' Is an argument missing?';
  if (typeof content === 'string')
    return content.includes('Tensor(') ? ' JavaScript adds tensors as texts: write a.add(b) for a + b.' : '';
  if (content instanceof Promise) return ' Wait for it first: await.';
  return typeof content === 'object' && content !== null ? ' Options come last, after all tensors.' : '';
}

const isArrayLike = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && typeof (value as { length?: unknown }).length === 'number';

function ragged(name: string, shape: Shape, depth: number, part: Nested): ShapeError {
  const found = part !== null && typeof part === 'object' ? `an array of ${part.length}` : `${String(part)}`;
  return new ShapeError(
    `${name}: the arrays do not make a block of shape ${showShape(shape)}: found ${found} at depth ${depth}.`,
  );
}
