import type { NodeId, ScopeId } from '../../base/brand.ts';
import type { Scope } from '../../trace/format.ts';
import type { Phase, Timeline } from './timeline.ts';

/** What a debugger's user is not asked to enter: a loop is walked through, as in any debugger. */
const walkedThrough: ReadonlySet<Scope['kind']> = new Set<Scope['kind']>(['program', 'model', 'loop']);

/** Where each call, module, composite op and iteration begins and ends in a timeline. A scope's moments are one stretch of each phase. */
export class Stretches {
  readonly #first: Record<Phase, Int32Array>;
  readonly #last: Record<Phase, Int32Array>;

  constructor(readonly timeline: Timeline) {
    const { scopes } = timeline.graph.trace;
    const table = (): Record<Phase, Int32Array> => ({
      forward: new Int32Array(scopes.length).fill(-1),
      backward: new Int32Array(scopes.length).fill(-1),
    });
    this.#first = table();
    this.#last = table();
    for (let position = 0; position < timeline.length; position++) {
      const phase = timeline.phaseAt(position);
      const { scope } = timeline.graph.node(timeline.nodeAt(position));
      if (this.#first[phase][scope]! < 0) this.#first[phase][scope] = position;
      this.#last[phase][scope] = position;
    }
    // A parent has a smaller id than its children, so that one way through gathers all that is below.
    for (let id = scopes.length - 1; id > 0; id--) {
      const parent = scopes[id]!.parent!;
      for (const phase of ['forward', 'backward'] as const) {
        const [first, last] = [this.#first[phase], this.#last[phase]];
        if (first[id]! < 0) continue;
        if (first[parent]! < 0 || first[id]! < first[parent]!) first[parent] = first[id]!;
        if (last[id]! > last[parent]!) last[parent] = last[id]!;
      }
    }
  }

  /** Scopes round a node, the program first. */
  path(node: NodeId): ScopeId[] {
    const { trace } = this.timeline.graph;
    const path: ScopeId[] = [];
    for (let scope = trace.scopes[this.timeline.graph.node(node).scope]; scope;) {
      path.push(scope.id);
      scope = scope.parent === null ? undefined : trace.scopes[scope.parent];
    }
    return path.reverse();
  }

  first(scope: ScopeId, phase: Phase): number {
    return this.#first[phase][scope]!;
  }

  /** The position after the last moment of a scope. */
  end(scope: ScopeId, phase: Phase): number {
    return this.#last[phase][scope]! + 1;
  }

  /**
   * Whether one is inside without having stepped in: what is walked through, what a whole phase happens in, and the body of
   * `scope(name, body)`, which is nothing besides its scope.
   */
  isOpen(scope: ScopeId, phase: Phase): boolean {
    const { scopes } = this.timeline.graph.trace;
    const { kind, parent } = scopes[scope]!;
    if (walkedThrough.has(kind) || (kind === 'function' && scopes[parent!]!.kind === 'scope')) return true;
    const { forwardLength, length } = this.timeline;
    const [from, to] = phase === 'forward' ? [0, forwardLength] : [forwardLength, length];
    return this.first(scope, phase) === from && this.end(scope, phase) === to;
  }
}
