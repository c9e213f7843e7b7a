import type { ModulePath, NodeId, ScopeId } from '../../base/brand.ts';
import type { Span } from '../../base/span.ts';
import type { SourcePlace, Sources } from '../../replay/stepper/sources.ts';
import type { Stretches } from '../../replay/stepper/stretches.ts';
import type { Timeline } from '../../replay/stepper/timeline.ts';
import type { Scope } from '../../trace/format.ts';

/** Kinds of scope whose statements stand in the user's source. */
const inSource: ReadonlySet<Scope['kind']> = new Set<Scope['kind']>(['program', 'model', 'function', 'loop']);

/** Where a breakpoint can be in one line: positions at which the line is entered, and the expressions that start in it. */
interface Line {
  readonly entries: number[];
  readonly expressions: Map<number, { readonly span: Span; readonly positions: number[] }>;
}

/** Which moments stand in which line. A line that holds several ops is entered once, as in any debugger. */
export class LineIndex {
  readonly #files = new Map<ModulePath, Map<number, Line>>();

  constructor(
    readonly timeline: Timeline,
    readonly sources: Sources,
    readonly stretches: Stretches,
  ) {
    const places = new Map<NodeId, SourcePlace | null>();
    for (let position = 0; position < timeline.length; position++) {
      const node = timeline.nodeAt(position);
      if (timeline.group(position).start !== position) continue;
      if (!places.has(node)) places.set(node, sources.ofNode(node));
      this.#note(places.get(node)!, position, this.#statementScope(timeline.graph.node(node).scope));
    }
    this.#noteCalls();
  }

  /** Lines of a file at which something was traced, ascending. */
  linesOf(file: ModulePath): number[] {
    return [...(this.#files.get(file)?.keys() ?? [])].sort((a, b) => a - b);
  }

  /** The line where a breakpoint of a line ends up: the next one with something to stop at, else the last before. Null in a file without any. */
  snapped(file: ModulePath, line: number): number | null {
    const lines = this.linesOf(file);
    return lines.find((one) => one >= line) ?? lines.at(-1) ?? null;
  }

  /** Positions at which a line is entered, ascending. */
  entries(file: ModulePath, line: number): readonly number[] {
    return [...new Set(this.#files.get(file)?.get(line)?.entries ?? [])].sort((a, b) => a - b);
  }

  /** Expressions that start in a line, from left to right. */
  expressions(
    file: ModulePath,
    line: number,
  ): readonly { readonly span: Span; readonly positions: readonly number[] }[] {
    const found = this.#files.get(file)?.get(line)?.expressions ?? new Map<never, never>();
    return [...found.values()].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  }

  #note(place: SourcePlace | null, position: number, scope: ScopeId): void {
    if (!place) return;
    const line = this.#line(place);
    const { start, end } = place.span;
    const key = start * 2 ** 26 + end;
    const expression = line.expressions.get(key) ?? { span: place.span, positions: [] };
    expression.positions.push(position);
    line.expressions.set(key, expression);
    if (this.#lineBefore(position, scope) !== line) line.entries.push(position);
  }

  /** A call that is about to be made stands in the line of the call, whatever is in the function. */
  #noteCalls(): void {
    for (const { id, kind, parent } of this.timeline.graph.trace.scopes) {
      const call = kind === 'function' && parent !== null ? this.sources.callOf(id) : null;
      if (!call) continue;
      for (const phase of ['forward', 'backward'] as const) {
        const position = this.stretches.first(id, phase);
        if (position < 0) continue;
        const line = this.#line(call);
        if (this.#lineBefore(position, this.#statementScope(parent!)) !== line) line.entries.push(position);
      }
    }
  }

  /** The line that was being worked on just before, as seen from a scope: what a call does counts as the line of the call. */
  #lineBefore(position: number, scope: ScopeId): Line | null {
    const before = position - 1;
    if (before < 0 || this.timeline.phaseAt(before) !== this.timeline.phaseAt(position)) return null;
    const node = this.timeline.nodeAt(before);
    const { scopes } = this.timeline.graph.trace;
    let place: SourcePlace | null = this.sources.ofNode(node);
    let at: Scope | undefined = scopes[this.timeline.graph.node(node).scope];
    for (; at && at.id !== scope; at = at.parent === null ? undefined : scopes[at.parent]) {
      // Another iteration of the same line is another time.
      if (at.kind === 'loop') return null;
      if (inSource.has(at.kind)) place = this.sources.callOf(at.id);
    }
    return at && place ? this.#line(place) : null;
  }

  #statementScope(id: ScopeId): ScopeId {
    const { scopes } = this.timeline.graph.trace;
    let scope = scopes[id]!;
    while (!inSource.has(scope.kind) && scope.parent !== null) scope = scopes[scope.parent]!;
    return scope.id;
  }

  #line(place: SourcePlace): Line {
    const { line } = this.sources.positionOf(place);
    let lines = this.#files.get(place.file);
    if (!lines) this.#files.set(place.file, (lines = new Map<number, Line>()));
    let found = lines.get(line);
    if (!found) lines.set(line, (found = { entries: [], expressions: new Map() }));
    return found;
  }
}
