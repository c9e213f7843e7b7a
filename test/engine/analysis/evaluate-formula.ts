import type { Expression } from '../../../engine/expression/expression.ts';
import type { ChainEdge } from '../../../engine/analysis/chain.ts';
import type { PassGraph } from '../../../engine/analysis/pass-graph.ts';
import { type Block, blockAlgebra } from '../../../engine/autograd/block.ts';
import { pullbacks } from '../../../engine/autograd/pullbacks/index.ts';
import { type OpName, ops } from '../../../engine/ops/index.ts';
import type { NodeId } from '../../../engine/base/brand.ts';

const apply: typeof blockAlgebra.apply = (op, inputs, attributes) => blockAlgebra.apply(op, inputs, attributes);
const scalar = (value: number): Block => ({ data: Float64Array.of(value), shape: [], dtype: 'float64' });
const asFloat = ({ data, shape }: Block): Block => ({ data: Float64Array.from(data), shape, dtype: 'float64' });

/** What stands in closed forms only, by its definition. */
const definitions: Readonly<Record<string, (x: Block, attributes: Readonly<Record<string, unknown>>) => Block>> = {
  softmax: (x, { dim }) => {
    const grown = apply('exp', [x]);
    return apply('div', [grown, apply('sum', [grown], { dim: dim as number, keepdim: true })]);
  },
  onehot: asFloat,
  kept: asFloat,
};

/**
 * The number or tensor that a printed formula means in its run, worked out from recorded values: what stands on the screen,
 * computed.
 */
export function evaluateFormula(graph: PassGraph, edge: ChainEdge, op: NodeId | null): Block {
  const block = (id: NodeId): Block => {
    const { value, shape } = graph.node(id);
    return asFloat({ data: value.data!, shape, dtype: 'float64' });
  };
  const leaf = (x: Exclude<Expression, { kind: 'number' | 'call' }>): Block => {
    if (x.kind === 'node') return block(x.node);
    if (x.kind === 'gradient')
      return asFloat({
        data: graph.pass.gradients.get(x.node)!.data!,
        shape: graph.node(x.node).shape,
        dtype: 'float64',
      });
    const part = edge.local.named.find(({ name }) => name === x.name);
    if (!part) throw new Error(`Nothing says what ${x.name} is.`);
    return value(part.meaning);
  };
  const value = (x: Expression): Block => {
    if (x.kind === 'number') return scalar(x.value);
    if (x.kind !== 'call') return leaf(x);
    const args = x.args.map(value);
    const attributes = x.attributes ?? {};
    const defined = definitions[x.fn];
    if (defined) return defined(args[0]!, attributes);
    const pullback = x.fn in ops && !(x.fn in pullbacks) ? undefined : pullbacks[x.fn];
    if (!pullback) return apply(x.fn as OpName, args, attributes);
    const inputs = op === null ? [] : graph.node(op).inputs.map(block);
    const inputIndex = op === null ? 0 : graph.node(op).inputs.indexOf(edge.from);
    return pullback(args, { algebra: blockAlgebra, symbols: {}, attributes, inputs, inputIndex });
  };
  return value(edge.local.formula!);
}
