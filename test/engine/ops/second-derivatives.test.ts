import assert from 'node:assert/strict';
import { apply } from '../../../engine/autograd/apply.ts';
import { type Tensor, cumprod, norm, prod, randn, std, tensor } from '../../../engine/library.ts';
import type { OpName } from '../../../engine/ops/index.ts';
import { notDifferentiable } from '../../../engine/ops/define.ts';
import { linearAlgebra } from '../../../engine/ops/linear-algebra/index.ts';
import { reduction } from '../../../engine/ops/reduction/index.ts';
import { secondDerivativeError } from './nested-gradient.ts';

const f64 = { dtype: 'float64' } as const;

describe('second derivatives', () => {
  for (const op of Object.values({ ...reduction, ...linearAlgebra })) {
    if (op.rules.every((rule) => rule === notDifferentiable)) continue;
    op.samples.forEach(({ shapes, attributes = {}, range }) =>
      it(`of ${op.name} ${JSON.stringify(shapes)} ${JSON.stringify(attributes)} are those of central differences`, () => {
        const inputs = shapes.map((shape, k) => {
          const drawn = randn(shape, { seed: 11 + k, ...f64 });
          return range
            ? drawn
                .sigmoid()
                .mul(range[1] - range[0])
                .add(range[0])
            : drawn.add(drawn.sign().mul(0.05));
        });
        // The sine makes linear ops depend on their inputs a second time.
        const error = secondDerivativeError((...xs) => apply(op.name as OpName, xs, attributes).sin(), inputs);
        assert.ok(error < 1e-6, String(error));
      }),
    );
  }

  const withZeros = tensor([0.7, 0, 0.4, 0, -0.6, 0], f64).reshape([2, 3]);
  const oneZero = tensor([0.7, 0, 0.4, 1.2, -0.6, 2], f64).reshape([2, 3]);
  const cases: Readonly<Record<string, (x: Tensor) => Tensor>> = {
    'prod over all': (x) => prod(x),
    'prod over rows': (x) => prod(x, 1),
    'prod over columns': (x) => prod(x, 0).sin(),
    cumprod: (x) => cumprod(x, 1),
    'the 4-norm': (x) => norm(x, { p: 4, dim: 1 }),
  };
  for (const [name, f] of Object.entries(cases)) {
    for (const [many, x] of Object.entries({ 'one zero': oneZero, 'several zeros': withZeros }))
      it(`of ${name} are right at ${many}`, () => {
        const error = secondDerivativeError(f, [x]);
        assert.ok(error < 1e-6, String(error));
      });
  }

  it('of a norm or a deviation are no NaN where these are 0', () => {
    const flat = tensor([2, 2, 2, 1, 2, 4], f64).reshape([2, 3]);
    for (const f of [(x: Tensor) => std(x, 1), (x: Tensor) => norm(x.sub(2), { dim: 1 })]) {
      // Central differences mean nothing at the kink itself; that all is finite is asserted on the way.
      secondDerivativeError(f, [flat]);
    }
  });
});
