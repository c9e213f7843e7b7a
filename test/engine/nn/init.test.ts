import assert from 'node:assert/strict';
import { ShapeError, nn, param, zeros } from '../../../engine/library.ts';

const { init } = nn;
const f64 = { dtype: 'float64' } as const;
const close = (a: number, b: number, tolerance: number): void =>
  assert.ok(Math.abs(a - b) <= tolerance, `${a} against ${b}`);

describe('nn.init', () => {
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
