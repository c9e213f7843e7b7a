import type { NodeId } from '../../engine/base/brand.ts';
import type { Disposable } from '../../engine/base/disposable.ts';
import { Emitter } from '../../engine/base/emitter.ts';
import type { Adapter } from '../../engine/debug/adapter.ts';
import { type Hint, follow, hintAt, positionOf } from '../../engine/debug/follow.ts';
import type { Session } from '../../engine/debug/session.ts';
import type { DebugMove, DebugState } from '../../engine/protocol/debugging.ts';
import type { Trace } from '../../engine/trace/format.ts';
import type { Live } from './live.ts';

/** How a session is spoken to: through the editor, so that its own views follow. */
export interface DebugDriver {
  request(command: string, given?: object): void;
  stop(): void;
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
};

/** The debug session that panel and hints follow: of several, the one that was last in front. */
export class Debugging {
  readonly #live: Live;
  #sessions: Followed[] = [];
  readonly #changed = new Emitter<void>();
  /** Fires when the followed session stands somewhere else, or another one is followed. */
  readonly onDidChange = this.#changed.event;

  constructor(live: Live) {
    this.#live = live;
  }

  /** Follows a session until it is let go. */
  add(adapter: Adapter, driver: DebugDriver): Disposable {
    this.#sessions.unshift({ adapter, driver });
    const listening = adapter.onDidChange(() => {
      if (this.#sessions[0]?.adapter === adapter) this.#changed.fire();
    });
    return {
      dispose: () => {
        listening.dispose();
        this.#sessions = this.#sessions.filter((one) => one.adapter !== adapter);
        this.#changed.fire();
      },
    };
  }

  /** The user turned to this session. */
  bringToFront(adapter: Adapter): void {
    const found = this.#sessions.find((one) => one.adapter === adapter);
    if (!found || this.#sessions[0] === found) return;
    this.#sessions = [found, ...this.#sessions.filter((one) => one !== found)];
    this.#changed.fire();
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
