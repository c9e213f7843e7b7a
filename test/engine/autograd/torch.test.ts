import { readFileSync } from 'node:fs';
import {
  type NestedNumbers,
  type Tensor,
  arange,
  atan2,
  avgPool2d,
  cat,
  conv2d,
  crossEntropy,
  grad,
  hessian,
  hypot,
  jacobian,
  jvp,
  layerNorm,
  tensor,
  valueAndGrad,
} from '../../../engine/library.ts';
import { close, row } from '../ops/close.ts';

/** See test/fixtures/torch/derivatives.py. */
interface Case {
  readonly function: string;
  readonly at: readonly (readonly number[])[];
  readonly tangents: readonly (readonly number[])[];
  readonly value: number;
  readonly gradients: readonly NestedNumbers[];
  readonly hessian: NestedNumbers;
  readonly jacobianOfGradients: readonly (readonly NestedNumbers[])[];
  readonly gradientsAlong: readonly NestedNumbers[];
  readonly third: readonly number[];
}

const file = new URL('../../fixtures/torch/derivatives.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly Case[] };
const f64 = { dtype: 'float64' } as const;
const tolerance = 1e-12;
const numbers = (x: NestedNumbers): number[] => [x].flat(9).map(Number);

/** What derivatives.py has under the same names. */
const functions: Readonly<Record<string, (x: Tensor, y: Tensor) => Tensor>> = {
  rosenbrock: (x) => {
    const [here, next] = [x.slice(0, 0, -1), x.slice(0, 1)];
    return next.sub(here.square()).square().mul(100).add(here.sub(1).square()).sum();
  },
  softmax: (x) => x.softmax(0).mul(arange(4)).sum().square(),
  crossEntropy: (x) => crossEntropy(x.reshape(2, 3), [2, 0], { labelSmoothing: 0.1 }),
  logsumexp: (x) => x.reshape(2, 3).logsumexp(1).prod(),
  attention: (a, b) => {
    const [q, k] = [a.reshape(3, 2), b.reshape(3, 2)];
    return q.matmul(k.T).div(Math.SQRT2).softmax(-1).matmul(k).sin().sum();
  },
  convolved: (x, w) =>
    conv2d(x.reshape(1, 1, 4, 4), w.reshape(2, 1, 2, 2), null, { stride: 2, padding: 1 })
      .tanh()
      .square()
      .sum(),
  pooled: (x) => avgPool2d(x.reshape(1, 4, 4).exp(), 2).prod(),
  normalised: (x, w) => layerNorm(x.reshape(2, 3), [3], w).mul([1, -2, 0.5]).pow(3).sum(),
  step: (x, h) => {
    const [i, f, g] = cat([x.mul(h), x.add(h), x.sub(h.mul(2))])
      .reshape(3, -1)
      .unbind() as [Tensor, Tensor, Tensor];
    return f.sigmoid().mul(h).add(i.sigmoid().mul(g.tanh())).pow(2).sum();
  },
  norm: (x) =>
    x
      .reshape(2, 3)
      .norm({ dim: 1 })
      .prod()
      .add(x.norm({ p: 3 })),
  products: (x) => x.prod().add(x.cumprod(0).sum()).add(x.std().mul(x.variance())),
  inverse: (x) => x.reshape(2, 2).inverse().square().sum().mul(x.reshape(2, 2).det()),
  powers: (x, y) => x.abs().pow(y).sum().add(atan2(x, y).sum()).add(hypot(x, y).log().sum()),
  gelu: (x) => x.gelu().mul(x.silu()).add(x.softplus().mul(x.erf())).add(x.mish()).sum(),
  indexed: (x) =>
    x
      .index([[1, 1, 3]])
      .mul(x.gather(0, [0, 2, 2]))
      .sin()
      .sum(),
};

describe('derivatives of the second and third order are PyTorch’s', () => {
  for (const one of cases) {
    it(one.function, () => {
      const f = functions[one.function] as (...given: Tensor[]) => Tensor;
      const at = one.at.map((x) => tensor(x, f64));
      const same = (made: Tensor, expected: NestedNumbers): void => close(row(made), numbers(expected), tolerance);

      close([valueAndGrad(f)(...at).value.item()], [one.value], tolerance);
      at.forEach((_, argument) => {
        const slope = grad(f, { argument });
        same(slope(...at), one.gradients[argument]!);
        at.forEach((_, other) =>
          same(jacobian(slope, { argument: other })(...at), one.jacobianOfGradients[argument]![other]!),
        );
        same(jvp(slope, at, one.tangents).tangent, one.gradientsAlong[argument]!);
      });
      same(hessian(f)(...at), one.hessian);

      const [first, ...rest] = at;
      let derivative = (x: Tensor): Tensor => f(x, ...rest);
      for (let order = 0; order < 3; order++) {
        const below = derivative;
        derivative = grad((x) => below(x).sum());
      }
      same(derivative(first!), one.third);
    });
  }
});
