import type { DebugProtocol } from '@vscode/debugprotocol';
import type { NodeId } from '../base/brand.ts';
import { t } from '../base/l10n.ts';
import type { Place } from '../replay/stepper/cursor.ts';
import type { Move } from '../replay/stepper/stepper.ts';
import type { Phase } from '../replay/stepper/timeline.ts';
import type { Breakpoint } from './breakpoints/breakpoint.ts';
import { type Asked, Breakpoints, type Placed } from './breakpoints/breakpoints.ts';
import { ExceptionList } from './breakpoints/exception-list.ts';
import { type Exception, type ExceptionFilter, ExceptionFinder, filterLabel } from './breakpoints/exceptions.ts';
import type { Connection, Events } from './connection.ts';
import { holds } from './expression/evaluate.ts';
import type { Asked as Expression } from './expression/parse.ts';
import { ExpressionError } from './expression/tokens.ts';
import { Frames } from './frames.ts';
import type { DebugHost } from './host.ts';
import type { Launch, Launched } from './launch.ts';
import { meaningAt } from './meaning.ts';
import { placedFor } from './places.ts';
import { Playback } from './playback.ts';
import { type Found, search } from './search.ts';
import { briefly } from './variables/show.ts';
import { Handles } from './variables/handles.ts';
import { NodeEntries } from './variables/nodes.ts';

/** The only thread: a backward pass is one thing after the other. */
export const threadId = 1;

type Stopped = Omit<Events['stopped'], 'threadId' | 'allThreadsStopped'>;

/** A place that can be found again in another run of the same program. */
export interface Bookmark extends Place {
  readonly moment: { readonly phase: Phase; readonly input: number; readonly name: string } | null;
}

/** A launched model and its client: moves through the replay, and says where it stopped and why. */
export class Session {
  readonly handles = new Handles();
  #playback: Playback;
  #entries: NodeEntries;
  #frames: Frames | null = null;
  #launch: Launch;
  #breakpoints: Breakpoints;
  #exceptions: ExceptionList;
  #exception: Exception | null = null;
  #running: { isWanted: boolean } | null = null;
  #ids = 0;
  #isOver = false;
  #isStale = false;
  readonly #asked = new Map<string, Asked>();
  readonly #complaints = new Set<string>();
  /** Exception filters that are on, with the condition of each. */
  filters: ReadonlyMap<ExceptionFilter, Expression | null> = new Map();

  constructor(
    launched: Launched,
    readonly host: DebugHost,
    readonly connection: Connection,
    launch: Launch,
  ) {
    this.#launch = launch;
    this.#playback = new Playback(launched);
    this.#entries = this.#entriesOf(this.#playback);
    this.#breakpoints = new Breakpoints(this.#playback);
    this.#exceptions = this.#exceptionsOf(this.#playback);
  }

  get playback(): Playback {
    return this.#playback;
  }

  get entries(): NodeEntries {
    return this.#entries;
  }

  /** The call stack of the present stop. */
  get frames(): Frames {
    this.#frames ??= new Frames(this.#playback);
    return this.#frames;
  }

