import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as rg from '../../../engine/library.ts';
import type { Shape } from '../../../engine/tensor/shape.ts';

type Tensor = rg.Tensor;
const f64 = { dtype: 'float64' } as const;
const settings = { seed: 11, numRuns: 100 };

const close = (actual: ArrayLike<number>, expected: ArrayLike<number>, within = 1e-11): void => {
  assert.equal(actual.length, expected.length);
  Array.from(expected).forEach((x, i) =>
    assert.ok(Math.abs(actual[i]! - x) <= within * Math.max(1, Math.abs(x)), `[${i}]: ${actual[i]}, not ${x}`),
  );
};

const sizes = (most = 3): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 0, maxLength: most });
const drawn = (shape: Shape, seed: number): Tensor => rg.randn(shape, { seed, ...f64 });

/** A smooth function of a tensor, as a chain of these. */
const steps: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  tanh: (x) => x.tanh(),
  sin: (x) => x.sin(),
  square: (x) => x.square(),
  softplus: (x) => x.softplus(),
  'times itself': (x) => x.mul(x.sigmoid()),
  'plus its sum': (x) => x.add(x.sum()),
  'without its mean': (x) => x.sub(x.mean()),
  flipped: (x) => x.reshape([-1]).flip(0).reshape(x.shape),
  'its running sums': (x) => x.reshape([-1]).cumsum(0).reshape(x.shape).mul(0.5),
};
const functions = fc
  .array(fc.constantFrom(...Object.keys(steps)), { minLength: 1, maxLength: 5 })
  .map((names) => ({ names, of: (x: Tensor): Tensor => names.reduce((y, name) => steps[name]!(y), x) }));

const gradientOf = (f: (x: Tensor) => Tensor, x: Tensor): ArrayLike<number> => rg.grad(f)(x).data;

describe('the backward pass', () => {
  it('is linear: ∇(a·f + b·g) = a·∇f + b·∇g', () => {
    const factor = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(sizes(), functions, functions, factor, factor, fc.nat(99), (shape, f, g, a, b, seed) => {
        const x = drawn(shape, seed);
        const [p, q] = [(t: Tensor) => f.of(t).sum(), (t: Tensor) => g.of(t).sum()];
        const both = gradientOf((t) => p(t).mul(a).add(q(t).mul(b)), x);
        const [left, right] = [gradientOf(p, x), gradientOf(q, x)];
        close(
          both,
          Array.from(left, (one, i) => a * one + b * right[i]!),
          1e-9,
        );
      }),
      settings,
    );
  });

  it('is linear in what it starts from: vᵀJ for a·u + w is a·uᵀJ + wᵀJ', () => {
    fc.assert(
      fc.property(sizes(), functions, fc.double({ min: -3, max: 3, noNaN: true }), fc.nat(99), (shape, f, a, seed) => {
        const { pullback } = rg.vjp(f.of, drawn(shape, seed));
        const [u, w] = [drawn(shape, seed + 1), drawn(shape, seed + 2)];
        const pulled = (v: Tensor): Tensor => pullback(v)[0]!;
        close(pulled(u.mul(a).add(w)).data, pulled(u).mul(a).add(pulled(w)).data, 1e-9);
      }),
      settings,
    );
  });

  it('agrees with the product the other way: ⟨u, J·v⟩ = ⟨Jᵀ·u, v⟩', () => {
    fc.assert(
      fc.property(sizes(), functions, fc.nat(99), (shape, f, seed) => {
        const [x, u, v] = [0, 1, 2].map((k) => drawn(shape, seed + k)) as [Tensor, Tensor, Tensor];
        const along = rg.jvp(f.of, [x], [v]).tangent;
        const back = rg.vjp(f.of, x).pullback(u)[0]!;
        close([u.mul(along).sum().item()], [back.mul(v).sum().item()], 1e-9);
      }),
      settings,
    );
  });
});

