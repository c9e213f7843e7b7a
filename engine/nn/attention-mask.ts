import { type Nested, type TensorLike, asTensor, tensor } from '../autograd/create.ts';
import { Tensor } from '../autograd/tensor.ts';
import { ShapeError } from '../tensor/errors.ts';
import { type Shape, showShape } from '../tensor/shape.ts';

/**
 * A mask, as PyTorch reads it: of booleans, where true means "not to be attended to"; of numbers, it is added to the scores.
 * Numbers 0 and 1 are numbers: use `tensor(…, { dtype: 'bool' })`, a comparison, or true and false.
 */
export type Mask = TensorLike;

/** The mask under which a place sees itself and what is before it: [length, length], true above the diagonal. */
export const causalMask = (length: number): Tensor =>
  tensor(
    Float64Array.from({ length: length * length }, (_, i) => Number(i % length > Math.floor(i / length))),
    { dtype: 'bool' },
  ).reshape([length, length]);

/**
 * Scores [N, heads, L, S] under a mask [L, S], [N · heads, L, S], or whatever broadcasts with the scores.
 * @throws ShapeError when it does not go with the scores.
 */
export function underMask(scores: Tensor, mask: Mask): Tensor {
  const given = maskOf(mask, scores);
  const [batch, heads, l, s] = scores.shape as [number, number, number, number];
  const perHead = given.shape.length === 3 && given.shape[0] === batch * heads;
  const fitting = perHead ? given.reshape([batch, heads, l, s]) : given;
  if (!broadcastsTo(fitting.shape, scores.shape))
    throw new ShapeError(
      `MultiheadAttention: attnMask ${showShape(given.shape)} does not fit scores ${showShape(scores.shape)} of [N, heads, L, S]: ` +
        'expected [L, S], [N · heads, L, S] or what broadcasts with the scores.',
    );
  return fitting.dtype === 'bool' ? scores.maskedFill(fitting, -Infinity) : scores.add(fitting);
}

/** The same with a mask [N, S] of the keys: padding, which nobody is to attend to. @throws ShapeError */
export function underPadding(scores: Tensor, mask: Mask): Tensor {
  const given = maskOf(mask, scores);
  const [batch, , , s] = scores.shape as [number, number, number, number];
  const rows = given.shape.length === 1 ? given.unsqueeze(0) : given;
  if (rows.shape.length !== 2 || rows.shape[0] !== batch || rows.shape[1] !== s)
    throw new ShapeError(
      `MultiheadAttention: keyPaddingMask ${showShape(given.shape)}: expected [N, S], which is [${batch}, ${s}] here.`,
    );
  return underMask(scores, rows.reshape([batch, 1, 1, s]));
}

function maskOf(mask: Mask, like: Tensor): Tensor {
  if (mask instanceof Tensor) return mask;
  return holdsBooleans(mask) ? tensor(mask, { dtype: 'bool' }) : asTensor(mask, like);
}

function holdsBooleans(content: Nested): boolean {
  let first: unknown = content;
  while (Array.isArray(first)) first = (first as readonly unknown[])[0];
  return typeof first === 'boolean';
}

const broadcastsTo = (from: Shape, to: Shape): boolean =>
  from.length <= to.length && from.every((size, i) => size === 1 || size === to[to.length - from.length + i]);
