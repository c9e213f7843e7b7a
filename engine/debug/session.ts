import type { DebugProtocol } from '@vscode/debugprotocol';
import type { NodeId } from '../base/brand.ts';
import { t } from '../base/l10n.ts';
import type { Place } from '../replay/stepper/cursor.ts';
import type { Move } from '../replay/stepper/stepper.ts';
import type { Connection, Events } from './connection.ts';
import { Frames } from './frames.ts';
import type { DebugHost } from './host.ts';
import type { Launch, Launched } from './launch.ts';
import { Playback } from './playback.ts';
import { Handles } from './variables/handles.ts';
import { NodeEntries } from './variables/nodes.ts';

/** The only thread: a backward pass is one thing after the other. */
export const threadId = 1;

type Stopped = Omit<Events['stopped'], 'threadId' | 'allThreadsStopped'>;

/** A launched model and its client: moves through the replay, and says where it stopped and why. */
export class Session {
  readonly handles = new Handles();
  #playback: Playback;
  #entries: NodeEntries;
  #frames: Frames | null = null;
  #launch: Launch;

  constructor(
    launched: Launched,
    readonly host: DebugHost,
    readonly connection: Connection,
    launch: Launch,
  ) {
    this.#launch = launch;
    this.#playback = new Playback(launched);
    this.#entries = this.#entriesOf(this.#playback);
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
    this.#forget();
  }

  /** The client is ready: stops at the start, or goes on to where it should stop. */
  begin(): void {
    for (const { text } of this.#playback.launched.trace.log) this.output(text, 'stdout');
    if (this.#launch.noDebug) this.end();
    else if (this.#launch.stopOnEntry) this.stopped({ reason: 'entry' });
    else this.go(1);
  }

  /** On to the next breakpoint, or back to the one before; to the end or the start where there is none. */
  go(direction: 1 | -1): void {
    const { stepper } = this.#playback;
    if (direction > 0 && stepper.isAtEnd) return this.end();
    const { cursor } = stepper;
    this.goTo(direction > 0 ? cursor.end() : cursor.start(), { reason: 'step' });
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
    this.connection.event('stopped', { ...why, ...this.#atEnd(why), threadId, allThreadsStopped: true });
  }

  output(text: string, category: DebugProtocol.OutputEvent['body']['category'] = 'console'): void {
    this.connection.event('output', { category: category ?? 'console', output: `${text}\n` });
  }

  end(): void {
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
    this.#forget();
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
    this.output(t('What if: everything that depends on {0} was computed anew with its new value.', names.shown(leaf)));
    this.connection.event('invalidated', { areas: ['all'] });
  }

  #forget(): void {
    this.handles.forget();
    this.#frames = null;
  }
}