  /** Another run takes the place of the one that was stepped through. */
  replace(launched: Launched, launch: Launch): void {
    this.#launch = launch;
    this.#playback = new Playback(launched);
    this.#entries = this.#entriesOf(this.#playback);
    this.#breakpoints = new Breakpoints(this.#playback);
    this.#exceptions = this.#exceptionsOf(this.#playback);
    this.#isOver = false;
    this.#isStale = false;
    this.#forget();
    for (const asked of this.#asked.values())
      for (const placed of this.#breakpoints.set(asked))
        this.connection.event('breakpoint', { reason: 'changed', breakpoint: placedFor(this, placed) });
  }

  /** The client is ready: stops at the start, or goes on to where it should stop. */
  begin(): void {
    for (const { text } of this.#playback.launched.trace.log) this.output(text, 'stdout');
    if (this.#launch.noDebug) this.end();
    else if (this.#launch.stopOnEntry) this.stopped({ reason: 'entry' });
    else void this.go(1, -1);
  }

  /** On to the next breakpoint, or back to the one before; to the end or the start where there is none. */
  async go(direction: 1 | -1, from = this.#playback.position): Promise<void> {
    const { stepper } = this.#playback;
    if (direction > 0 && stepper.isAtEnd) return this.end();
    const { cursor } = stepper;
    const running = (this.#running = { isWanted: true });
    const found = await search(from, direction, {
      breakpoints: this.#breakpoints,
      exceptions: this.#exceptions,
      wanted: this.filters.size === 0 ? null : (exception) => this.#isWanted(exception),
      wait: async () => {
        await this.host.breathe();
        return running.isWanted;
      },
      say: (text) => this.output(text),
    });
    if (this.#running !== running) return;
    this.#running = null;
    for (const { trouble } of this.#breakpoints.all) if (trouble !== null) this.#complain(trouble);
    if (found === null) this.goTo(direction > 0 ? cursor.end() : cursor.start(), { reason: 'step' });
    else if ('givenUpAt' in found) this.goTo(cursor.inside(Math.max(0, found.givenUpAt)), { reason: 'pause' });
    else this.#stopAt(found);
  }

  /** Ends a search for a breakpoint; it stops where it is then. */
  pause(): void {
    if (this.#running) this.#running.isWanted = false;
    else this.stopped({ reason: 'pause' });
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** The client was told that it is over; only a restart goes on from there. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Breakpoints as the client sets them; they are found again in every run. */
  setBreakpoints(asked: Asked): readonly Placed[] {
    this.#asked.set(asked.kind === 'line' ? `line:${asked.file}` : asked.kind, asked);
    return this.#breakpoints.set(asked);
  }

  newIds(count: number): number[] {
    return Array.from({ length: count }, () => ++this.#ids);
  }

  /** What the present stop is for, where it is for something sick. */
  get exception(): Exception | null {
    return this.#exception;
  }

  get breakpoints(): Breakpoints {
    return this.#breakpoints;
  }

  step(move: Move): void {
    const { stepper } = this.#playback;
    if (stepper.isAtEnd) return this.end();
    stepper.step(move);
    this.stopped({ reason: 'step' });
  }

  back(move: 'over' | 'line' | 'instruction'): void {
    this.#playback.stepper.back(move);
    this.stopped({ reason: 'step' });
  }

  goTo(place: Place, stopped: Stopped): void {
    this.#playback.stepper.jump(place);
    this.stopped(stopped);
  }

  /** Tells the client that there is something new to look at. */
  stopped(why: Stopped): void {
    this.#forget();
    this.checkText();
    this.connection.event('stopped', { ...why, ...this.#atEnd(why), threadId, allThreadsStopped: true });
  }

  /** Whether a file that was run holds another text now. Told once; what is stepped through stays what was run. */
  get isStale(): boolean {
    return this.#isStale;
  }

  checkText(): void {
    const { trace, place } = this.#playback.launched;
    if (this.#isStale) return;
    const changed = trace.files.find(({ path, text }) => (this.host.textOf(place.root, path) ?? text) !== text);
    if (!changed) return;
    this.#isStale = true;
    this.output(
      t(
        '{0} has changed since it ran. What is stepped through is the text as it was: restart to see the new one.',
        changed.path,
      ),
    );
  }

  /** The present place, in words that another run of a changed text can be asked for. */
  get bookmark(): Bookmark {
    const { stepper, names } = this.#playback;
    const moment = stepper.timeline.at(stepper.position);
    return {
      ...stepper.place,
      moment: moment && { phase: moment.phase, input: moment.input, name: names.written(moment.node) },
    };
  }

  /** To where a bookmark of another run was: the moment of the same name, else the same number of steps. */
  returnTo({ position, depth, moment }: Bookmark): void {
    const { stepper, naming } = this.#playback;
    const { timeline, cursor } = stepper;
    const node = moment && naming.written(moment.name);
    let found = Math.min(position, timeline.length);
    for (let at = 0; moment && node !== null && at < timeline.length; at++) {
      const { phase, input, node: own } = timeline.at(at)!;
      if (own === node && phase === moment.phase && input === moment.input) found = at;
    }
    const place = cursor.inside(found);
    this.goTo({ position: found, depth: Math.min(depth, place.depth) }, { reason: 'restart' });
  }

  output(text: string, category: DebugProtocol.OutputEvent['body']['category'] = 'console'): void {
    this.connection.event('output', { category: category ?? 'console', output: `${text}\n` });
  }

  end(): void {
    this.#isOver = true;
    this.connection.event('exited', { exitCode: this.#playback.launched.failure ? 1 : 0 });
    this.connection.event('terminated', undefined);
  }

  /** Where the session stands, for a list of threads: `chain · backward pass, step 3 of 14`. */
  title(): string {
    const { graph, stepper } = this.#playback;
    const { timeline, position } = stepper;
    const { forwardLength, length } = timeline;
    const { name } = graph.pass;
    if (position >= length) return t('{0} · done', name);
    if (position < forwardLength) return t('{0} · forward pass, op {1} of {2}', name, position + 1, forwardLength);
    return t('{0} · backward pass, step {1} of {2}', name, position - forwardLength + 1, length - forwardLength);
  }

  dispose(): void {
    if (this.#running) this.#running.isWanted = false;
    this.#running = null;
    this.#forget();
  }

  #stopAt({ position, breakpoints, exceptions }: Found): void {
    const [first] = breakpoints;
    const place = this.#placeFor(position, first);
    const [exception] = exceptions;
    if (exception) {
      this.goTo(place, { reason: 'exception', description: filterLabel(exception.filter), text: exception.text });
      this.#exception = exception;
      return;
    }
    const reasons = { line: 'breakpoint', function: 'function breakpoint', data: 'data breakpoint' } as const;
    const reason = reasons[this.#breakpoints.kindOf(first!.id)];
    const watched = breakpoints.find(({ watched }) => watched !== null)?.watched ?? null;
    this.goTo(place, {
      reason,
      hitBreakpointIds: breakpoints.map(({ id }) => id),
      ...(watched !== null && { description: t('Gradient changed'), text: this.#changeOf(watched, position) }),
    });
  }

  /** As deep as it gets; where a line was asked for that holds a call, before the call. */
  #placeFor(position: number, breakpoint: Breakpoint | undefined): Place {
    const { stepper, sources } = this.#playback;
    const inside = stepper.cursor.inside(position);
    const line = breakpoint && this.#breakpoints.lineOf(breakpoint.id);
    for (let depth = inside.depth; line && depth >= 0; depth--) {
      const source = this.#playback.sourceAt({ position, depth });
      if (source?.file === line.file && sources.positionOf(source).line === line.line) return { position, depth };
    }
    return inside;
  }

  /** `∂E/∂w₁: none → 0.1018`. */
  #changeOf(node: NodeId, position: number): string {
    const { replay, names, graph } = this.#playback;
    const told = (at: number): string => {
      const gradient = replay.gradientAt(at, node);
      return gradient ? briefly(gradient) : t('none');
    };
    return `${names.partial(graph.pass.loss, node)}: ${told(position - 1)} → ${told(position)}`;
  }

  #isWanted({ filter, position }: Exception): boolean {
    const condition = this.filters.get(filter);
    if (!condition) return condition === null;
    try {
      return holds(condition, meaningAt(this.#playback, { position }));
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
    this.output(t('A condition cannot be worked out: {0}', message), 'important');
  }

  #exceptionsOf(playback: Playback): ExceptionList {
    return new ExceptionList(() => new ExceptionFinder(playback), playback.replay.timeline.length);
  }

  #atEnd({ reason }: Stopped): Partial<Stopped> {
    if (!this.#playback.stepper.isAtEnd) return {};
    const { failure, part } = this.#playback.launched;
    if (failure) return { reason: 'exception', description: t('The run ended here'), text: failure.message };
    if (reason !== 'step') return {};
    return {
      description:
        part === 'forward' ? t('End of the forward pass') : t('End of the backward pass: every gradient is there'),
    };
  }

  #entriesOf(playback: Playback): NodeEntries {
    return new NodeEntries(playback, (leaf) => this.#changed(leaf));
  }

  #changed(leaf: NodeId): void {
    const { names } = this.#playback;
    this.#breakpoints.forget();
    this.#exceptions = this.#exceptionsOf(this.#playback);
    this.output(t('What if: everything that depends on {0} was computed anew with its new value.', names.shown(leaf)));
    this.connection.event('invalidated', { areas: ['all'] });
  }

  #forget(): void {
    this.handles.forget();
    this.#frames = null;
    this.#exception = null;
  }
}
