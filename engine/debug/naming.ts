import type { NodeId, ScopeId } from '../base/brand.ts';
import { countBelow } from '../base/sorted.ts';
import type { PassGraph } from '../analysis/pass-graph.ts';
import type { Names } from '../explain/names.ts';
import type { Parameters } from './parameters.ts';

/** Finds what a name of the source means at some op: several nodes may have had it, one after the other. */
export class Naming {
  readonly #byName = new Map<string, NodeId[]>();
  readonly #byWritten = new Map<string, NodeId>();

  constructor(
    readonly graph: PassGraph,
    readonly names: Names,
    readonly parameters: Parameters,
  ) {
    for (const id of graph.nodes) {
      const { name } = graph.node(id);
      // What is handed on gets further names: `let h = x`, and `h = layer(h)` of what the function calls `y`.
      for (const one of new Set([...(name === null ? [] : [name]), ...parameters.namesOf(id)])) {
        const list = this.#byName.get(one);
        if (list) list.push(id);
        else this.#byName.set(one, [id]);
      }
      for (const written of [names.written(id), names.shown(id)])
        if (!this.#byWritten.has(written)) this.#byWritten.set(written, id);
    }
  }

  /** All names of the source. */
  all(): Iterable<string> {
    return this.#byName.keys();
  }

  /** The same after the parameters of a call and of those round it, each once. */
  visible(from: ScopeId | null): Iterable<string> {
    return from === null ? this.all() : new Set([...this.parameters.visible(from), ...this.all()]);
  }

  isParameter(name: string, from: ScopeId | null): boolean {
    return from !== null && [...this.parameters.visible(from)].includes(name);
  }

  /** The node that is written like this and no other: `h[2]`, `mul#6`. */
  written(name: string): NodeId | null {
    return this.#byWritten.get(name) ?? null;
  }

  /**
   * The last node of a name that was there when an op was executed, and of those the last in a scope round it; else the last
   * of all. `mul#6` is an op without a name, and `h#3` the node 3 if its name is h.
   * @param done whether the op itself is there already.
   * @param from whose names come first: a call round the op, with its parameters. That of the op itself when left out.
   */
  find(name: string, at: NodeId | null, done = true, from: ScopeId | null = null): NodeId | null {
    const scope = from ?? (at === null ? null : this.graph.node(at).scope);
    const isDone = (node: NodeId): boolean => at === null || node < at || (done && node === at);
    if (scope !== null) {
      // A parameter that is not known hides what has its name outside.
      const own = this.parameters.find(name, scope, isDone);
      const found = own === undefined ? this.parameters.inCallers(name, scope, isDone) : own;
      if (found !== undefined) return found;
    }
    const list = this.#byName.get(name);
    if (!list) return this.#byWritten.get(name) ?? this.#numbered(name);
    if (at === null || list.length === 1) return list.at(-1)!;
    const count = countBelow(list, done ? at + 1 : at);
    const round = this.#scopesRound(at);
    for (let i = count - 1; i >= 0; i--) if (round.has(this.graph.node(list[i]!).scope)) return list[i]!;
    return list[count - 1] ?? list.at(-1)!;
  }

  #numbered(name: string): NodeId | null {
    const [, base, number] = /^(.*)#(\d+)$/.exec(name) ?? [];
    const id = Number(number) as NodeId;
    if (base === undefined || !this.graph.has(id)) return null;
    const node = this.graph.node(id);
    return node.name === base || node.op === base ? id : null;
  }

  #scopesRound(id: NodeId): ReadonlySet<ScopeId> {
    const { scopes } = this.graph.trace;
    const round = new Set<ScopeId>();
    for (let scope = scopes[this.graph.node(id).scope]; scope;) {
      round.add(scope.id);
      scope = scope.parent === null ? undefined : scopes[scope.parent];
    }
    return round;
  }
}
