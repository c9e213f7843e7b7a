import assert from 'node:assert/strict';
import { type Tensor, ShapeError, nn, param, zeros } from '../../../engine/library.ts';

const { init } = nn;
const f64 = { dtype: 'float64' } as const;
const close = (a: number, b: number, tolerance: number): void =>
  assert.ok(Math.abs(a - b) <= tolerance, `${a} against ${b}`);

const moments = ({ data }: Tensor): { mean: number; deviation: number; largest: number } => {
  const numbers = Array.from(data);
  const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  const variance = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length;
  return { mean, deviation: Math.sqrt(variance), largest: Math.max(...numbers.map(Math.abs)) };
};

describe('nn.init', () => {
  it('knows the gains of PyTorch’s table', () => {
    const table: [nn.init.Nonlinearity, number][] = [
      ['linear', 1],
      ['conv1d', 1],
      ['conv2d', 1],
      ['sigmoid', 1],
      ['tanh', 1.6666666666666667],
      ['relu', 1.4142135623730951],
      ['leakyRelu', 1.4141428569978354],
      ['selu', 0.75],
    ];
    for (const [nonlinearity, gain] of table) close(init.calculateGain(nonlinearity), gain, 1e-15);
    // √(2 / (1 + 0.2²))
    close(init.calculateGain('leakyRelu', 0.2), 1.3867504905630728, 1e-15);
  });

  it('draws uniform numbers within the bound of the formula, and up to it', () => {
    // A weight [40, 30, 5] has fanIn 150 and fanOut 200.
    const shape = [40, 30, 5];
    const bounds: [Tensor, number][] = [
      [init.uniform(shape, { a: -2, b: 2, seed: 1 }), 2],
      [init.xavierUniform(shape, { seed: 1 }), Math.sqrt(6 / 350)],
      [init.xavierUniform(shape, { seed: 1, gain: 3 }), 3 * Math.sqrt(6 / 350)],
      // gain √2, then √(3 / fan)
      [init.kaimingUniform(shape, { seed: 1 }), Math.sqrt(6 / 150)],
      [init.kaimingUniform(shape, { seed: 1, mode: 'fanOut', nonlinearity: 'relu' }), Math.sqrt(6 / 200)],
      // The default of PyTorch's layers: a = √5 makes 1 / √fanIn.
      [init.kaimingUniform(shape, { seed: 1, a: Math.sqrt(5) }), 1 / Math.sqrt(150)],
    ];
    for (const [drawn, bound] of bounds) {
      const { mean, deviation, largest } = moments(drawn);
      assert.ok(largest <= bound * (1 + 1e-7) && largest > 0.995 * bound, `${largest} against ${bound}`);
      // A uniform distribution on (−b, b) has the deviation b / √3. 6000 numbers: three standard errors.
      close(mean / bound, 0, 3 / Math.sqrt(3 * 6000));
      close((deviation * Math.sqrt(3)) / bound, 1, 0.03);
    }
  });

  it('draws normal numbers with the deviation of the formula', () => {
    const shape = [40, 30, 5];
    const deviations: [Tensor, number, number][] = [
      [init.normal(shape, { mean: 5, std: 0.3, seed: 1 }), 5, 0.3],
      [init.xavierNormal(shape, { seed: 1, gain: 2 }), 0, 2 * Math.sqrt(2 / 350)],
      [init.kaimingNormal(shape, { seed: 1 }), 0, Math.sqrt(2 / 150)],
      [init.kaimingNormal(shape, { seed: 1, mode: 'fanOut', nonlinearity: 'tanh' }), 0, 5 / 3 / Math.sqrt(200)],
    ];
    for (const [drawn, expectedMean, expectedDeviation] of deviations) {
      const { mean, deviation } = moments(drawn);
      close((mean - expectedMean) / expectedDeviation, 0, 3 / Math.sqrt(6000));
      close(deviation / expectedDeviation, 1, 0.03);
    }
  });

  for (const shape of [
    [3, 7],
    [7, 3],
    [4, 4],
    [3, 2, 2],
  ]) {
    it(`makes [${shape.join(', ')}] orthonormal along its shorter side`, () => {
      const q = init.orthogonal(shape, { seed: 3, ...f64 }).reshape([shape[0]!, -1]);
      const [rows, columns] = q.shape as [number, number];
      const gram = rows <= columns ? q.matmul(q.mT) : q.mT.matmul(q);
      const side = Math.min(rows, columns);
      gram.data.forEach((x, i) => close(x, i % (side + 1) === 0 ? 1 : 0, 1e-14));
      const scaled = init.orthogonal(shape, { seed: 3, gain: 2, ...f64 }).reshape(q.shape);
      assert.deepEqual(scaled.toArray(), q.mul(2).toArray());
    });
  }

  it('stays orthonormal for a large matrix', () => {
    const q = init.orthogonal([60, 60], { seed: 5, ...f64 });
    q.matmul(q.mT).data.forEach((x, i) => close(x, i % 61 === 0 ? 1 : 0, 1e-13));
  });

  it('fills a parameter in place, in its own dtype, and returns it', () => {
    const w = param(zeros([3, 2]));
    assert.equal(init.constant(w, 0.1), w);
    assert.deepEqual(Array.from(w.data), new Array(6).fill(Math.fround(0.1)));
    assert.deepEqual([init.ones(w).data[5], init.zeros(w).data[5]], [1, 0]);
    assert.equal(init.xavierUniform(w, { seed: 1 }).requiresGrad, true);
    w.sum().backward();
    assert.deepEqual(w.grad!.toArray(), [
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
  });

  it('gives the same numbers for the same seed, and others without one', () => {
    for (const draw of [init.uniform, init.normal, init.kaimingNormal, init.orthogonal]) {
      assert.deepEqual(draw([3, 4], { seed: 9 }).toArray(), draw([3, 4], { seed: 9 }).toArray());
      assert.notDeepEqual(draw([3, 4], { seed: 9 }).toArray(), draw([3, 4], { seed: 10 }).toArray());
      assert.notDeepEqual(draw([3, 4]).toArray(), draw([3, 4]).toArray());
    }
  });

  it('says that a vector has no fans', () => {
    for (const draw of [init.xavierUniform, init.xavierNormal, init.kaimingUniform, init.orthogonal])
      assert.throws(() => draw([4]), ShapeError);
  });
});
