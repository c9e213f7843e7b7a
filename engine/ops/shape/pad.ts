import { call, symbol } from '../../expression/expression.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { pad as padded } from '../../tensor/kernels/layout.ts';
import type { Attributes } from '../../tensor/runtime.ts';
import { type Shape, showShape } from '../../tensor/shape.ts';
import { defineOp } from '../define.ts';

/** What comes before and after along each dimension. `pads` begins with the last dimension, as in PyTorch. */
function margins(x: Shape, attributes: Attributes): { before: number[]; after: number[] } {
  const pads = attributes.pads as readonly number[];
  if (pads.length % 2 !== 0 || pads.length > 2 * x.length || !pads.every(Number.isSafeInteger)) {
    throw new ShapeError(
      `pad: ${showShape(pads)} on ${showShape(x)}: expected two whole numbers for each dimension from the last, at most ${2 * x.length}.`,
    );
  }
  const side = (which: 0 | 1): number[] => x.map((_, d) => pads[2 * (x.length - 1 - d) + which] ?? 0);
  return { before: side(0), after: side(1) };
}

export const pad = defineOp({
  name: 'pad',
  doc: 'x with a margin of `value`: so many elements before and after, for each dimension from the last. Negative margins are cut off.',
  inputs: ['x'],
  shape: ([x], attributes) => {
    const { before, after } = margins(x!, attributes);
    const shape = x!.map((size, d) => size + before[d]! + after[d]!);
    if (shape.some((size) => size < 0))
      throw new ShapeError(
        `pad: ${showShape(attributes.pads as readonly number[])} cuts more from ${showShape(x!)} than there is.`,
      );
    return shape;
  },
  forward: ([x], attributes, shape) =>
    padded(x!.data, x!.shape, shape, margins(x!.shape, attributes).before, Number(attributes.value)),
  vjp: { x: call('padBack', symbol('ȳ')) },
  samples: [
    { shapes: [[2, 3]], attributes: { pads: [1, 2], value: 0 } },
    { shapes: [[2, 2, 3]], attributes: { pads: [-1, 1, 2, 0, 0, -1], value: 0.5 } },
  ],
});
