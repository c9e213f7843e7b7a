import type { NodeId } from '../../engine/base/brand.ts';
import type { Disposable } from '../../engine/base/disposable.ts';
import { Emitter } from '../../engine/base/emitter.ts';
import type { Adapter } from '../../engine/debug/adapter.ts';
import { type Hint, follow, hintAt, positionOf } from '../../engine/debug/follow.ts';
import type { Launched } from '../../engine/debug/launch.ts';
import type { Session } from '../../engine/debug/session.ts';
import type { Granularity } from '../../engine/explain/view.ts';
import type { DebugMove, DebugState } from '../../engine/protocol/debugging.ts';
import type { RunRequest } from '../../engine/protocol/worker.ts';
import type { Trace } from '../../engine/trace/format.ts';
import { samePlace } from '../place.ts';
import type { Live } from './live.ts';

/** How a session is spoken to: through the editor, so that its own views follow. */
export interface DebugDriver {
  request(command: string, given?: object): void;
  stop(): void;
  /** What was run at the last launch; null where nothing was. */
  program(): RunRequest | null;
}

interface Followed {
  readonly adapter: Adapter;
  readonly driver: DebugDriver;
}

const requests: Readonly<Record<Exclude<DebugMove, 'stop'>, string>> = {
  over: 'next',
  into: 'stepIn',
  out: 'stepOut',
  back: 'stepBack',
  continue: 'continue',
  reverse: 'reverseContinue',
  restart: 'restartHere',
  restore: 'restoreRun',
};

/**
 * The debug session that panel and hints follow: of several, the one that was last in front. What it steps through is what is
 * shown: its file, its model, and where that is no run of the text as it is (a later step of training, a what-if) its trace.
 */
export class Debugging {
  readonly #live: Live;
  readonly #granularity: () => Granularity;
  #sessions: Followed[] = [];
  /** What was last shown of the session in front. */
  #launched: Launched | null = null;
  #instead: Trace | null = null;
  readonly #changed = new Emitter<void>();
  /** Fires when the followed session stands somewhere else, or another one is followed. */
  readonly onDidChange = this.#changed.event;

  /** @param granularity of a model that is shown for the first time. */
  constructor(live: Live, granularity: () => Granularity) {
    this.#live = live;
    this.#granularity = granularity;
    // A change of file lets go of what was shown in place of its run.
    live.onDidFinish(({ result }) => {
      if (this.#instead !== null && this.#isLive && live.presenter.trace === result.trace)
        live.showInstead(this.#instead);
    });
  }

  /** Follows a session until it is let go. Beside others it waits until the user turns to it, as in the editor's own views. */
  add(adapter: Adapter, driver: DebugDriver): Disposable {
    this.#turn([...this.#sessions, { adapter, driver }]);
    const listening = adapter.onDidChange(() => {
      if (this.#sessions[0]?.adapter !== adapter) return;
      this.#show();
      this.#changed.fire();
    });
    return {
      dispose: () => {
        listening.dispose();
        this.#turn(this.#sessions.filter((one) => one.adapter !== adapter));
      },
    };
  }

  /** The user turned to this session. */
  bringToFront(adapter: Adapter): void {
    const found = this.#sessions.find((one) => one.adapter === adapter);
    if (found && this.#sessions[0] !== found) this.#turn([found, ...this.#sessions.filter((one) => one !== found)]);
  }

  /** What leaves hold in place of the values of the run, where the numbers on screen are of that; else empty. */
  get whatIf(): readonly string[] {
    const { session } = this;
    return session && this.#shows(session) ? session.whatIf.changes : [];
  }

  /** The program whose numbers are on screen, where it is not the live run: of a later step of training, of a what-if. */
  get program(): RunRequest | null {
    const { session } = this;
    const program = session && this.#shows(session) ? this.#sessions[0]!.driver.program() : null;
    if (!session || !program || session.playback.launched.apart === null) return null;
    const texts = session.whatIf.own.trace.files.map(({ path, text }) => [path, text] as const);
    return { ...program, overlays: new Map(texts), overrides: session.whatIf.overrides };
  }

  /** Null while nothing is stepped through. */
  get state(): DebugState | null {
    const { session } = this;
    return session && follow(session, this.#shows(session) ? (this.#live.snapshot.graph?.nodes ?? []) : null);
  }

  /** What of a run's hint holds where a session stands; all of it where none stands at what is shown. */
  hint(node: NodeId, run: Hint): Hint {
    const { session } = this;
    if (!session || !this.#shows(session)) return run;
    const view = this.#live.presenter.view;
    return hintAt(session, node, run, view === null || view.element === null);
  }

  move(move: DebugMove): void {
    const driver = this.#sessions[0]?.driver;
    if (move === 'stop') driver?.stop();
    else driver?.request(requests[move], { threadId: 1 });
  }

  seek(position: number): void {
    this.#sessions[0]?.driver.request('seek', { position });
  }

  /** To where the rule of a shown node comes next, or its op in a forward pass. */
  seekNode(node: NodeId): void {
    const { session } = this;
    const position = session && this.#shows(session) ? positionOf(session, node) : null;
    if (position !== null) this.seek(position);
  }

  get session(): Session | null {
    return this.#sessions[0]?.adapter.session ?? null;
  }

  #turn(sessions: Followed[]): void {
    this.#sessions = sessions;
    this.#show();
    this.#changed.fire();
  }

  /** Whether the live file is that of the session in front. */
  get #isLive(): boolean {
    const place = this.#launched?.place;
    return place !== undefined && samePlace(this.#live.place, { root: place.root, path: place.entry });
  }

  /** Shows what the session in front steps through, where that is another than before. */
  #show(): void {
    const live = this.#live;
    const playback = this.session?.playback ?? null;
    const [before, instead] = [this.#instead, playback?.launched.apart ?? null];
    const launched = playback?.launched ?? null;
    this.#instead = instead;
    if (launched && launched !== this.#launched) {
      this.#launched = launched;
      const { place, graph } = launched;
      live.follow({ root: place.root, path: place.entry });
      if (live.snapshot.graph?.model !== graph.pass.name)
        live.choose(graph.pass.name, live.snapshot.graph?.granularity ?? this.#granularity(), []);
    } else if (!launched) this.#launched = null;
    if (instead === before) return;
    // A step of training that somebody chose to look at stays.
    if (instead !== null || live.presenter.trace === before) live.showInstead(instead);
  }

  /** Whether the panel's trace is of the very text, model and numbers that the session is of: nodes then mean the same. */
  #shows({ playback }: Session): boolean {
    const { trace, place, graph, apart } = playback.launched;
    const live = this.#live.showsTrace ? this.#live.presenter.trace : null;
    if (live === null || this.#live.place?.root !== place.root) return false;
    if (apart !== null) return live === apart;
    return (
      this.#live.snapshot.graph?.model === graph.pass.name &&
      live.nodes.length === trace.nodes.length &&
      // The panel may show another step of training.
      Object.is(numberOf(live, graph.pass.loss), numberOf(trace, graph.pass.loss)) &&
      live.files.length === trace.files.length &&
      live.files.every(({ path, text }, i) => path === trace.files[i]!.path && text === trace.files[i]!.text)
    );
  }
}

const numberOf = ({ nodes }: Trace, node: NodeId): number | undefined => nodes[node]?.value.data?.[0];
