import { allocate } from '../../tensor/dtype.ts';
import { lanesOf } from '../../tensor/kernels/lanes.ts';
import { defineOp, notDifferentiable } from '../define.ts';
import { laneDimension } from '../lane.ts';

/** For each element the place, along its lane, of the most extreme one up to it. */
const places = (name: string, word: string, better: (x: number, best: number) => boolean) =>
  defineOp({
    name,
    doc: `Place of the ${word} element up to each one along \`dim\`.`,
    inputs: ['x'],
    result: 'int32',
    convention: 'of equals the last; NaN is more extreme than any number',
    shape: ([x], { dim }) => {
      laneDimension(name, Number(dim), x!.length);
      return x!;
    },
    forward: ([x], { dim }, shape, dtype) => {
      const { starts, steps } = lanesOf(shape, [laneDimension(name, Number(dim), shape.length)]);
      const out = allocate(dtype, x!.data.length);
      for (const start of starts) {
        let best = 0;
        steps.forEach((step, i) => {
          const [element, extreme] = [x!.data[start + step]!, x!.data[start + steps[best]!]!];
          if (Number.isNaN(element) || better(element, extreme) || element === extreme) best = i;
          out[start + step] = best;
        });
      }
      return out;
    },
    vjp: { x: notDifferentiable },
    samples: [
      { shapes: [[5]], attributes: { dim: 0 } },
      { shapes: [[2, 3, 2]], attributes: { dim: 1 } },
    ],
  });

export const cumargmax = places('cumargmax', 'largest', (x, best) => x > best);
export const cumargmin = places('cumargmin', 'smallest', (x, best) => x < best);
