import type { DebugProtocol } from '@vscode/debugprotocol';
import { t } from '../base/l10n.ts';
import type { Place } from '../replay/stepper/cursor.ts';
import type { SourcePlace } from '../replay/stepper/sources.ts';
import type { Move } from '../replay/stepper/stepper.ts';
import { type Bookmark, placeOf } from './bookmark.ts';
import type { Connection, Events } from './connection.ts';
import { Frames } from './frames.ts';
import type { DebugHost } from './host.ts';
import { ifKept } from './kept.ts';
import type { Launch, Launched } from './launch.ts';
import { tensorOf } from './memory.ts';
import { sourceOf, toClient } from './places.ts';
import { Playback } from './playback.ts';
import { Stops } from './stops.ts';
import { Handles } from './variables/handles.ts';
import { NodeEntries } from './variables/nodes.ts';
import { WhatIf } from './what-if.ts';
import type { Zoom } from './zoom.ts';

/** The only thread: a backward pass is one thing after the other. */
export const threadId = 1;

type OutputCategory = NonNullable<DebugProtocol.OutputEvent['body']['category']>;
type Stopped = Omit<Events['stopped'], 'threadId' | 'allThreadsStopped'>;

/** A launched model and its client: moves through the replay, and says where it stopped and why. */
export class Session {
  readonly handles: Handles;
  readonly stops: Stops;
  readonly whatIf: WhatIf;
  #playback: Playback;
  #entries: NodeEntries;
  #launch: Launch;
  #frames: Frames | null = null;
  #zoom: Zoom | null = null;
  #isOver = false;
  #isStale = false;

  constructor(
    launched: Launched,
    readonly host: DebugHost,
    readonly connection: Connection,
    launch: Launch,
  ) {
    this.handles = new Handles(connection.understands);
    this.#launch = launch;
    this.#playback = new Playback(launched);
    this.#entries = new NodeEntries(this.#playback);
    this.stops = new Stops(this);
    this.whatIf = new WhatIf(this);
  }

  get playback(): Playback {
    return this.#playback;
  }

  /** What was asked to be run. */
  get launch(): Launch {
    return this.#launch;
  }

  get entries(): NodeEntries {
    return this.#entries;
  }

  /** The call stack of the present stop. */
  get frames(): Frames {
    this.#frames ??= new Frames(this.#playback, this.#zoom);
    return this.#frames;
  }

  /** The element that is being added up product by product; null while whole tensors are stepped over. */
  get zoom(): Zoom | null {
    return this.#zoom;
  }

  /** The client was told that it is over; only a restart goes on from there. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whether a file that was run holds another text now. What is stepped through stays what was run. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** Another run takes the place of the one that was stepped through. */
  replace(launched: Launched, launch: Launch): void {
    this.#launch = launch;
    this.#isOver = false;
    this.#isStale = false;
    this.show(launched);
    this.whatIf.reset();
  }

  /** The run is stepped through from now on. */
  show(launched: Launched): void {
    this.stops.dispose();
    this.#playback = new Playback(launched);
    this.#entries = new NodeEntries(this.#playback);
    this.#zoom = null;
    this.#forget();
    this.stops.findAgain();
  }

  /** The client is ready: stops at the start, or goes on to where it should stop. */
  begin(): void {
    for (const line of this.#playback.launched.trace.log)
      this.output(line.text, line.level === 'error' ? 'stderr' : 'stdout', line);
    if (this.#launch.noDebug) this.end();
    else if (this.#launch.stopOnEntry) this.stopped({ reason: 'entry' });
    else void this.stops.go(1, -1);
  }

  /** To where a bookmark of another run was. */
  returnTo(bookmark: Bookmark): void {
    this.goTo(placeOf(this.#playback, bookmark), { reason: 'restart' });
  }

  step(move: Move): void {
    const { stepper } = this.#playback;
    if (this.#zoom) return this.#stepZoomed(this.#zoom, move);
    if (stepper.isAtEnd) return this.end();
    stepper.step(move);
    this.stopped({ reason: 'step' });
  }

  back(move: 'over' | 'line' | 'instruction'): void {
    if (this.#zoom) {
      if (this.#zoom.at === 0) this.#zoom = null;
      else this.#zoom.at--;
    } else this.#playback.stepper.back(move);
    this.stopped({ reason: 'step' });
  }

  /** Into one element of what the next moment computes or passes on. */
  zoomInto(zoom: Zoom): void {
    this.#zoom = zoom;
    this.stopped({ reason: 'step' });
  }

  goTo(place: Place, stopped: Stopped): void {
    this.#zoom = null;
    this.#playback.stepper.jump(place);
    this.stopped(stopped);
  }

  /** Tells the client that there is something new to look at. */
  stopped(why: Stopped): void {
    this.#forget();
    this.checkText();
    this.connection.event('stopped', { ...why, ...this.#atEnd(why), threadId, allThreadsStopped: true });
  }

  /** Tells, once, when a file that was run holds another text by now. */
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

  output(text: string, category: OutputCategory = 'console', place: SourcePlace | null = null): void {
    const { sources } = this.#playback;
    const where = place && {
      source: sourceOf(this, place.file),
      ...toClient(this, sources.lines(place.file).positionAt(place.span.start)),
    };
    this.connection.event('output', { category, output: `${text}\n`, ...where });
  }

  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.connection.event('exited', { exitCode: this.#playback.launched.failure ? 1 : 0 });
    this.connection.event('terminated', undefined);
  }

  /** Other numbers at the same place of the same way. */
  showNumbersOf(launched: Launched): void {
    this.#playback.showNumbersOf(launched);
    this.#zoom = null;
    this.stops.forget();
    const { understands, event, changed } = this.connection;
    changed();
    if (understands.invalidatedEvent) event('invalidated', { areas: ['all'] });
    if (!understands.memoryEvent) return;
    for (const memoryReference of this.handles.memories) {
      const block = ifKept(() => tensorOf(this.#playback, memoryReference));
      if (block) event('memory', { memoryReference, offset: 0, count: block.data.byteLength });
    }
  }

  dispose(): void {
    this.stops.dispose();
    this.#forget();
  }

  /** From product to product; from the last one, and out, to what follows the whole sum. */
  #stepZoomed(zoom: Zoom, move: Move): void {
    if (move !== 'out' && !zoom.isDone) zoom.at++;
    else {
      this.#zoom = null;
      this.#playback.stepper.step('instruction');
    }
    this.stopped({ reason: 'step' });
  }

  #atEnd({ reason }: Stopped): Partial<Stopped> {
    if (!this.#playback.stepper.isAtEnd) return {};
    const { failure, part } = this.#playback.launched;
    if (failure) {
      this.output(failure.message, 'stderr', failure);
      return { reason: 'exception', description: t('The run ended here'), text: failure.message };
    }
    if (reason !== 'step') return {};
    return {
      description:
        part === 'forward' ? t('End of the forward pass') : t('End of the backward pass: every gradient is there'),
    };
  }

  #forget(): void {
    this.handles.forget();
    this.#frames = null;
    this.stops.exception = null;
  }
}
