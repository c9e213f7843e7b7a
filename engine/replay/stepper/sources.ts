import type { ModulePath, NodeId, ScopeId } from '../../base/brand.ts';
import { LineTable, type Position, type Span, contains } from '../../base/span.ts';
import type { PassGraph } from '../../analysis/pass-graph.ts';
import type { Scope, Site } from '../../trace/format.ts';

/** Where something stands in the source. */
export interface SourcePlace {
  readonly file: ModulePath;
  readonly span: Span;
}

/** Kinds of scope that a piece of source can stand in. What a layer or a composite op does has no source of the user's. */
const inSource: ReadonlySet<Scope['kind']> = new Set<Scope['kind']>(['program', 'model', 'function', 'loop']);

/** Places of ops and calls in the source of a trace. */
export class Sources {
  /** For each call that returned something it had made: the expression that it is. */
  readonly #calls = new Map<ScopeId, Site>();
  readonly #lines = new Map<ModulePath, LineTable>();

  constructor(readonly graph: PassGraph) {
    for (const id of graph.nodes) this.#noteCalls(id);
  }

  /** The expression that made a node; inside a layer or a composite op, the call of that. */
  ofNode(id: NodeId): SourcePlace | null {
    const { sites, scope } = this.graph.node(id);
    const own = sites.flatMap((site) => this.graph.trace.sites.get(site) ?? []);
    return own.find(({ kind }) => kind === 'expression') ?? own[0] ?? this.ofScope(scope);
  }

  /** The call of a function, layer or composite op; else where its text stands. */
  ofScope(id: ScopeId): SourcePlace | null {
    for (let scope = this.graph.trace.scopes[id]; scope;) {
      const call = this.#calls.get(scope.id);
      if (call) return call;
      if (scope.file !== null && scope.span !== null) return { file: scope.file, span: scope.span };
      scope = scope.parent === null ? undefined : this.graph.trace.scopes[scope.parent];
    }
    return null;
  }

  /** The expression of a call, where it is known. */
  callOf(scope: ScopeId): SourcePlace | null {
    return this.#calls.get(scope) ?? null;
  }

  positionOf({ file, span }: SourcePlace): Position {
    return this.lines(file).positionAt(span.start);
  }

  lines(file: ModulePath): LineTable {
    let table = this.#lines.get(file);
    if (!table) {
      table = new LineTable(this.graph.trace.files.find(({ path }) => path === file)?.text ?? '');
      this.#lines.set(file, table);
    }
    return table;
  }

  /**
   * A value that is returned passes through one expression after the other, from the op that made it outwards: the first that
   * cannot stand in the scope of the op is the call of that scope, and so on.
   */
  #noteCalls(id: NodeId): void {
    const { scopes, sites } = this.graph.trace;
    const node = this.graph.node(id);
    let scope: Scope | undefined = scopes[node.scope];
    for (const number of node.sites) {
      const site = sites.get(number);
      if (site?.kind !== 'expression') continue;
      while (scope && scope.parent !== null && !canHold(scope, site)) {
        this.#calls.set(scope.id, site);
        scope = scopes[scope.parent];
      }
    }
  }
}

function canHold({ kind, file, span }: Scope, site: Site): boolean {
  if (!inSource.has(kind)) return false;
  return file === null || span === null || (file === site.file && contains(span, site.span));
}
