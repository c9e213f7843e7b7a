import assert from 'node:assert/strict';
import { apply } from '../../../engine/autograd/apply.ts';
import { Tensor, gradcheck, randn, tensor } from '../../../engine/library.ts';
import { type OpName, ops } from '../../../engine/ops/index.ts';
import { type Sample, notDifferentiable } from '../../../engine/ops/define.ts';

/** Away from kinks and poles: between 0.05 and 2 in magnitude, or within the sample's range. Indices are the sample's. */
function inputs({ shapes, range, contents }: Sample): Tensor[] {
  return shapes.map((shape, k) => {
    const given = contents?.[k];
    if (given) return tensor(given, { dtype: 'int32' }).reshape(shape);
    const drawn = randn(shape, { seed: 11 + k, dtype: 'float64' });
    if (range)
      return drawn
        .sigmoid()
        .mul(range[1] - range[0])
        .add(range[0]);
    return drawn.add(drawn.sign().mul(0.05));
  });
}

/** One loop over the register: an op is tested by being in it. */
describe('every op', () => {
  for (const op of Object.values(ops)) {
    const differentiable = op.rules.some((rule) => rule !== notDifferentiable);
    op.samples.forEach((sample, i) => {
      const attributes = sample.attributes ?? {};
      it(`${op.name}: sample ${i} ${JSON.stringify(sample.shapes)} ${differentiable ? 'has the gradient of central differences' : 'passes no gradient'}`, () => {
        const made = inputs(sample);
        if (!differentiable) {
          assert.equal(
            apply(
              op.name as OpName,
              made.map((x) => new Tensor(x.handle, { shape: x.shape, dtype: x.dtype, requiresGrad: true })),
              attributes,
            ).requiresGrad,
            false,
          );
          return;
        }
        // sin makes the upstream gradient differ from element to element.
        const drawn = made.filter((_, k) => !sample.contents?.[k]);
        const whole = (xs: readonly Tensor[]): Tensor[] => {
          const rest = [...xs];
          return made.map((given, k) => (sample.contents?.[k] ? given : rest.shift()!));
        };
        const report = gradcheck((...xs) => apply(op.name as OpName, whole(xs), attributes).sin(), drawn);
        assert.ok(report.passed && report.worst < 1e-6, JSON.stringify(report));
      });
    });
    it(`${op.name}: keeps float32 within 1e-5 of float64, relative to the largest element`, () => {
      const sample = op.samples.at(-1)!;
      const made = inputs(sample);
      const exact = apply(op.name as OpName, made, sample.attributes ?? {}).data;
      const single = apply(
        op.name as OpName,
        made.map((x) => (x.dtype === 'int32' ? x : new Tensor(...narrowed(x)))),
        sample.attributes ?? {},
      ).data;
      const scale = Math.max(1, ...Array.from(exact, Math.abs));
      exact.forEach((x, k) => assert.ok(Math.abs(x - single[k]!) <= 1e-5 * scale, `${x} against ${single[k]!}`));
    });
    it(`${op.name}: is documented, and says what it does at a kink where it has one`, () => {
      assert.ok(op.doc.length > 10);
      if (['relu', 'abs', 'maximum', 'minimum', 'clamp', 'leakyRelu', 'max', 'min'].includes(op.name))
        assert.ok(op.convention);
    });
  }
});

function narrowed(x: Tensor): ConstructorParameters<typeof Tensor> {
  const copy = randn(x.shape, { dtype: 'float32' });
  copy.data.set(x.data);
  return [copy.handle, copy];
}
