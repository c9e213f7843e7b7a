import type { NodeId } from '../../base/brand.ts';
import type { Pass, TraceNode } from '../../trace/format.ts';

type Nodes = readonly TraceNode[];
type Passes = readonly Pass[];

/** A trace without the nodes that only passes which were let go had. The rest move up: a node's id is its position. */
export function pruned(nodes: Nodes, passes: Passes, dropped: ReadonlySet<NodeId>): { nodes: Nodes; passes: Passes } {
  if (dropped.size === 0) return { nodes, passes };
  const kept = new Set(passes.flatMap((pass) => pass.nodes));
  for (const { id } of nodes) if (!dropped.has(id)) kept.add(id);
  // What a kept node was made from stays; inputs come before what uses them.
  for (const { id, inputs } of [...nodes].reverse()) if (kept.has(id)) for (const input of inputs) kept.add(input);
  const moved = new Map([...kept].sort((a, b) => a - b).map((id, i) => [id, i as NodeId]));
  const to = (id: NodeId): NodeId => moved.get(id)!;
  return {
    nodes: nodes.flatMap((node) =>
      kept.has(node.id) ? [{ ...node, id: to(node.id), inputs: node.inputs.map(to) }] : [],
    ),
    passes: passes.map((pass) => ({
      ...pass,
      loss: to(pass.loss),
      nodes: pass.nodes.map(to),
      gradients: new Map([...pass.gradients].map(([id, gradient]) => [to(id), gradient])),
      contributions: pass.contributions.map((contribution) => ({ ...contribution, node: to(contribution.node) })),
      step: pass.step && {
        ...pass.step,
        updates: pass.step.updates.map((update) => ({ ...update, node: to(update.node) })),
      },
    })),
  };
}
