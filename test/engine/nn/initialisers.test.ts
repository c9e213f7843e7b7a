import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type Tensor, nn, tensor, zeros } from '../../../engine/library.ts';

/** How PyTorch has a tensor filled: between two bounds, with a mean and a deviation, or with one number. */
type Filling =
  | { readonly uniform: readonly [number, number] }
  | { readonly normal: readonly [number, number] }
  | { readonly constant: number };
type Options = Readonly<Record<string, number | string | boolean>>;

const file = new URL('../../fixtures/torch/initialisers.json', import.meta.url);
const { fans, gains, initialisers, layers } = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly fans: readonly { readonly shape: number[]; readonly fans: readonly [number, number] }[];
  readonly gains: readonly { readonly nonlinearity: string; readonly slope: number | null; readonly gain: number }[];
  readonly initialisers: readonly (Filling & {
    readonly init: string;
    readonly shape: number[];
    readonly options: Options;
  })[];
  readonly layers: readonly {
    readonly layer: string;
    readonly sizes: readonly unknown[];
    readonly options: Options;
    readonly parameters: Readonly<Record<string, Filling & { readonly shape: number[] }>>;
  }[];
};

const f64 = { dtype: 'float64' } as const;
const near = (actual: number, expected: number, tolerance: number, what: string): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what} is ${actual}, expected ${expected} ± ${tolerance}`);

type Init = (shape: number[], options: object) => Tensor;
const initialiser = (name: string): Init => (nn.init as unknown as Record<string, Init>)[name]!;
type Layer = new (...all: unknown[]) => nn.Module;
const layerClass = (name: string): Layer => (nn as unknown as Record<string, Layer>)[name]!;

/**
 * Whether many numbers may be of a distribution. Seeds are fixed, so that nothing is left to chance once it holds; the bounds are
 * those that less than one in a million of fair draws would miss.
 */
function checkMoments(numbers: readonly number[], filling: Filling, what: string): void {
  const count = numbers.length;
  const mean = numbers.reduce((sum, x) => sum + x, 0) / count;
  const deviation = Math.sqrt(numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / count);
  if ('constant' in filling) {
    assert.ok(
      numbers.every((x) => x === filling.constant),
      what,
    );
    return;
  }
  if ('normal' in filling) {
    const [center, spread] = filling.normal;
    near(mean, center, (5 * spread) / Math.sqrt(count), `mean of ${what}`);
    near(deviation / spread, 1, 5 / Math.sqrt(2 * count), `deviation of ${what}`);
    return;
  }
  const [low, high] = filling.uniform;
  const width = high - low;
  assert.ok(
    numbers.every((x) => x >= low - 1e-15 && x <= high + 1e-15),
    `${what} is outside ${low} … ${high}`,
  );
  // That none of `count` numbers comes as near to an end as this has a chance of e⁻¹⁵.
  for (const end of [low, high])
    assert.ok(
      numbers.some((x) => Math.abs(x - end) < (15 * width) / count),
      `${what} stays away from ${end}`,
    );
  near(mean, (low + high) / 2, (5 * width) / Math.sqrt(12 * count), `mean of ${what}`);
}

describe('initial parameters, held to PyTorch', () => {
  it('have its gains', () => {
    for (const { nonlinearity, slope, gain } of gains) {
      const own = nn.init.calculateGain(nonlinearity as nn.init.Nonlinearity, slope ?? undefined);
      near(own / gain, 1, 1e-15, `gain of ${nonlinearity} ${slope}`);
    }
  });

  it('have its fans: of a bound, both can be read', () => {
    for (const { shape, fans: both } of fans)
      for (const [i, mode] of (['fanIn', 'fanOut'] as const).entries()) {
        // b = √3 · gain / √fan, of which the same seed draws the same share.
        const given = nn.init.kaimingUniform(shape, { seed: 4, mode, nonlinearity: 'linear', ...f64 }).data;
        const shares = nn.init.uniform(shape, { seed: 4, a: -1, b: 1, ...f64 }).data;
        const fan = 3 * (shares[0]! / given[0]!) ** 2;
        near(fan / both[i]!, 1, 1e-12, `${mode} of [${shape.join(', ')}]`);
      }
  });

  it('are drawn from its distributions, to the last digits of bounds and deviations', () => {
    for (const { init, shape, options, ...filling } of initialisers) {
      const drawn = initialiser(init)(shape, { ...options, seed: 7, ...f64 });
      const [name, from, to] =
        'uniform' in filling
          ? (['uniform', filling.uniform[0], filling.uniform[1] - filling.uniform[0]] as const)
          : (['normal', ...(filling as { readonly normal: readonly [number, number] }).normal] as const);
      // The standard numbers of the same seed, moved and stretched.
      initialiser(name)(shape, { seed: 7, ...f64 }).data.forEach((standard, i) => {
        near(drawn.data[i]!, from + to * standard, 1e-14 * (Math.abs(from) + to), `${init} ${JSON.stringify(options)}`);
      });
    }
  });

  it('are spread as they should be', () => {
    const many = (draw: (options: object) => Tensor): number[] =>
      Array.from({ length: 20 }, (_, seed) => Array.from(draw({ seed, ...f64 }).data)).flat();
    for (const [init, filling] of [
      ['uniform', { uniform: [0, 1] }],
      ['normal', { normal: [0, 1] }],
    ] as const) {
      const numbers = many((options) => initialiser(init)([50, 40], options));
      checkMoments(numbers, filling, init);
      // Fourth moments tell a uniform distribution (9/5 of the variance squared) from a normal one (3).
      const [mean, variance, fourth] = init === 'uniform' ? [0.5, 1 / 12, 1.8] : [0, 1, 3];
      const kurtosis = numbers.reduce((sum, x) => sum + (x - mean) ** 4, 0) / numbers.length / variance ** 2;
      near(kurtosis, fourth, 0.12, `kurtosis of ${init}`);
      // Neighbours have nothing to do with each other: their correlation has the deviation 1/√n.
      const together = numbers.slice(1).reduce((sum, x, i) => sum + (x - mean) * (numbers[i]! - mean), 0);
      near(together / numbers.length / variance, 0, 5 / Math.sqrt(numbers.length), `correlation of ${init}`);
    }
  });

  for (const { layer, sizes, options, parameters } of layers) {
    it(`of ${layer}(${JSON.stringify(sizes).slice(1, -1)}) ${JSON.stringify(options)}`, () => {
      const drawn = new Map<string, number[]>(Object.keys(parameters).map((name) => [name, []]));
      const smallest = Math.min(...Object.values(parameters).map(({ shape }) => zeros(shape).size));
      const even = Object.values(parameters).every((filling) => 'constant' in filling);
      const makes = even ? 1 : Math.ceil(2000 / smallest);
      for (let seed = 0; seed < makes; seed++) {
        const given = layer.includes('Norm') ? f64 : { seed, ...f64 };
        const made = new (layerClass(layer))(...sizes, { ...options, ...given });
        const named = new Map(made.namedParameters());
        assert.deepEqual([...named.keys()].sort(), [...drawn.keys()].sort());
        for (const [name, numbers] of drawn) {
          const own = named.get(name)!;
          assert.deepEqual(own.shape, parameters[name]!.shape);
          if (numbers.length < 50_000) for (const x of own.data) numbers.push(x);
        }
      }
      for (const [name, numbers] of drawn) checkMoments(numbers, parameters[name]!, name);
    });
  }

  it('are orthogonal matrices, of all directions alike', () => {
    for (const [shape, gain] of [
      [[4, 4], 1],
      [[3, 8], 2.5],
      [[9, 4], 0.5],
      [[6, 2, 3], 1],
      [[5, 2, 2, 2], Math.SQRT2],
    ] as const) {
      const [rows, columns] = [shape[0], shape.slice(1).reduce((size, length) => size * length, 1)];
      const numbers: number[] = [];
      for (let seed = 0; seed < 400; seed++) {
        const q = nn.init.orthogonal([...shape], { gain, seed, ...f64 }).reshape([rows, columns]);
        const gram = rows <= columns ? q.matmul(q.mT) : q.mT.matmul(q);
        const side = Math.min(rows, columns);
        gram.data.forEach((x, i) => near(x, i % (side + 1) === 0 ? gain ** 2 : 0, 1e-14 * 10, 'QᵀQ'));
        numbers.push(...q.data);
      }
      // Rows of Haar's measure: every element has the mean 0 and the variance gain² / longer side.
      const spread = gain / Math.sqrt(Math.max(rows, columns));
      checkMoments(numbers, { normal: [0, spread] }, `orthogonal [${shape.join(', ')}]`);
    }
  });

  it('refuse a nonlinearity or a mode that does not exist, by name', () => {
    const told =
      (options: object): (() => unknown) =>
      () =>
        nn.init.kaimingNormal([2, 3], options);
    assert.throws(told({ nonlinearity: 'leaky_relu' }), /kaimingNormal: .*'leaky_relu'.*'leakyRelu'/);
    assert.throws(told({ nonlinearity: 'gelu' }), /'gelu'/);
    assert.throws(told({ mode: 'fan_out' }), /kaimingNormal: .*'fan_out'.*'fanOut'/);
    assert.throws(
      told({ gain: 2 }),
      /kaimingNormal: there is no option 'gain'.* There are a, mode, nonlinearity, seed/,
    );
    assert.throws(() => nn.init.xavierUniform(tensor([1]), { std: 1 } as never), /no option 'std'/);
    assert.throws(() => nn.init.calculateGain('swish' as never), /'swish'/);
  });

  it('refuse what layers do not know either, in the place of taking it for something else', () => {
    assert.throws(
      () => new nn.RNN(2, 3, { nonlinearity: 'ReLU' as never }),
      /nonlinearity is 'ReLU'. Did you mean 'relu'/,
    );
    assert.throws(() => new nn.TransformerEncoderLayer(4, 2, { activation: 'swish' as never }), /'relu', 'gelu'/);
    assert.throws(
      () => tensor([1]).gelu({ approximate: 'erf' as never }),
      /gelu: approximate is 'erf'. There is 'none'/,
    );
  });
});
