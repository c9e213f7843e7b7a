import type { NodeId, ScopeId } from '../base/brand.ts';
import type { Block } from '../autograd/block.ts';
import { Names } from '../explain/names.ts';
import { PassView } from '../explain/pass-view.ts';
import type { Place } from '../replay/stepper/cursor.ts';
import { Replay } from '../replay/stepper/replay.ts';
import { StrongestRoute } from '../replay/stepper/route.ts';
import { type SourcePlace, Sources } from '../replay/stepper/sources.ts';
import { Stepper } from '../replay/stepper/stepper.ts';
import type { Scope } from '../trace/format.ts';
import type { Launched } from './launch.ts';
import { Naming } from './naming.ts';
import { Parameters } from './parameters.ts';

/** A run and how far it has been stepped through. Names, places and order are those of the first run whose numbers were shown. */
export class Playback {
  #launched: Launched;
  #replay: Replay;
  readonly stepper: Stepper;
  #names: Names;
  readonly sources: Sources;
  #route: StrongestRoute | null = null;
  #naming: Naming | null = null;
  #view: PassView | null = null;
  /** Of the node last asked about: a watch asks again at every step. */
  readonly #derivatives = new Map<NodeId, ReadonlyMap<NodeId, Block>>();

  constructor(launched: Launched) {
    const { graph, part } = launched;
    this.#launched = launched;
    this.#replay = new Replay(graph, part);
    this.#names = new Names(graph);
    this.sources = new Sources(graph);
    this.stepper = new Stepper(this.#replay.timeline, (place) => this.#lineOf(place));
  }

  get launched(): Launched {
    return this.#launched;
  }

  get names(): Names {
    return this.#names;
  }

  /** What was recorded, and what can be computed of it. */
  get replay(): Replay {
    return this.#replay;
  }

  get graph(): Launched['graph'] {
    return this.#launched.graph;
  }

  get position(): number {
    return this.stepper.position;
  }

  /** The pass op by op, for the formulas of local derivatives. */
  get view(): PassView {
    this.#view ??= new PassView(this.#launched.trace, this.graph.pass, 'op');
    return this.#view;
  }

  /** The numbers of another run that takes the same way. How far this one has been stepped through stays. */
  showNumbersOf(launched: Launched): void {
    this.#launched = launched;
    this.#replay = new Replay(launched.graph, launched.part);
    // A number without a name is called by what it is.
    this.#names = new Names(launched.graph);
    this.#derivatives.clear();
    this.#route = null;
    this.#naming = null;
    this.#view = null;
  }

  get naming(): Naming {
    this.#naming ??= new Naming(this.graph, this.names, new Parameters(this.graph, this.sources));
    return this.#naming;
  }

  /** d of / d by over the whole run, whatever has been stepped through; null where one does not depend on the other. */
  derivative(of: NodeId, by: NodeId): Block | null {
    let gradients = this.#derivatives.get(of);
    if (!gradients) {
      gradients = this.replay.derivatives(of);
      this.#derivatives.clear();
      this.#derivatives.set(of, gradients);
    }
    return gradients.get(by) ?? null;
  }

  get route(): StrongestRoute {
    this.#route ??= new StrongestRoute(this.graph);
    return this.#route;
  }

  /** Where `model(…)`, or `backward()`, stands. */
  get declaration(): SourcePlace | null {
    const { trace, graph } = this.#launched;
    return graph.pass.site === null ? null : (trace.sites.get(graph.pass.site) ?? null);
  }

  scope(id: ScopeId): Scope {
    return this.launched.trace.scopes[id]!;
  }

  /** The expression at a place: the op's, or the call's where a whole scope is next. Null at the end, and for what has no source. */
  sourceAt(place: Place): SourcePlace | null {
    const { timeline, cursor } = this.stepper;
    if (place.position >= timeline.length) return null;
    const scope = cursor.closed(place);
    return (scope === null ? null : this.sources.callOf(scope)) ?? this.sources.ofNode(timeline.nodeAt(place.position));
  }

  #lineOf(place: Place): string {
    const source = this.sourceAt(place);
    return source === null ? '' : `${source.file}:${this.sources.positionOf(source).line}`;
  }
}
