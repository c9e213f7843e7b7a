import type { NodeId, ScopeId } from '../base/brand.ts';
import { contains } from '../base/span.ts';
import type { PassGraph } from '../analysis/pass-graph.ts';
import type { Scope } from '../trace/format.ts';

/** Which calls a node was made in. */
export class CallTree {
  /** The first node that was made in a call, or in what it called. */
  readonly #first: Int32Array;

  constructor(readonly graph: PassGraph) {
    const { scopes } = graph.trace;
    this.#first = new Int32Array(scopes.length).fill(-1);
    for (const id of graph.nodes)
      for (
        let at: ScopeId | null = graph.node(id).scope;
        at !== null && this.#first[at] === -1;
        at = scopes[at]!.parent
      )
        this.#first[at] = id;
  }

  /** The first node of a call; −1 where it made none. */
  firstIn(scope: ScopeId): number {
    return this.#first[scope]!;
  }

  /** A scope and all that are round it. */
  *chain(from: ScopeId): Iterable<ScopeId> {
    for (let at: ScopeId | null = from; at !== null; at = this.graph.trace.scopes[at]!.parent) yield at;
  }

  /** The calls round a scope whose text is also round it: what called a function is none of its variables' business. */
  *functionsRound(from: ScopeId): Iterable<Scope> {
    let inner: Scope | null = null;
    for (const id of this.chain(from)) {
      const scope = this.graph.trace.scopes[id]!;
      if (scope.kind !== 'function' || (inner !== null && !isRound(scope, inner))) continue;
      yield scope;
      inner = scope;
    }
  }

  isMadeIn(node: NodeId, scope: ScopeId): boolean {
    for (const at of this.chain(this.graph.node(node).scope)) if (at === scope) return true;
    return false;
  }

  /** The innermost call that a node was made in; null for one of the file itself. */
  functionOf(node: NodeId): ScopeId | null {
    for (const at of this.chain(this.graph.node(node).scope))
      if (this.graph.trace.scopes[at]!.kind === 'function') return at;
    return null;
  }
}

const isRound = (outer: Scope, inner: Scope): boolean =>
  outer.file === inner.file && outer.span !== null && inner.span !== null && contains(outer.span, inner.span);
