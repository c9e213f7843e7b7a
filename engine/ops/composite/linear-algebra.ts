import { type TensorLike, asTensor } from '../../autograd/create.ts';
import { apply } from '../../autograd/apply.ts';
import { reshape } from '../../autograd/functions/index.ts';
import { together } from '../../autograd/functions/arguments.ts';
import type { Tensor } from '../../autograd/tensor.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { showShape, sizeOf } from '../../tensor/shape.ts';
import { composite } from './composite.ts';
import { pureFunction } from '../../autograd/shortcuts.ts';

/** Every product of an element of one vector with one of another: [n] and [m] give [n, m]. @throws ShapeError */
export const outer = (a: TensorLike, b: TensorLike): Tensor =>
  composite('outer', () => {
    const [p, q] = together('outer', a, b);
    if (p.shape.length !== 1 || q.shape.length !== 1)
      throw new ShapeError(`outer: needs two vectors, not ${showShape(p.shape)} and ${showShape(q.shape)}.`);
    return reshape(p, [-1, 1]).mul(q);
  });

/**
 * x·Wᵀ + b: what a layer of that name does to the last dimension.
 * @param x shape [..., in].
 * @param weight shape [out, in].
 * @param bias shape [out].
 * @throws ShapeError when the shapes do not go together.
 */
export const linear = pureFunction((x: TensorLike, weight: TensorLike, bias: TensorLike | null = null): Tensor =>
  composite('linear', () => {
    const [given, w] = together('linear', x, weight);
    const [outputs, inputs] = w.shape;
    const b = bias === null ? null : asTensor(bias, given, 'linear');
    const fits = b === null || (b.shape.length === 1 && b.shape[0] === outputs);
    if (w.shape.length !== 2 || given.shape.at(-1) !== inputs || !fits) {
      const features = given.shape.at(-1);
      const differ = w.shape.length === 2 && features !== undefined && features !== inputs;
      const mended =
        differ && features === outputs
          ? ' Is the weight the other way round?'
          : differ
            ? ` The weight is for ${inputs} features, x has ${features}.`
            : '';
      throw new ShapeError(
        `linear: x ${showShape(given.shape)}, weight ${showShape(w.shape)}${b ? `, bias ${showShape(b.shape)}` : ''}: ` +
          `expected [..., in], [out, in] and [out].${mended}`,
      );
    }
    // All leading dimensions as rows of one matrix: one product, and one for the gradient of the weight.
    const leading = given.shape.slice(0, -1);
    const rows = given.shape.length === 2 ? given : reshape(given, [sizeOf(leading), inputs!]);
    const product = apply('matmul', [rows, w], { transposeA: false, transposeB: true });
    const moved = b ? product.add(b) : product;
    return given.shape.length === 2 ? moved : reshape(moved, [...leading, outputs!]);
  }),
);
