import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { PassGraph } from '../../../engine/analysis/pass-graph.ts';
import { type Block, blockAlgebra } from '../../../engine/autograd/block.ts';
import { BackwardGraph, type BackwardOp, type BackwardValue } from '../../../engine/replay/backward-graph.ts';
import { Recording } from '../../../engine/replay/recording.ts';
import type { Trace } from '../../../engine/trace/format.ts';
import { TextRunner } from '../explain/run-text.ts';

const examples = new URL('../../../examples/', import.meta.url);
const layers = `import { model, param, input, randn, nn, crossEntropy, tensor } from 'retrograd';
const x = input(randn([2, 1, 6, 6], { seed: 1 }));
const filters = param(randn([3, 1, 3, 3], { seed: 2 }));
const W = param(randn([12, 4], { seed: 3 }));
const scale = param(randn([4], { seed: 4 }));
export const net = model(() => {
  const h = x.conv2d(filters).relu().maxPool2d(2).reshape([2, 12]);
  const g = h.matmul(W).mul(scale).softmax(1).cumprod(0).add(h.sum());
  return crossEntropy(g, tensor([0, 2], { dtype: 'int32' })).add(W.norm().log1p());
});
`;

describe('the backward graph', function () {
  this.timeout(60_000);
  let runner: TextRunner;
  before(() => (runner = new TextRunner()));
  after(() => runner.dispose());

  /** The ops alone, each applied to what it reads: the numbers have to come out of the graph, not of the pass beside it. */
  function appliedOnly(graph: BackwardGraph): Map<BackwardOp, Block> {
    const values = new Map<BackwardOp, Block>();
    const of = (value: BackwardValue): Block =>
      value.kind === 'op'
        ? values.get(value)!
        : value.kind === 'forward'
          ? graph.recording.value(value.node)
          : blockAlgebra.number(value.value, value.dtype);
    for (const op of graph.ops) {
      const inputs = op.inputs.map(of);
      if (op.op === 'seed') values.set(op, graph.recording.filled(graph.output, 1));
      else values.set(op, op.op === 'same' ? inputs[0]! : blockAlgebra.apply(op.op, inputs, op.attributes));
    }
    return values;
  }

  const texts: [string, string][] = readdirSync(examples)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [name, '']);
  const traced = (name: string, text: string): Promise<Trace> =>
    text === '' ? runner.example(name) : runner.trace(text);

  for (const [name, text] of [...texts, ['layers', layers] as const]) {
    it(`holds every gradient of the run, to the last bit: ${name}`, async () => {
      const trace = await traced(name, text);
      for (const pass of trace.passes) {
        const graph = new BackwardGraph(new Recording(new PassGraph(trace, pass)), pass.loss);
        assert.deepEqual(new Set(graph.gradients.keys()), new Set(pass.gradients.keys()));
        for (const [id, op] of graph.gradients) {
          const { data } = pass.gradients.get(id)!;
          if (data) assert.deepEqual(graph.value(op).data, data, `node ${id}`);
        }
        for (const op of graph.ops) {
          const { shape, dtype, data } = graph.value(op);
          assert.deepEqual([shape, dtype, data.length], [op.shape, op.dtype, op.shape.reduce((a, b) => a * b, 1)]);
          for (const input of op.inputs) assert.ok(input.kind !== 'op' || input.id < op.id);
        }
      }
    });

    it(`is made of ops that give these gradients, in float64: ${name}`, async () => {
      const trace = await traced(name, text);
      for (const pass of trace.passes) {
        const graph = new BackwardGraph(new Recording(new PassGraph(trace, pass), 'float64'), pass.loss);
        const applied = appliedOnly(graph);
        for (const [id, op] of graph.gradients) {
          const [wanted, got] = [graph.value(op).data, applied.get(op)!.data];
          const scale = Math.max(1e-9, ...[...wanted].map(Math.abs));
          const worst = Math.max(...[...wanted].map((x, i) => Math.abs(x - got[i]!)));
          assert.ok(worst <= 1e-11 * scale, `node ${id} is off by ${worst}`);
        }
      }
    });
  }
});
