import type { NodeId, ScopeId } from '../base/brand.ts';
import type { GraphView, NodeView } from '../explain/view.ts';
import type { Trace } from '../trace/format.ts';

/**
 * The graph with each call of an outermost module as one node, which has the name, the value and the gradient of what the call gives; what
 * it alone reads of parameters and constants is inside.
 */
export function modulesOf(graph: GraphView, trace: Trace): GraphView {
  const calls = new Map<NodeId, ScopeId | null>(graph.nodes.map(({ id }) => [id, callOf(id, trace)]));
  const readers = new Map<NodeId, NodeId[]>(graph.nodes.map(({ id }) => [id, []]));
  for (const { from, to } of graph.edges) readers.get(from)?.push(to);
  for (const { id, kind } of graph.nodes) {
    if (kind !== 'parameter' && kind !== 'constant') continue;
    const by = new Set(readers.get(id)!.map((reader) => calls.get(reader)));
    const [only] = by;
    calls.set(id, by.size === 1 ? (only ?? null) : null);
  }
  // The last of a call's nodes stands for it; the loss stays itself.
  const stands = new Map<ScopeId, NodeView>();
  for (const node of graph.nodes) {
    const call = calls.get(node.id) ?? null;
    if (call !== null && node.kind !== 'loss') stands.set(call, node);
  }
  const standIn = (node: NodeView): NodeView => {
    const call = calls.get(node.id) ?? null;
    return (call !== null && node.kind !== 'loss' && stands.get(call)) || node;
  };
  const nodes = graph.nodes
    .filter((node) => standIn(node) === node)
    .map((node) => asModule(node, calls, stands, trace));
  const byId = new Map(graph.nodes.map((node) => [node.id, standIn(node).id]));
  const edges = new Map<string, { from: NodeId; to: NodeId; label: null }>();
  for (const edge of graph.edges) {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
    if (from !== undefined && to !== undefined && from !== to) edges.set(`${from}>${to}`, { from, to, label: null });
  }
  return { ...graph, nodes, edges: [...edges.values()], structure: `modules ${graph.structure}` };
}

function asModule(
  node: NodeView,
  calls: ReadonlyMap<NodeId, ScopeId | null>,
  stands: ReadonlyMap<ScopeId, NodeView>,
  trace: Trace,
): NodeView {
  const call = calls.get(node.id) ?? null;
  if (call === null || stands.get(call) !== node) return node;
  const module = trace.scopes[call]!.name;
  return { ...node, name: node.sourceName === null ? module : node.name, op: module };
}

function callOf(id: NodeId, { nodes, scopes }: Trace): ScopeId | null {
  let outermost: ScopeId | null = null;
  for (let at: ScopeId | null = nodes[id]!.scope; at !== null; at = scopes[at]!.parent)
    if (scopes[at]!.kind === 'module') outermost = at;
  return outermost;
}
