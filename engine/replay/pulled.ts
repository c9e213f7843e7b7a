import type { NodeId } from '../base/brand.ts';
import type { Fold } from '../analysis/folds.ts';
import type { PassGraph } from '../analysis/pass-graph.ts';
import { type Arithmetic, type Differentiable, backward } from '../autograd/backward.ts';
import { pull } from '../autograd/pull.ts';
import type { OpName } from '../ops/index.ts';
import { type Applied, appliedAlgebra, gradientOf, valueOf } from './applied.ts';
import { closedForms, compositeValue, compositesIn } from './composites.ts';

interface Entry extends Differentiable<Entry> {
  readonly order: NodeId;
}

/**
 * The vector–Jacobian product through a fold as a formula: what ∂L/∂fold contributes to the gradient of one of its inputs.
 * It is the backward pass itself, over formulas. Null when nothing passes.
 * @param upstream ∂L/∂fold unless it is something else.
 * @param composites whether composite ops with a closed form are written by it; without, everything is what the tape did.
 */
export function pulledThrough(
  graph: PassGraph,
  fold: Fold,
  input: NodeId,
  { upstream = gradientOf(graph, fold.id), composites = true }: { upstream?: Applied; composites?: boolean } = {},
): Applied | null {
  const inside = new Set(fold.ops);
  const known = composites ? compositesIn(graph, fold.ops) : new Map<never, never>();
  const made = new Map<NodeId, Applied>();
  const meaning = (id: NodeId): Applied => made.get(id) ?? valueOf(graph, id);
  const entries = new Map<NodeId, Entry>();
  const entry = (id: NodeId): Entry => {
    const before = entries.get(id);
    if (before) return before;
    const composite = known.get(id);
    const ways = composite ? [composite.input] : inside.has(id) ? graph.node(id).inputs : [];
    const requiresGrad = graph.node(id).requiresGrad && (inside.has(id) || id === input);
    const one: Entry = { order: id, inputs: ways.map(entry), requiresGrad };
    entries.set(id, one);
    return one;
  };
  for (const id of fold.ops) {
    const { op, inputs, attributes } = graph.node(id);
    if (inputs.length === 0) continue;
    entry(id);
    const composite = known.get(id);
    // What has no name is written by what made it; the fold itself has one.
    if (id === fold.id) continue;
    made.set(
      id,
      composite
        ? compositeValue(composite, meaning, graph)
        : appliedAlgebra.apply(op as OpName, inputs.map(meaning), attributes),
    );
  }
  const add = (a: Applied, b: Applied): Applied => appliedAlgebra.apply('add', [a, b]);
  const arithmetic: Arithmetic<Entry, Applied> = {
    seed: () => upstream,
    pull: ({ order }, i, arrived) => {
      const composite = known.get(order);
      if (composite) {
        const values = { x: meaning(composite.input), y: meaning(order) };
        return closedForms[composite.name]!(composite, arrived, graph, values);
      }
      const { op, attributes, inputs } = graph.node(order);
      return pull({ op, attributes, inputs: inputs.map(meaning), output: meaning(order) }, i, arrived, appliedAlgebra);
    },
    add,
    accumulate: add,
  };
  const steps = backward(entry(fold.id), arithmetic);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value.get(entry(input)) ?? null;
  }
}
