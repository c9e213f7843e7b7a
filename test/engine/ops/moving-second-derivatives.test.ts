import assert from 'node:assert/strict';
import { apply } from '../../../engine/autograd/apply.ts';
import { type Tensor, randn, tensor } from '../../../engine/library.ts';
import { convolution } from '../../../engine/ops/convolution/index.ts';
import { notDifferentiable } from '../../../engine/ops/define.ts';
import type { OpName } from '../../../engine/ops/index.ts';
import { indexing } from '../../../engine/ops/indexing/index.ts';
import { shape } from '../../../engine/ops/shape/index.ts';
import { secondDerivativeError } from './nested-gradient.ts';

const f64 = { dtype: 'float64' } as const;

describe('second derivatives of ops that move elements', () => {
  for (const op of Object.values({ ...shape, ...indexing, ...convolution })) {
    if (op.rules.every((rule) => rule === notDifferentiable)) continue;
    op.samples.forEach(({ shapes, attributes = {}, contents }) =>
      it(`${op.name} ${JSON.stringify(shapes)} ${JSON.stringify(attributes)} are those of central differences`, () => {
        const given = shapes.map((size, k) => {
          const content = contents?.[k];
          return content ? tensor(content, { dtype: 'int32' }).reshape(size) : null;
        });
        const drawn = shapes.flatMap((size, k) => (given[k] ? [] : [randn(size, { seed: 21 + k, ...f64 })]));
        // Linear in each argument: the sine makes them depend on it a second time.
        const f = (...xs: Tensor[]): Tensor => {
          const rest = [...xs];
          const inputs = given.map((index) => index ?? rest.shift()!);
          return apply(op.name as OpName, inputs, attributes).sin();
        };
        const error = secondDerivativeError(f, drawn);
        assert.ok(error < 1e-6, String(error));
      }),
    );
  }
});
