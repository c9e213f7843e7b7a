import assert from 'node:assert/strict';
import { apply } from '../../../engine/autograd/apply.ts';
import { type Tensor, randn, tensor } from '../../../engine/library.ts';
import { activation } from '../../../engine/ops/activation/index.ts';
import { arithmetic } from '../../../engine/ops/arithmetic/index.ts';
import { comparison } from '../../../engine/ops/comparison/index.ts';
import { type Sample, notDifferentiable } from '../../../engine/ops/define.ts';
import { exponential } from '../../../engine/ops/exponential/index.ts';
import type { OpName } from '../../../engine/ops/index.ts';
import { trigonometric } from '../../../engine/ops/trigonometric/index.ts';
import { secondDerivativeError } from './nested-gradient.ts';

const f64 = { dtype: 'float64' } as const;

/** What a sample says, and null for what is to be drawn. */
const given = ({ shapes, contents = [] }: Sample): (Tensor | null)[] =>
  shapes.map((shape, k) => (contents[k] ? tensor(contents[k], { dtype: 'int32' }).reshape(shape) : null));

const drawn = ({ shapes, range, contents = [] }: Sample): Tensor[] =>
  shapes.flatMap((shape, k) => {
    if (contents[k]) return [];
    const normal = randn(shape, { seed: 11 + k, ...f64 });
    if (!range) return normal.add(normal.sign().mul(0.05));
    return normal
      .sigmoid()
      .mul(range[1] - range[0])
      .add(range[0]);
  });

describe('second derivatives of elementwise ops', () => {
  for (const op of Object.values({ ...arithmetic, ...exponential, ...trigonometric, ...activation, ...comparison })) {
    if (op.rules.every((rule) => rule === notDifferentiable)) continue;
    const sample = op.samples.at(-1)!;
    it(`${op.name} ${JSON.stringify(sample)}`, () => {
      const f = (...xs: Tensor[]): Tensor => {
        const rest = [...xs];
        const inputs = given(sample).map((one) => one ?? rest.shift()!);
        return apply(op.name as OpName, inputs, sample.attributes ?? {}).sin();
      };
      const error = secondDerivativeError(f, drawn(sample));
      assert.ok(error < 2e-6, String(error));
    });
  }

  it('stay finite where a branch that is not taken would overflow', () => {
    const large = tensor([750, 1000, -1000], f64);
    const functions: Readonly<Record<string, (x: Tensor) => Tensor>> = {
      elu: (x) => x.elu(),
      celu: (x) => x.celu(0.5),
      selu: (x) => x.selu(),
      softplus: (x) => x.softplus(),
      logSigmoid: (x) => x.logSigmoid(),
      silu: (x) => x.silu(),
      mish: (x) => x.mish(),
      gelu: (x) => x.gelu(),
      'gelu, approximated': (x) => x.gelu({ approximate: 'tanh' }),
      hardswish: (x) => x.hardswish(),
      softsign: (x) => x.softsign(),
    };
    // That all is finite is asserted on the way.
    for (const [name, f] of Object.entries(functions)) assert.ok(secondDerivativeError(f, [large]) < 1e-6, name);
  });
});
