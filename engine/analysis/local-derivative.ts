import type { NodeId } from '../base/brand.ts';
import { type Expression, number, plus, times } from '../expression/expression.ts';
import { evaluateNumber, ofOneElement } from '../expression/evaluate.ts';
import { simplify } from '../expression/simplify.ts';
import { substitute, weight } from '../expression/substitute.ts';
import { argumentsOf, derivativeOf, formulaOf, isElementwise, pullbackOf } from '../ops/rules.ts';
import { sameShape, sizeOf } from '../tensor/shape.ts';
import type { Fold } from './folds.ts';
import type { PassGraph } from './pass-graph.ts';

/** How a fold's value changes with one of its inputs. */
export interface LocalDerivative {
  /** Bound to the run and simplified. For `matrix`, the whole vector–Jacobian product; null when too long to be read. */
  readonly formula: Expression | null;
  /** `matrix`: the Jacobian is no diagonal, and the formula tells what is made of the upstream gradient. */
  readonly kind: 'scalar' | 'elementwise' | 'matrix';
  /** One number per element; null for `matrix` and for contents the trace left out. */
  readonly value: Float64Array | null;
}

/** Longer formulas are not read by anybody. */
const longest = 60;

/** ∂fold/∂input: the sum over the ways through the fold of the products of its ops' local derivatives. Null when none leads there. */
export function localDerivative(graph: PassGraph, fold: Fold, input: NodeId): LocalDerivative | null {
  const shape = graph.node(fold.id).shape;
  const uniform =
    fold.ops.every((op) => isElementwise(graph.node(op).op) && sameShape(graph.node(op).shape, shape)) &&
    sameShape(graph.node(input).shape, shape);
  const scalar =
    sizeOf(shape) === 1 &&
    fold.ops.every((op) => sizeOf(graph.node(op).shape) === 1 && hasScalarRules(graph, op)) &&
    sizeOf(graph.node(input).shape) === 1;
  const kind = scalar ? 'scalar' : uniform ? 'elementwise' : 'matrix';
  const formula = symbolic(graph, fold, input, kind);
  if (formula === null) return null;
  const shown = weight(formula) > longest ? null : formula;
  return { formula: shown, kind, value: kind === 'matrix' ? null : numeric(graph, fold, input) };
}

/** Reverse accumulation through the fold, with formulas for numbers. */
function symbolic(graph: PassGraph, fold: Fold, input: NodeId, kind: LocalDerivative['kind']): Expression | null {
  const inside = new Set(fold.ops);
  const sums = new Map<NodeId, Expression>([
    [fold.id, kind === 'matrix' ? { kind: 'gradient', node: fold.id } : number(1)],
  ]);
  for (const op of [...fold.ops].reverse()) {
    const upstream = sums.get(op);
    if (!upstream) continue;
    const node = graph.node(op);
    node.inputs.forEach((from, i) => {
      if ((!inside.has(from) && from !== input) || !graph.node(from).requiresGrad) return;
      const term = kind === 'matrix' ? pulled(graph, fold, op, i, upstream) : scaled(graph, fold, op, i, upstream);
      if (!term || weight(term) > 40 * longest) return;
      const before = sums.get(from);
      sums.set(from, before ? plus(before, term) : term);
    });
  }
  const found = sums.get(input);
  return found && input !== fold.id ? simplify(found) : null;
}

function scaled(graph: PassGraph, fold: Fold, op: NodeId, i: number, upstream: Expression): Expression | null {
  const node = graph.node(op);
  const rule = derivativeOf(node.op, i, node.attributes);
  if (rule) return times(upstream, substitute(rule, bound(graph, fold, op)));
  const pullback = scalarPullback(graph, op, i);
  return pullback && substitute(pullback, { ...bound(graph, fold, op), ȳ: upstream });
}

/** The vector–Jacobian product of an op of single elements as a formula of numbers; null where it is none. */
function scalarPullback(graph: PassGraph, op: NodeId, i: number): Expression | null {
  const node = graph.node(op);
  const pullback = pullbackOf(node.op, i, node.attributes);
  return pullback && ofOneElement(pullback);
}

const hasScalarRules = (graph: PassGraph, op: NodeId): boolean =>
  graph
    .node(op)
    .inputs.every(
      (_, i) =>
        pullbackOf(graph.node(op).op, i, graph.node(op).attributes) === null || scalarPullback(graph, op, i) !== null,
    );

