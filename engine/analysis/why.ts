import type { NodeId } from '../base/brand.ts';
import { isDifferentiable } from '../ops/rules.ts';
import { isFloat } from '../tensor/dtype.ts';
import type { PassGraph } from './pass-graph.ts';

/** Why a gradient does not exist. */
export type NullCause =
  /** The value is bool (what a comparison gives) or a whole number: it cannot change by a little. */
  | 'not-real'
  | 'constant'
  /** An input that does not require a gradient. */
  | 'input'
  /** A parameter that does not require one. */
  | 'frozen'
  | 'detach'
  | 'no-grad'
  /** The op has no gradient for this argument. */
  | 'not-differentiable'
  /** Made of inputs and constants only. */
  | 'no-parameter'
  /** Nothing that is made of it goes into the loss. */
  | 'unused';

export interface WhyNull {
  readonly cause: NullCause;
  /** The node at fault: the detach, the op inside noGrad, the last thing that was made of an unused value. */
  readonly node: NodeId;
}

/** Told apart only as far as people would look: the nearest places where the way is cut. */
const shown = 3;

/** Why a node has no gradient at all: one reason, or one for each way that was cut. Null is not zero. */
export function whyNull(graph: PassGraph, id: NodeId): WhyNull[] {
  const node = graph.node(id);
  if (!isFloat(node.dtype)) return [{ cause: 'not-real', node: id }];
  if (node.requiresGrad) return cutsBefore(graph, id);
  if (node.kind === 'constant') return [{ cause: 'constant', node: id }];
  if (node.kind === 'input') return [{ cause: 'input', node: id }];
  if (node.kind === 'parameter') return [{ cause: 'frozen', node: id }];
  const own = cutAt(graph, id);
  return own ? [{ cause: own, node: id }] : cutsBehind(graph, id);
}

/** Why an op passes nothing on to what it was made of, though some of that requires a gradient; null where none does. */
function cutAt(graph: PassGraph, id: NodeId): NullCause | null {
  const { op, inputs, dtype, requiresGrad } = graph.node(id);
  const asking = inputs.flatMap((from, i) => (graph.node(from).requiresGrad ? [i] : []));
  if (requiresGrad || asking.length === 0) return null;
  if (op === 'detach') return 'detach';
  if (!isFloat(dtype)) return 'not-real';
  // An op that could have passed something on was told not to.
  return asking.some((i) => isDifferentiable(op, i)) ? 'no-grad' : 'not-differentiable';
}

/** Where what a node was made of was cut from the parameters. */
function cutsBehind(graph: PassGraph, id: NodeId): WhyNull[] {
  const found: WhyNull[] = [];
  const seen = new Set<NodeId>([id]);
  for (const at of seen) {
    for (const from of graph.node(at).inputs) {
      if (seen.has(from)) continue;
      seen.add(from);
      const cause = graph.has(from) ? cutAt(graph, from) : null;
      if (cause !== null) found.push({ cause, node: from });
    }
    if (found.length >= shown) break;
  }
  return found.length > 0 ? found.slice(0, shown) : [{ cause: 'no-parameter', node: id }];
}

/** Where the ways from a node to the loss are cut; if there is no way, what it ends in. */
function cutsBefore(graph: PassGraph, id: NodeId): WhyNull[] {
  const leading = leadingToLoss(graph);
  const found: WhyNull[] = [];
  const seen = new Set<NodeId>([id]);
  let last = id;
  for (const at of seen) {
    for (const { node, input } of graph.consumers(at)) {
      last = node > last ? node : last;
      const isCut = !graph.node(node).requiresGrad || !isDifferentiable(graph.node(node).op, input);
      if (!isCut) seen.add(node);
      else if (leading.has(node) && !found.some((one) => one.node === node))
        found.push({ cause: cutAt(graph, node) ?? 'not-differentiable', node });
    }
  }
  return found.length > 0 ? found.slice(0, shown) : [{ cause: 'unused', node: last }];
}

const leadings = new WeakMap<PassGraph, ReadonlySet<NodeId>>();

/** All that the loss was made of, whether gradients flow there or not. */
function leadingToLoss(graph: PassGraph): ReadonlySet<NodeId> {
  let found = leadings.get(graph);
  if (!found) {
    const made = new Set<NodeId>([graph.pass.loss]);
    for (const at of made) for (const from of graph.node(at).inputs) made.add(from);
    leadings.set(graph, (found = made));
  }
  return found;
}
