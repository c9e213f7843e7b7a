import type { NodeId, ScopeId } from '../base/brand.ts';
import { t } from '../base/l10n.ts';
import type { SourcePlace } from '../replay/stepper/sources.ts';
import { ifKept } from './kept.ts';
import type { Playback } from './playback.ts';
import { nameOfScope } from './scope-name.ts';
import { briefly } from './variables/show.ts';
import type { Zoom } from './zoom.ts';

/**
 * One line of the call stack. `element`: one number of what the op below computes or passes on, product by product. `now`: what happens
 * next. `consumer`: an op that passes its gradient on to the frame above it, so that these frames are the chain rule, the loss
 * last; of a composite op as a whole, the last op. `scope`: a call, iteration or model in which the op was executed.
 */
export type Frame =
  | { readonly kind: 'element' }
  | { readonly kind: 'now' }
  | { readonly kind: 'consumer'; readonly node: NodeId; readonly composite: ScopeId | null }
  | { readonly kind: 'label' }
  | { readonly kind: 'scope'; readonly scope: ScopeId };

/** The call stack at a stop. Frames are made when they are asked for: a chain may be as long as the run. */
export class Frames {
  /** The op whose rule is next, in a backward pass. */
  readonly #op: NodeId | null;
  readonly #scopes: readonly ScopeId[];
  readonly #entered: readonly ScopeId[];
  readonly #hops: NodeId[] = [];
  readonly #chainLength: number;

  constructor(
    readonly playback: Playback,
    readonly zoom: Zoom | null,
  ) {
    const { stepper, route } = playback;
    const { timeline, cursor, position } = stepper;
    const moment = timeline.at(position);
    this.#op = moment?.phase === 'backward' ? moment.node : null;
    this.#chainLength = this.#op === null ? 0 : route.length(this.#op);
    const path = moment ? cursor.stretches.path(moment.node) : [];
    this.#entered = path.slice(0, Math.min(stepper.place.depth, path.length));
    this.#scopes = this.#entered.filter((scope) => !this.#isIdle(scope)).reverse();
  }

  /** The call or iteration that one is in; null at the end. */
  get innermost(): ScopeId | null {
    return this.#entered.at(-1) ?? null;
  }

  /** The function that `model(…)` was given says nothing besides the model, and a program nothing besides its model. */
  #isIdle(id: ScopeId): boolean {
    const { kind, parent } = this.playback.scope(id);
    if (kind === 'program') return this.playback.graph.pass.kind === 'model';
    return kind === 'function' && this.playback.scope(parent!).kind === 'model';
  }

  get length(): number {
    return this.#zoomed + 1 + this.#chainLength + (this.#chainLength > 0 ? 1 : 0) + this.#scopes.length;
  }

  at(place: number): Frame | null {
    const index = place - this.#zoomed;
    if (index < 0) return { kind: 'element' };
    if (index === 0) return { kind: 'now' };
    if (index <= this.#chainLength) {
      const node = this.#hop(index - 1);
      return { kind: 'consumer', node, composite: this.#unitOf(node) };
    }
    const below = index - 1 - this.#chainLength;
    if (this.#chainLength > 0 && below === 0) return { kind: 'label' };
    const scope = this.#scopes[this.#chainLength > 0 ? below - 1 : below];
    return scope === undefined ? null : { kind: 'scope', scope };
  }

  nameOf(frame: Frame): string {
    switch (frame.kind) {
      case 'element':
        return nameOfZoom(this.zoom!);
      case 'now':
        return this.#nameNow();
      case 'consumer':
        return this.#nameOfOp(frame.node, true, frame.composite);
      case 'label':
        return t('computed in');
      case 'scope':
        return nameOfScope(this.playback, frame.scope);
    }
  }

  sourceOf(frame: Frame): SourcePlace | null {
    const { sources, stepper } = this.playback;
    switch (frame.kind) {
      case 'element':
      case 'now':
        return stepper.isAtEnd
          ? (this.playback.launched.failure ?? this.playback.declaration)
          : this.playback.sourceAt(stepper.place);
      case 'consumer':
        return sources.ofNode(frame.node);
      case 'label':
        return null;
      case 'scope':
        return sources.ofScope(frame.scope) ?? this.playback.declaration;
    }
  }

  get #zoomed(): number {
    return this.zoom ? 1 : 0;
  }

  #hop(index: number): NodeId {
    const { route } = this.playback;
    while (this.#hops.length <= index) this.#hops.push(route.next(this.#hops.at(-1) ?? this.#op!, this.#composite)!);
    return this.#hops[index]!;
  }

  /** The composite op that one is inside of: its parts are frames of their own. */
  get #composite(): ScopeId | null {
    return this.#op === null ? null : this.playback.route.compositeOf(this.#op);
  }

  #nameNow(): string {
    const { stepper, names, replay } = this.playback;
    const { timeline, cursor, place, position } = stepper;
    const moment = timeline.at(position);
    if (!moment) return this.playback.launched.failure ? t('where the run ended') : t('the end of the pass');
    const scope = cursor.closed(place);
    if (scope !== null) return nameOfScope(this.playback, scope);
    const name = this.#nameOfOp(moment.node, moment.phase === 'backward');
    if (!cursor.isInsideOp(place)) return name;
    return `${name} → ${names.shown(replay.graph.node(moment.node).inputs[moment.input]!)}`;
  }

  /** The composite op that a hop stands for as a whole; null where it stands for itself. */
  #unitOf(node: NodeId): ScopeId | null {
    const composite = this.playback.route.compositeOf(node);
    return composite === this.#composite ? null : composite;
  }

  /** `Y · sigmoid · ∂E/∂Y = −0.6313`. */
  #nameOfOp(node: NodeId, withGradient: boolean, composite: ScopeId | null = null): string {
    const { names, replay, graph, position } = this.playback;
    const { op, kind } = graph.node(node);
    const unit = composite === null ? op : this.playback.scope(composite).name;
    const written = names.shown(node);
    const isNamed = kind === 'op' && !written.startsWith(`${op}#`);
    const parts = isNamed ? [written, unit] : composite === null ? [written] : [unit];
    const gradient = withGradient ? ifKept(() => replay.gradientAt(position, node)) : null;
    if (gradient) parts.push(`${names.partial(graph.pass.loss, node)} = ${briefly(gradient)}`);
    return parts.join(' · ');
  }
}

const nameOfZoom = ({ at, sum: { name, products } }: Zoom): string =>
  at < products.length ? t('{0} · product {1} of {2}', name, at + 1, products.length) : t('{0} · the sum', name);