describe('broadcasting', () => {
  /** Two shapes that go together, from the common one: sizes made 1 in either, dimensions left out in front of either. */
  const pairs = sizes().chain((common) =>
    fc.tuple(
      fc.constant(common),
      fc.array(fc.constantFrom('both', 'a', 'b'), { minLength: common.length, maxLength: common.length }),
      fc.integer({ min: 0, max: common.length }),
      fc.boolean(),
    ),
  );

  const binary: Readonly<Record<string, (a: Tensor, b: Tensor) => Tensor>> = {
    add: rg.add,
    sub: rg.sub,
    mul: rg.mul,
    div: (a, b) => rg.div(a, b.square().add(1)),
    pow: (a, b) => rg.pow(a.square().add(0.5), b),
    maximum: rg.maximum,
    hypot: rg.hypot,
    logaddexp: rg.logaddexp,
    where: (a, b) => rg.where(a.greater(b), a.square(), b),
  };

  for (const [name, f] of Object.entries(binary)) {
    it(`gives what expanding first gives, with gradients summed over what was repeated: ${name}`, () => {
      fc.assert(
        fc.property(pairs, fc.nat(99), ([common, ones, missing, fromA], seed) => {
          const shapes = (['a', 'b'] as const).map((who) => {
            const own = common.map((size, i) => (ones[i] === who ? 1 : size));
            return (who === 'a') === fromA ? own.slice(missing) : own;
          });
          const [a, b] = shapes.map((shape, k) => drawn(shape, seed + k)) as [Tensor, Tensor];
          // NumPy's rule, anew.
          const rank = Math.max(...shapes.map((shape) => shape.length));
          const expected = Array.from({ length: rank }, (_, i) =>
            Math.max(...shapes.map((shape) => shape[i - rank + shape.length] ?? 1)),
          );
          assert.deepEqual(f(a, b).shape, expected);
          const loss = (x: Tensor, y: Tensor): Tensor => f(x, y).sin().sum();
          for (const argument of [0, 1]) {
            const narrow = rg.grad(loss, { argument })(a, b);
            const wide = rg.grad(loss, { argument })(a.expand(expected), b.expand(expected));
            const own = shapes[argument]!;
            const added = rank - own.length;
            const repeated = expected.flatMap((size, i) => (i < added || own[i - added] !== size ? [i] : []));
            const summed = repeated.length === 0 ? wide : wide.sum(repeated, true);
            close(narrow.data, summed.data);
            assert.deepEqual(narrow.shape, own);
          }
        }),
        { ...settings, numRuns: 40 },
      );
    });
  }
});

describe('there and back', () => {
  const ways: Readonly<Record<string, (x: Tensor, n: number) => Tensor>> = {
    reshape: (x) => x.reshape([-1]).reshape(x.shape),
    'flatten and view': (x) => x.flatten().view(x.shape),
    'permute, twice': (x, n) => {
      const order = x.shape.map((_, i) => (i + n) % x.shape.length);
      return x.permute(order).permute(order.map((_, i) => order.indexOf(i)));
    },
    'transpose, twice': (x) => x.transpose(0, -1).transpose(-1, 0),
    'flip, twice': (x) => x.flip([0]).flip([0]),
    'roll and back': (x, n) => x.roll(n, 0).roll(-n, 0),
    'unsqueeze and squeeze': (x, n) => x.unsqueeze(n % (x.shape.length + 1)).squeeze(n % (x.shape.length + 1)),
    'pad and crop': (x, n) => x.pad([n, 1]).pad([-n, -1]),
    'split and cat': (x) => rg.cat(x.split(2, 0), 0),
    'unbind and stack': (x) => rg.stack(x.unbind(-1), -1),
  };
  for (const [name, way] of Object.entries(ways)) {
    it(`changes neither values nor gradients: ${name}`, () => {
      fc.assert(
        fc.property(
          sizes().filter((shape) => shape.length > 0),
          fc.integer({ min: 0, max: 5 }),
          (shape, n) => {
            const x = drawn(shape, n);
            const back = way(x, n);
            assert.deepEqual([back.shape, back.toArray()], [x.shape, x.toArray()]);
            const weights = drawn(shape, n + 1);
            close(
              gradientOf((t) => way(t, n).mul(weights).sum(), x),
              weights.data,
              0,
            );
          },
        ),
        settings,
      );
    });
  }
});

describe('a chain of 100,000 nodes', function () {
  this.timeout(30_000);

  const chain =
    (length: number) =>
    (x: Tensor): Tensor => {
      let h = x;
      for (let i = 0; i < length; i++) h = h.mul(1 + 1 / length);
      return h.square();
    };
  const growth = (length: number): number => (1 + 1 / length) ** length;
  const x = rg.tensor(0.5, f64);

  it('leaves the stack alone, forward and backward', () =>
    close([rg.grad(chain(100_000))(x).item()], [growth(100_000) ** 2], 1e-9));

  it('leaves the stack alone in the gradient of the gradient, of 20,000', () =>
    close(
      [
        rg
          .grad(rg.grad(chain(20_000)))(x)
          .item(),
      ],
      [2 * growth(20_000) ** 2],
      1e-9,
    ));
});
