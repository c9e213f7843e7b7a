import type { NodeId, ScopeId } from '../base/brand.ts';
import type { TraceNode } from '../trace/format.ts';
import { type Closed, closedForms } from './closed-forms/index.ts';
import type { Fold } from './folds.ts';
import type { Meanings } from './meanings.ts';
import type { PassGraph } from './pass-graph.ts';

/** A step inside a fold: an op, or a composite op whose derivative has a closed form. */
export type Unit =
  | { readonly kind: 'op'; readonly output: NodeId }
  | {
      readonly kind: 'closed';
      readonly output: NodeId;
      readonly pulls: ReadonlyMap<NodeId, Closed>;
      /** Its parts, in order of execution. */
      readonly members: readonly NodeId[];
    };

/**
 * A fold's steps in order of execution, for the gradient of one of its inputs. A composite is one step where its closed form
 * says what becomes of everything that matters.
 * @param matters the input itself, and the fold's ops that it has a part in.
 */
export function unitsOf(graph: PassGraph, fold: Fold, matters: ReadonlySet<NodeId>, meanings: Meanings): Unit[] {
  const composites = compositesIn(graph, fold);
  const closed = new Map<NodeId, Unit>();
  const covered = new Set<NodeId>();
  // Outermost first: what a composite covers, those within it need not.
  for (const [scope, members] of composites) {
    if (members.some((id) => covered.has(id))) continue;
    const unit = closedUnit(graph, fold, scope, members, meanings);
    if (!unit || !coversAll(graph, unit, matters)) continue;
    closed.set(unit.output, unit);
    for (const id of members) covered.add(id);
  }
  return fold.ops.flatMap((output): Unit[] => {
    const unit = closed.get(output);
    if (unit) return [unit];
    return covered.has(output) ? [] : [{ kind: 'op', output }];
  });
}

/** The fold's ops by the composites that they are part of, outer ones before inner ones. */
function compositesIn(graph: PassGraph, { ops }: Fold): Map<ScopeId, NodeId[]> {
  const { scopes } = graph.trace;
  const found = new Map<ScopeId, NodeId[]>();
  for (const id of ops) {
    for (let scope = scopes[graph.node(id).scope]; scope;) {
      if (scope.kind === 'composite' && scope.name in closedForms) {
        const members = found.get(scope.id);
        if (members) members.push(id);
        else found.set(scope.id, [id]);
      }
      scope = scope.parent === null ? undefined : scopes[scope.parent];
    }
  }
  return new Map([...found].sort(([a], [b]) => a - b));
}

type ClosedUnit = Extract<Unit, { kind: 'closed' }>;

function closedUnit(
  graph: PassGraph,
  fold: Fold,
  scope: ScopeId,
  ids: readonly NodeId[],
  meanings: Meanings,
): ClosedUnit | null {
  const members = ids.map((id) => graph.node(id));
  const [output, ...others] = members.filter(
    ({ id }) => id === fold.id || graph.consumers(id).some(({ node }) => !isWithin(graph, node, scope)),
  );
  if (!output || others.length > 0) return null;
  const written = (id: NodeId) => meanings.of(id) ?? tooLong;
  const node = (id: NodeId): TraceNode => graph.node(id);
  const pulls = closedForms[graph.trace.scopes[scope]!.name]!({ output, members, node, written });
  return pulls.size === 0 ? null : { kind: 'closed', output: output.id, pulls, members: ids };
}

/** What a part that is too long to be written stands for; formulas that hold it are not shown. */
export const tooLong = { kind: 'symbol', name: '…' } as const;

function isWithin(graph: PassGraph, id: NodeId, scope: ScopeId): boolean {
  const { scopes } = graph.trace;
  for (let at = scopes[graph.node(id).scope]; at; at = at.parent === null ? undefined : scopes[at.parent])
    if (at.id === scope) return true;
  return false;
}

function coversAll(graph: PassGraph, { members, pulls }: ClosedUnit, matters: ReadonlySet<NodeId>): boolean {
  const own = new Set(members);
  return members.every((id) =>
    graph
      .node(id)
      .inputs.every((from) => own.has(from) || pulls.has(from) || !matters.has(from) || !graph.node(from).requiresGrad),
  );
}
