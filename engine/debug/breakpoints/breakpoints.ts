import type { ModulePath, NodeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import { nearest } from '../../base/nearest.ts';
import type { Span } from '../../base/span.ts';
import { type Arguments, RequestError } from '../arguments.ts';
import { ExpressionError } from '../expression/tokens.ts';
import type { Playback } from '../playback.ts';
import { nameOfScope } from '../scope-name.ts';
import { Breakpoint, type Terms, termsOf } from './breakpoint.ts';
import { LineIndex } from './line-index.ts';

export type BreakpointKind = 'line' | 'function' | 'data';

/** Where a breakpoint ended up, or why it has no place. Lines and columns are the engine's, from 1. */
export interface Placed {
  readonly breakpoint: Breakpoint | null;
  readonly id: number;
  readonly message: string | null;
  readonly at: { readonly file: ModulePath; readonly line: number; readonly span: Span | null } | null;
}

export interface LineAsked {
  readonly line: number;
  readonly column: number | null;
}

/** Breakpoints as a client sets them: all of a file, all of the functions, or all of the data at once. */
export type Asked = { readonly ids: readonly number[]; readonly each: readonly Arguments[] } & (
  | { readonly kind: 'line'; readonly file: ModulePath; readonly at: (given: Arguments) => LineAsked }
  | { readonly kind: 'function' | 'data' }
);

const keyOf = (asked: Asked): string => (asked.kind === 'line' ? `line:${asked.file}` : asked.kind);

/** The breakpoints of a session, in one of its runs. */
export class Breakpoints {
  #index: LineIndex | null = null;
  readonly #placed = new Map<string, readonly Placed[]>();

  constructor(readonly playback: Playback) {}

  /** Everything that may stop or say something. */
  get all(): Breakpoint[] {
    return [...this.#placed.values()].flat().flatMap(({ breakpoint }) => breakpoint ?? []);
  }

  kindOf(id: number): BreakpointKind {
    for (const [key, placed] of this.#placed)
      if (placed.some((one) => one.id === id)) return key.split(':')[0] as BreakpointKind;
    return 'line';
  }

  /** The line that a breakpoint is on; null for those that are on none. */
  lineOf(id: number): Placed['at'] {
    return [...this.#placed.values()].flat().find((placed) => placed.id === id)?.at ?? null;
  }

  get index(): LineIndex {
    const { timeline, cursor } = this.playback.stepper;
    this.#index ??= new LineIndex(timeline, this.playback.sources, cursor.stretches);
    return this.#index;
  }

  /** Takes the place of all that was set under the same key before. Ids outlive a run: the client knows breakpoints by them. */
  set(asked: Asked): readonly Placed[] {
    const placed = asked.each.map((given, i) => this.#placeOne(asked, given, asked.ids[i]!));
    this.#placed.set(keyOf(asked), placed);
    return placed;
  }

  /** A value was changed: conditions may hold elsewhere. */
  forget(): void {
    for (const breakpoint of this.all) breakpoint.forget();
  }

  /** A condition that is none makes a breakpoint that stops nowhere, and says why. */
  #placeOne(asked: Asked, given: Arguments, id: number): Placed {
    try {
      const terms = termsOf(given, watchedCondition(given.optionalText('condition')));
      if (asked.kind === 'line') return this.#onLine(id, asked.file, asked.at(given), terms);
      if (asked.kind === 'function') return this.#onFunction(id, given.text('name'), terms);
      return this.#onData(id, given.text('dataId'), terms);
    } catch (error) {
      if (!(error instanceof ExpressionError || error instanceof RequestError)) throw error;
      return { breakpoint: null, id, message: error.message, at: null };
    }
  }

  #onLine(id: number, file: ModulePath, { line, column }: LineAsked, terms: Terms): Placed {
    const found = this.index.snapped(file, line);
    if (found === null) {
      const isRead = this.playback.launched.trace.files.some(({ path }) => path === file);
      const message = isRead ? t('Nothing was traced in this file.') : t('The run did not read this file.');
      return { breakpoint: null, id, message, at: null };
    }
    const expression = column === null || found !== line ? null : this.#expressionAt(file, line, column);
    const positions = expression?.positions ?? this.index.entries(file, found);
    return {
      breakpoint: new Breakpoint(id, this.playback, positions, terms),
      id,
      message: found === line ? null : t('Moved to the nearest line where something was traced.'),
      at: { file, line: found, span: expression?.span ?? null },
    };
  }

  /** The expression that starts nearest to a column. */
  #expressionAt(
    file: ModulePath,
    line: number,
    column: number,
  ): { readonly span: Span; readonly positions: readonly number[] } | null {
    const wanted = this.playback.sources.lines(file).offsetAt({ line, column });
    const found = [...this.index.expressions(file, line)];
    found.sort((a, b) => Math.abs(a.span.start - wanted) - Math.abs(b.span.start - wanted) || b.span.end - a.span.end);
    return found[0] ?? null;
  }

  #onFunction(id: number, name: string, terms: Terms): Placed {
    const { graph, stepper, names } = this.playback;
    const { timeline, cursor } = stepper;
    const positions = new Set<number>();
    for (const scope of graph.trace.scopes) {
      if (scope.kind === 'loop' || (scope.name !== name && nameOfScope(this.playback, scope.id) !== name)) continue;
      for (const phase of ['forward', 'backward'] as const) {
        const first = cursor.stretches.first(scope.id, phase);
        if (first >= 0) positions.add(first);
      }
    }
    for (let position = 0; position < timeline.length; position++) {
      const node = timeline.nodeAt(position);
      const { op, name: own } = graph.node(node);
      if ((op === name || own === name || names.written(node) === name) && timeline.group(position).start === position)
        positions.add(position);
    }
    if (positions.size === 0) return { breakpoint: null, id, message: this.#unknown(name), at: null };
    const sorted = [...positions].sort((a, b) => a - b);
    return { breakpoint: new Breakpoint(id, this.playback, sorted, terms), id, message: null, at: null };
  }

  #unknown(name: string): string {
    const { graph, naming } = this.playback;
    const known = [
      ...graph.trace.scopes.flatMap(({ id, name: own }) => [own, nameOfScope(this.playback, id)]),
      ...graph.nodes.map((node) => graph.node(node).op),
      ...naming.all(),
    ];
    const guess = nearest(name, new Set(known));
    return guess === null
      ? t("Nothing is called '{0}': neither an op, a function, a layer nor a value.", name)
      : t("Nothing is called '{0}'. Did you mean '{1}'?", name, guess);
  }

  #onData(id: number, dataId: string, terms: Terms): Placed {
    const node = nodeOfData(this.playback, dataId);
    if (node === null) return { breakpoint: null, id, message: t('There is no such gradient in this run.'), at: null };
    const { timeline } = this.playback.replay;
    const written = Array.from(timeline.received(node), (step) => timeline.forwardLength + step + 1);
    const positions =
      node === this.playback.graph.pass.loss && timeline.hasBackward ? [timeline.forwardLength] : written;
    return { breakpoint: new Breakpoint(id, this.playback, positions, terms, node), id, message: null, at: null };
  }
}

/** Names a gradient over runs, by the name that the source has for it. */
export const dataIdOf = ({ names }: Playback, node: NodeId): string => `gradient:${names.written(node)}`;

function nodeOfData({ naming }: Playback, dataId: string): NodeId | null {
  const [, name] = /^gradient:(.+)$/.exec(dataId) ?? [];
  return name === undefined ? null : naming.written(name);
}

/** What people say of a gradient, in words that the grammar has. */
function watchedCondition(text: string | null): string | null {
  const said = text?.trim().toLowerCase();
  if (said === 'changes') return null;
  return said === 'becomes nan' ? 'isnan(grad)' : text;
}