function pulled(graph: PassGraph, fold: Fold, op: NodeId, i: number, upstream: Expression): Expression | null {
  const node = graph.node(op);
  const rule = pullbackOf(node.op, i, node.attributes);
  if (!rule) return null;
  const from = node.inputs[i]!;
  return withoutIdleShapes(substitute(rule, { ...bound(graph, fold, op), ȳ: upstream }), graph, op, from);
}

/** What a rule's symbols mean here: the shown values by name, inner ones by the formula they were made with. */
function bound(graph: PassGraph, fold: Fold, op: NodeId): Record<string, Expression> {
  const node = graph.node(op);
  const names = argumentsOf(node.op);
  const table: Record<string, Expression> = { y: meaning(graph, fold, op) };
  node.inputs.forEach((from, i) => (table[names[i] ?? names[0]!] ??= meaning(graph, fold, from)));
  return table;
}

function meaning(graph: PassGraph, fold: Fold, id: NodeId): Expression {
  const node = graph.node(id);
  if (node.kind === 'constant' && node.name === null && node.value.data?.length === 1)
    return number(node.value.data[0]!);
  if (id === fold.id || !fold.ops.includes(id)) return { kind: 'node', node: id };
  if (node.inputs.length === 0) return { kind: 'node', node: id };
  return formulaOf(
    node.op,
    node.attributes,
    node.inputs.map((from) => meaning(graph, fold, from)),
  );
}

/** Sums and repeats that change nothing, because the shapes agree already, are not written; counts become numbers. */
function withoutIdleShapes(x: Expression, graph: PassGraph, op: NodeId, from: NodeId): Expression {
  if (x.kind !== 'call') return x;
  const [first] = x.args;
  const output = graph.node(op).shape;
  const input = graph.node(from).shape;
  if (x.fn === 'count') return number(sizeOf(input) / Math.max(1, sizeOf(output)));
  const idle =
    (x.fn === 'sumLike' && sameShape(output, input)) ||
    (x.fn === 'sumLike' && graph.node(op).op === 'matmul' && output.length === input.length && output.length === 2);
  if (idle) return withoutIdleShapes(first!, graph, op, from);
  return { ...x, args: x.args.map((argument) => withoutIdleShapes(argument, graph, op, from)) };
}

/** The same accumulation with this run's numbers, element by element. */
function numeric(graph: PassGraph, fold: Fold, input: NodeId): Float64Array | null {
  const size = sizeOf(graph.node(fold.id).shape);
  const inside = new Set(fold.ops);
  const sums = new Map<NodeId, Float64Array>([[fold.id, new Float64Array(size).fill(1)]]);
  for (const op of [...fold.ops].reverse()) {
    const upstream = sums.get(op);
    const node = graph.node(op);
    if (!upstream) continue;
    for (const [i, from] of node.inputs.entries()) {
      if ((!inside.has(from) && from !== input) || !graph.node(from).requiresGrad) continue;
      const local = opDerivative(graph, op, i, size);
      if (!local) return null;
      const sum = sums.get(from) ?? new Float64Array(size);
      for (let k = 0; k < size; k++) sum[k]! += upstream[k]! * local[k]!;
      sums.set(from, sum);
    }
  }
  return sums.get(input) ?? null;
}

/** An op's own local derivative, from its rule and the values of the run. */
function opDerivative(graph: PassGraph, op: NodeId, i: number, size: number): Float64Array | null {
  const node = graph.node(op);
  const rule = derivativeOf(node.op, i, node.attributes) ?? scalarPullback(graph, op, i);
  if (!rule) return new Float64Array(size);
  const names = argumentsOf(node.op);
  const data = new Map<string, ArrayLike<number> | null>([['y', node.value.data]]);
  node.inputs.forEach((from, k) => data.set(names[k] ?? names[0]!, graph.node(from).value.data));
  if ([...data.values()].includes(null)) return null;
  const at = (name: string, k: number): number => {
    const values = data.get(name)!;
    return values[values.length === 1 ? 0 : k]!;
  };
  return Float64Array.from({ length: size }, (_, k) =>
    evaluateNumber(rule, (leaf) => (leaf.kind !== 'symbol' ? NaN : leaf.name === 'ȳ' ? 1 : at(leaf.name, k))),
  );
}
