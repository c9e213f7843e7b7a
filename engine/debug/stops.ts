import { t } from '../base/l10n.ts';
import type { NodeId } from '../base/brand.ts';
import type { Place } from '../replay/stepper/cursor.ts';
import type { Breakpoint } from './breakpoints/breakpoint.ts';
import { type Asked, Breakpoints, type Placed } from './breakpoints/breakpoints.ts';
import { ExceptionList } from './breakpoints/exception-list.ts';
import { type Exception, type ExceptionFilter, ExceptionFinder, filterLabel } from './breakpoints/exceptions.ts';
import { holds } from './expression/evaluate.ts';
import type { Asked as Expression } from './expression/parse.ts';
import { ExpressionError } from './expression/tokens.ts';
import { ifKept } from './kept.ts';
import { meaningAt } from './meaning.ts';
import { placedFor } from './places.ts';
import { type Found, search } from './search.ts';
import type { Session } from './session.ts';
import { briefly } from './variables/show.ts';

/** Where a session stops by itself: its breakpoints and exception filters, and the search for the next of them. */
export class Stops {
  /** Exception filters that are on, with the condition of each. */
  filters: ReadonlyMap<ExceptionFilter, Expression | null> = new Map();
  /** What the present stop is for, where it is for something sick. */
  exception: Exception | null = null;
  #breakpoints: Breakpoints;
  #exceptions: ExceptionList;
  #running: { isWanted: boolean } | null = null;
  #ids = 0;
  readonly #asked = new Map<string, Asked>();
  readonly #complaints = new Set<string>();

  constructor(readonly session: Session) {
    this.#breakpoints = new Breakpoints(session.playback);
    this.#exceptions = exceptionsOf(session);
  }

  get breakpoints(): Breakpoints {
    return this.#breakpoints;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** Breakpoints as the client sets them; they are found again in every run. */
  set(asked: Asked): readonly Placed[] {
    this.#asked.set(asked.kind === 'line' ? `line:${asked.file}` : asked.kind, asked);
    return this.#breakpoints.set(asked);
  }

  newIds(count: number): number[] {
    return Array.from({ length: count }, () => ++this.#ids);
  }

  /** Another run has taken the place of the one that breakpoints were put in. */
  findAgain(): void {
    const { session } = this;
    this.#breakpoints = new Breakpoints(session.playback);
    this.#exceptions = exceptionsOf(session);
    for (const asked of this.#asked.values())
      for (const placed of this.#breakpoints.set(asked))
        session.connection.event('breakpoint', { reason: 'changed', breakpoint: placedFor(session, placed) });
  }

  /** A value was changed: what was worked out of conditions and filters does not hold any more. */
  forget(): void {
    this.#breakpoints.forget();
    this.#exceptions = exceptionsOf(this.session);
  }

  /** On to the next breakpoint, or back to the one before; to the end or the start where there is none. */
  async go(direction: 1 | -1, from = this.session.playback.position): Promise<void> {
    const { session } = this;
    const { cursor, isAtEnd } = session.playback.stepper;
    if (direction > 0 && isAtEnd) return session.end();
    const running = (this.#running = { isWanted: true });
    const found = await search(from, direction, {
      breakpoints: this.#breakpoints,
      exceptions: this.#exceptions,
      wanted: this.filters.size === 0 ? null : (exception) => this.#isWanted(exception),
      wait: async () => {
        await session.host.breathe();
        return running.isWanted;
      },
      say: (text) => session.output(text),
    });
    if (this.#running !== running) return;
    this.#running = null;
    for (const { trouble } of this.#breakpoints.all) if (trouble !== null) this.#complain(trouble);
    if (found === null) session.goTo(direction > 0 ? cursor.end() : cursor.start(), { reason: 'step' });
    else if ('givenUpAt' in found) session.goTo(cursor.inside(Math.max(0, found.givenUpAt)), { reason: 'pause' });
    else this.#stopAt(found);
  }

  /** Ends a search for a breakpoint; it stops where it is then. */
  pause(): void {
    if (this.#running) this.#running.isWanted = false;
    else this.session.stopped({ reason: 'pause' });
  }

  /** Nobody waits for a stop any more. */
  dispose(): void {
    if (this.#running) this.#running.isWanted = false;
    this.#running = null;
  }

  #stopAt({ position, breakpoints, exceptions }: Found): void {
    const { session } = this;
    const [first] = breakpoints;
    const place = this.#placeFor(position, first);
    const [exception] = exceptions;
    if (exception) {
      session.goTo(place, { reason: 'exception', description: filterLabel(exception.filter), text: exception.text });
      this.exception = exception;
      return;
    }
    const reasons = { line: 'breakpoint', function: 'function breakpoint', data: 'data breakpoint' } as const;
    const watched = breakpoints.find((one) => one.watched !== null)?.watched ?? null;
    session.goTo(place, {
      reason: reasons[this.#breakpoints.kindOf(first!.id)],
      hitBreakpointIds: breakpoints.map(({ id }) => id),
      ...(watched !== null && { description: t('Gradient changed'), text: this.#changeOf(watched, position) }),
    });
  }

  /** As deep as it gets; where a line was asked for that holds a call, before the call. */
  #placeFor(position: number, breakpoint: Breakpoint | undefined): Place {
    const { playback } = this.session;
    const inside = playback.stepper.cursor.inside(position);
    const line = breakpoint && this.#breakpoints.lineOf(breakpoint.id);
    for (let depth = inside.depth; line && depth >= 0; depth--) {
      const source = playback.sourceAt({ position, depth });
      if (source?.file === line.file && playback.sources.positionOf(source).line === line.line)
        return { position, depth };
    }
    return inside;
  }

  /** `∂E/∂w₁: none → 0.1018`. */
  #changeOf(node: NodeId, position: number): string {
    const { replay, names, graph } = this.session.playback;
    const told = (at: number): string => {
      const gradient = ifKept(() => replay.gradientAt(at, node));
      return gradient ? briefly(gradient) : t('none');
    };
    return `${names.partial(graph.pass.loss, node)}: ${told(position - 1)} → ${told(position)}`;
  }

  #isWanted({ filter, position }: Exception): boolean {
    const condition = this.filters.get(filter);
    if (!condition) return condition === null;
    try {
      return holds(condition, meaningAt(this.session.playback, { position }));
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.#complain(error.message);
      return false;
    }
  }

  /** A condition that cannot be worked out is told of once, and does not hold. */
  #complain(message: string): void {
    if (this.#complaints.has(message)) return;
    this.#complaints.add(message);
    this.session.output(t('A condition cannot be worked out: {0}', message), 'important');
  }
}

const exceptionsOf = ({ playback, host }: Session): ExceptionList =>
  new ExceptionList(
    () => new ExceptionFinder(playback, host.thresholdsOf(playback.launched.place)),
    playback.replay.timeline.length,
  );
