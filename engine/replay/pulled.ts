import type { NodeId } from '../base/brand.ts';
import type { Fold } from '../analysis/folds.ts';
import { Meanings } from '../analysis/meanings.ts';
import type { PassGraph } from '../analysis/pass-graph.ts';
import { type Unit, unitsOf } from '../analysis/units.ts';
import { pull } from '../autograd/pull.ts';
import type { OpName } from '../ops/index.ts';
import { type Applied, appliedAlgebra, called, gradientOf, valueOf } from './applied.ts';
import { fromExpression } from './from-expression.ts';

interface Options {
  /** ∂L/∂fold unless it is something else. */
  readonly upstream?: Applied;
  /** Whether composite ops with a closed form are written by it; without, everything is what the tape did. */
  readonly closed?: boolean;
}

/**
 * The vector–Jacobian product through a fold as a formula: what ∂L/∂fold contributes to the gradient of one of its inputs.
 * It is the backward pass itself, over formulas. Null when nothing passes.
 */
export function pulledThrough(
  graph: PassGraph,
  fold: Fold,
  input: NodeId,
  { upstream = gradientOf(graph, fold.id), closed = true }: Options = {},
): Applied | null {
  const matters = onTheWay(graph, fold, input);
  const units: readonly Unit[] = closed
    ? unitsOf(graph, fold, matters, new Meanings(graph, fold))
    : fold.ops.map((output) => ({ kind: 'op', output }));
  const meaning = meaningsIn(graph, fold, units);
  const sums = new Map<NodeId, Applied>([[fold.id, upstream]]);
  const add = (to: NodeId, part: Applied | null): void => {
    const before = sums.get(to);
    if (part) sums.set(to, before ? appliedAlgebra.apply('add', [before, part]) : part);
  };
  for (let k = units.length - 1; k >= 0; k--) {
    const unit = units[k]!;
    const arrived = sums.get(unit.output);
    if (!arrived) continue;
    if (unit.kind === 'closed') {
      for (const [from, { formula, named }] of unit.pulls)
        if (matters.has(from)) add(from, fromExpression(graph, formula, { upstream: arrived, meaning, named }));
      continue;
    }
    const { op, attributes, inputs } = graph.node(unit.output);
    inputs.forEach((from, i) => {
      if (!matters.has(from)) return;
      const application = { op, attributes, inputs: inputs.map(meaning), output: meaning(unit.output) };
      add(from, pull(application, i, arrived, appliedAlgebra));
    });
  }
  return sums.get(input) ?? null;
}

/** The input, and the fold's ops through which its gradient comes. */
function onTheWay(graph: PassGraph, { ops }: Fold, input: NodeId): ReadonlySet<NodeId> {
  const found = new Set<NodeId>([input]);
  for (const op of ops) {
    const { inputs, requiresGrad } = graph.node(op);
    if (requiresGrad && inputs.some((from) => found.has(from))) found.add(op);
  }
  return found;
}

/** What nodes are written as: those inside a fold, which have no name, as what made them; composites by their own name. */
function meaningsIn(graph: PassGraph, fold: Fold, units: readonly Unit[]): (id: NodeId) => Applied {
  const made = new Map<NodeId, Applied>();
  const meaning = (id: NodeId): Applied => made.get(id) ?? valueOf(graph, id);
  const composites = new Map(units.flatMap((unit) => (unit.kind === 'closed' ? [[unit.output, unit] as const] : [])));
  for (const id of fold.ops) {
    const { op, inputs, attributes } = graph.node(id);
    if (id === fold.id || inputs.length === 0) continue;
    const composite = composites.get(id);
    made.set(
      id,
      composite
        ? called(nameOf(graph, composite.members), [...composite.pulls.keys()].map(meaning), valueOf(graph, id))
        : appliedAlgebra.apply(op as OpName, inputs.map(meaning), attributes),
    );
  }
  return meaning;
}

/** Of the outermost composite that all of some ops are parts of. */
function nameOf(graph: PassGraph, members: readonly NodeId[]): string {
  const { scopes } = graph.trace;
  const scopesOf = (id: NodeId): number[] => {
    const found: number[] = [];
    for (let at = scopes[graph.node(id).scope]; at; at = at.parent === null ? undefined : scopes[at.parent])
      if (at.kind === 'composite') found.push(at.id);
    return found;
  };
  const [first, ...rest] = members.map(scopesOf) as [number[], ...number[][]];
  const common = first.filter((scope) => rest.every((one) => one.includes(scope)));
  return scopes[common.at(-1)!]!.name;
}
