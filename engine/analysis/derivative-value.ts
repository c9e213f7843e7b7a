import type { NodeId } from '../base/brand.ts';
import { type Compiled, compile } from '../expression/compile.ts';
import { evaluateNumber, ofOneElement } from '../expression/evaluate.ts';
import { type Expression, times } from '../expression/expression.ts';
import { argumentsOf, derivativeOf, pullbackOf } from '../ops/rules.ts';
import { broadcastIndices } from '../tensor/kernels/broadcast.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { PassGraph } from './pass-graph.ts';

/**
 * ∂fold/∂input with this run's numbers, element by element: the accumulation of the formula, over numbers. Null where the trace
 * left out a content that it takes.
 * @param way the fold's ops that the input has a part in, the fold itself last.
 */
export function derivativeValue(graph: PassGraph, way: readonly NodeId[], input: NodeId): Float64Array | null {
  const output = way.at(-1)!;
  const size = sizeOf(graph.node(output).shape);
  const sums = new Map<NodeId, Float64Array>([[output, new Float64Array(size).fill(1)]]);
  const inside = new Set(way);
  for (let at = way.length - 1; at >= 0; at--) {
    const op = way[at]!;
    const upstream = sums.get(op);
    if (!upstream) continue;
    const { inputs } = graph.node(op);
    for (let i = 0; i < inputs.length; i++) {
      const from = inputs[i]!;
      if ((from !== input && !inside.has(from)) || !graph.node(from).requiresGrad) continue;
      const rule = ruleOf(graph, op, i);
      if (!rule) continue;
      const passed = applied(rule, graph, op, size, upstream);
      if (!passed) return null;
      const sum = sums.get(from);
      if (!sum) sums.set(from, passed);
      else for (let k = 0; k < size; k++) sum[k]! += passed[k]!;
    }
  }
  return sums.get(input) ?? null;
}

/** What an op passes on to one of its inputs, in numbers; null where it passes on nothing. */
function ruleOf(graph: PassGraph, op: NodeId, i: number): Expression | null {
  const { op: name, attributes } = graph.node(op);
  const derivative = derivativeOf(name, i, attributes);
  if (derivative) return scaledBy(derivative);
  const pullback = pullbackOf(name, i, attributes);
  return pullback && ofOneElement(pullback);
}

/** One product for each rule, so that what it is compiled to is found again. */
const products = new WeakMap<Expression, Expression>();
function scaledBy(derivative: Expression): Expression {
  let product = products.get(derivative);
  if (!product) products.set(derivative, (product = times({ kind: 'symbol', name: 'ȳ' }, derivative)));
  return product;
}

const compiled = new WeakMap<Expression, Compiled>();

function applied(
  rule: Expression,
  graph: PassGraph,
  op: NodeId,
  size: number,
  upstream: Float64Array,
): Float64Array | null {
  const { op: name, inputs, value, shape } = graph.node(op);
  const compute = madeReady(rule, name);
  const count = inputs.length + 2;
  const operands = new Array<Operand>(count);
  for (let j = 0; j < inputs.length; j++) {
    const { value: content, shape: own } = graph.node(inputs[j]!);
    if (!content.data) return null;
    const whole = content.data.length === size || content.data.length === 1;
    operands[j] = { data: content.data, places: whole ? null : broadcastIndices(own, shape) };
  }
  if (!value.data) return null;
  operands[count - 2] = { data: value.data, places: null };
  operands[count - 1] = { data: upstream, places: null };
  const numbers = new Float64Array(count);
  const out = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    for (let j = 0; j < count; j++) {
      const { data, places } = operands[j]!;
      numbers[j] = data[data.length === 1 ? 0 : (places?.[k] ?? k)]!;
    }
    out[k] = compute(numbers);
  }
  return out;
}

function madeReady(rule: Expression, op: string): Compiled {
  let compute = compiled.get(rule);
  if (!compute) {
    const names = [...argumentsOf(op), 'y', 'ȳ'];
    compute = compile(rule, names) ?? ((values) => evaluateNumber(rule, numbered(names, values)));
    compiled.set(rule, compute);
  }
  return compute;
}

interface Operand {
  readonly data: ArrayLike<number>;
  /** Where broadcasting finds each element; null for the same place. */
  readonly places: Int32Array | null;
}

const numbered =
  (names: readonly string[], values: ArrayLike<number>) =>
  (leaf: Exclude<Expression, { kind: 'number' | 'call' }>): number =>
    leaf.kind === 'symbol' ? values[names.indexOf(leaf.name)]! : NaN;
