import assert from 'node:assert/strict';
import type { ModulePath, NodeId, ScopeId } from '../../../engine/base/brand.ts';
import { PassGraph } from '../../../engine/analysis/pass-graph.ts';
import { apply } from '../../../engine/autograd/apply.ts';
import type { Block } from '../../../engine/autograd/block.ts';
import { randn, tensor } from '../../../engine/library.ts';
import { type Sample, notDifferentiable } from '../../../engine/ops/define.ts';
import { type OpName, ops } from '../../../engine/ops/index.ts';
import { push } from '../../../engine/replay/pushforward.ts';
import { Recording } from '../../../engine/replay/recording.ts';
import type { Attributes } from '../../../engine/tensor/runtime.ts';
import type { Pass, Trace, TraceNode } from '../../../engine/trace/format.ts';
import { statisticsOf } from '../../../engine/trace/statistics.ts';

type Made = readonly Block[];

/** Within the sample's range, or between 0.05 and about 2 in magnitude: away from kinks. */
const drawn = ({ shapes, range, contents }: Sample): Block[] =>
  shapes.map((shape, k) => {
    const given = contents?.[k];
    if (given) return { data: Int32Array.from(given), shape, dtype: 'int32' };
    const normal = randn(shape, { seed: 31 + k, dtype: 'float64' });
    const inRange = range
      ? normal
          .sigmoid()
          .mul(range[1] - range[0])
          .add(range[0])
      : normal.add(normal.sign().mul(0.05));
    return { data: inRange.data, shape, dtype: 'float64' };
  });

/** A trace of one application of one op. */
function recordingOf(op: string, attributes: Attributes, inputs: Made): Recording {
  const output = result(op, attributes, inputs);
  const node = (id: number, block: Block, from: readonly number[]): TraceNode => ({
    id: id as NodeId,
    op: from.length > 0 ? op : 'parameter',
    kind: from.length > 0 ? 'op' : 'parameter',
    inputs: from as readonly NodeId[],
    attributes: from.length > 0 ? attributes : {},
    dtype: block.dtype,
    shape: block.shape,
    requiresGrad: true,
    name: null,
    sites: [],
    scope: 0 as ScopeId,
    value: { statistics: statisticsOf(block.data), data: block.data },
  });
  const nodes = [
    ...inputs.map((block, i) => node(i, block, [])),
    node(
      inputs.length,
      output,
      inputs.map((_, i) => i),
    ),
  ];
  const pass: Pass = {
    name: op,
    kind: 'backward',
    site: null,
    loss: inputs.length as NodeId,
    nodes: nodes.map(({ id }) => id),
    gradients: new Map(),
    contributions: [],
    step: null,
  };
  const trace: Trace = {
    format: 'retrograd-trace/1',
    entry: 'none.ts' as ModulePath,
    files: [],
    sites: new Map(),
    scopes: [],
    nodes,
    passes: [pass],
    log: [],
    problems: [],
  };
  return new Recording(new PassGraph(trace, pass), 'float64');
}

function result(op: string, attributes: Attributes, inputs: Made): Block {
  const made = apply(
    op as OpName,
    inputs.map(({ data, shape, dtype }) => tensor(Array.from(data), { dtype }).reshape(shape)),
    attributes,
  );
  return { data: made.data, shape: made.shape, dtype: made.dtype };
}

const moved = (block: Block, along: Block, by: number): Block => ({
  ...block,
  data: Float64Array.from(block.data, (x, i) => x + by * along.data[i]!),
});

describe('the Jacobian–vector product', () => {
  for (const { name, rules, samples, variadic } of Object.values(ops)) {
    samples.forEach((sample, s) => {
      sample.shapes.forEach((shape, i) => {
        if (sample.contents?.[i] || rules[variadic ? 0 : i] === notDifferentiable) return;
        it(`of ${name}, sample ${s}, input ${i} is what central differences give`, () => {
          const attributes = sample.attributes ?? {};
          const inputs = drawn(sample);
          const direction = randn(shape, { seed: 77, dtype: 'float64' });
          const tangent: Block = { data: direction.data, shape, dtype: 'float64' };
          const pushed = push(recordingOf(name, attributes, inputs), inputs.length as NodeId, i, tangent)!;
          const at = (by: number): Block =>
            result(
              name,
              attributes,
              inputs.map((block, k) => (k === i ? moved(block, tangent, by) : block)),
            );
          const [ahead, behind] = [at(1e-6), at(-1e-6)];
          assert.deepEqual(pushed.shape, ahead.shape);
          pushed.data.forEach((x, k) => {
            const difference = (ahead.data[k]! - behind.data[k]!) / 2e-6;
            assert.ok(
              Math.abs(x - difference) <= 1e-6 * Math.max(1, Math.abs(difference)),
              `${x} against ${difference}`,
            );
          });
        });
      });
    });
  }
});
