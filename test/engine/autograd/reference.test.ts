import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as rg from '../../../engine/library.ts';

/** PyTorch 1.13.1's float64 values and gradients for every node of programs over the ops of this library. */
interface Attrs {
  readonly negative_slope: number;
  readonly beta: number;
  readonly threshold: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly exponent: number;
  readonly value: number;
  readonly dim: number;
  readonly keepdim: boolean;
  readonly dim0: number;
  readonly dim1: number;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number | null;
  readonly step: number;
  readonly reduction: 'mean' | 'sum' | 'none';
  readonly label_smoothing: number;
}
type Encoded = number | 'NaN' | 'Infinity' | '-Infinity';
interface ReferenceNode {
  readonly id: number;
  readonly op: string;
  readonly in?: readonly number[];
  readonly attrs?: Attrs;
  readonly dtype?: 'float64' | 'int64' | 'bool';
  readonly shape: readonly number[];
  readonly data?: readonly Encoded[];
}
interface ReferenceCase {
  readonly id: string;
  readonly nodes: readonly ReferenceNode[];
  readonly loss: number;
  readonly expected: {
    readonly values: readonly (readonly Encoded[] | null)[];
    readonly grads: readonly (readonly Encoded[] | null)[];
  };
}

const file = new URL('../../fixtures/reference/torch-cases.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: ReferenceCase[] };
const tolerance = 1e-9;

type Build = (inputs: readonly rg.Tensor[], attrs: Attrs) => rg.Tensor;
const x =
  (f: (x: rg.Tensor, attrs: Attrs) => rg.Tensor): Build =>
  ([first], attrs) =>
    f(first!, attrs);
const xy =
  (f: (x: rg.Tensor, y: rg.Tensor, attrs: Attrs) => rg.Tensor): Build =>
  ([first, second], attrs) =>
    f(first!, second!, attrs);

const builds: Readonly<Record<string, Build>> = {
  neg: x(rg.neg),
  abs: x(rg.abs),
  exp: x(rg.exp),
  log: x(rg.log),
  sqrt: x(rg.sqrt),
  square: x(rg.square),
  sin: x(rg.sin),
  cos: x(rg.cos),
  tanh: x(rg.tanh),
  sigmoid: x(rg.sigmoid),
  relu: x(rg.relu),
  sign: x(rg.sign),
  detach: x(rg.detach),
  leaky_relu: x((t, { negative_slope }) => t.leakyRelu(negative_slope)),
  softplus: x((t, { beta, threshold }) => t.softplus({ beta, threshold })),
  clamp: x((t, { min, max }) => t.clamp(min, max)),
  pow_scalar: x((t, { exponent }) => t.pow(exponent)),
  add_scalar: x((t, { value }) => t.add(value)),
  mul_scalar: x((t, { value }) => t.mul(value)),
  rsub_scalar: x((t, { value }) => rg.sub(value, t)),
  rdiv_scalar: x((t, { value }) => rg.div(value, t)),
  add: xy(rg.add),
  sub: xy(rg.sub),
  mul: xy(rg.mul),
  div: xy(rg.div),
  pow: xy(rg.pow),
  maximum: xy(rg.maximum),
  minimum: xy(rg.minimum),
  where: ([c, a, b]) => rg.where(c!, a!, b!),
  sum: x((t, { dim, keepdim }) => t.sum(dim, keepdim)),
  mean: x((t, { dim, keepdim }) => t.mean(dim, keepdim)),
  amax: x((t, { dim, keepdim }) => t.max(dim, keepdim)),
  amin: x((t, { dim, keepdim }) => t.min(dim, keepdim)),
  max_all: x((t) => t.max()),
  min_all: x((t) => t.min()),
  matmul: xy(rg.matmul),
  transpose: x((t, { dim0, dim1 }) => t.transpose(dim0, dim1)),
  reshape: x((t, { shape }) => t.reshape(shape)),
  expand: x((t, { shape }) => t.expand(shape)),
  slice: x((t, { dim, start, end, step }) => t.slice(dim, start, end, step)),
  cat: (parts, { dim }) => rg.cat(parts, dim),
  stack: (parts, { dim }) => rg.stack(parts, dim),
  softmax: x((t, { dim }) => t.softmax(dim)),
  log_softmax: x((t, { dim }) => t.logSoftmax(dim)),
  mse_loss: xy((p, t, { reduction }) => rg.mseLoss(p, t, { reduction })),
  cross_entropy: xy((z, t, { reduction }) => rg.crossEntropy(z, t, { reduction })),
  bce_with_logits: xy((z, t, { reduction }) => rg.bceWithLogits(z, t, { reduction })),
};

function build(node: ReferenceNode, made: readonly rg.Tensor[]): rg.Tensor {
  if (node.data) {
    const content = Float64Array.from(node.data, Number);
    if (node.op === 'input') return leafOf(content, node.shape, 'float64', true);
    return leafOf(content, node.shape, node.dtype === 'int64' ? 'int32' : (node.dtype ?? 'float64'), false);
  }
  return builds[node.op]!(
    node.in!.map((id) => made[id]!),
    node.attrs ?? ({} as Attrs),
  );
}

function leafOf(content: Float64Array, shape: readonly number[], dtype: rg.DType, requiresGrad: boolean): rg.Tensor {
  const filled = rg.zeros(shape, { dtype, requiresGrad });
  filled.data.set(content);
  return filled;
}

function near(actual: ArrayLike<number>, expected: readonly Encoded[], what: string): void {
  const wanted = expected.map(Number);
  const scale = Math.max(1, ...wanted.filter(Number.isFinite).map(Math.abs));
  assert.equal(actual.length, wanted.length, what);
  wanted.forEach((value, i) => {
    const good =
      Object.is(value, actual[i]) || value === actual[i] || Math.abs(value - actual[i]!) <= tolerance * scale;
    assert.ok(good, `${what}[${i}]: ${actual[i]!}, PyTorch has ${value}`);
  });
}

describe('PyTorch reference', () => {
  it('is there', () => assert.ok(cases.length >= 100));

  for (const { id, nodes, loss, expected } of cases) {
    // Label smoothing is not offered yet.
    const smoothed = nodes.some(({ attrs }) => Number(attrs?.label_smoothing ?? 0) !== 0);
    if (smoothed) continue;
    it(id, () => {
      const made: rg.Tensor[] = [];
      for (const node of nodes) made.push(build(node, made));
      if (made[loss]!.requiresGrad) made[loss]!.backward();
      nodes.forEach((node, i) => {
        const values = expected.values[i];
        if (values) near(made[i]!.data, values, `${node.op}#${i} value`);
        const gradient = expected.grads[i];
        const own = made[i]!.grad;
        if (gradient) near(own?.data ?? [], gradient, `${node.op}#${i} gradient`);
        else
          assert.ok(
            own === null || own.data.every((g) => g === 0),
            `${node.op}#${i} has a gradient that PyTorch does not have`,
          );
      });
    });
  }
});
