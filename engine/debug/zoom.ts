import type { NodeId } from '../base/brand.ts';
import { ElementMode } from '../explain/element/mode.ts';
import { sumText } from '../explain/element/sum.ts';
import { PassView } from '../explain/pass-view.ts';
import type { Element } from '../replay/element.ts';
import { ifKept } from './kept.ts';
import type { Playback } from './playback.ts';

/** One product of the sum that an element of a gradient is. */
export interface Product {
  /** `x[0,1]·∂L/∂y[0,0]`; null where it is too long to be read. */
  readonly formula: string | null;
  /** ∂o/∂e and ∂L/∂o. */
  readonly factors: readonly [number, number];
  readonly value: number;
}

/**
 * One element of what an op passes on to one of its inputs, taken apart into the products that it is the sum of: what a matrix
 * product or a broadcast hides.
 */
export class Zoom {
  /** Which product is next; as many as there are means that the sum is done. */
  at = 0;
  readonly products: readonly Product[];
  /** `∂L/∂W₁[2,0]`. */
  readonly name: string;
  /** `Σ_b x[b,2]·∂L/∂z[b,0]`; null where the products are not alike. */
  readonly formula: string | null;
  /** Of products too many to be gone through one by one, the sum of those that are not. */
  readonly rest: number;

  constructor(
    playback: Playback,
    readonly op: NodeId,
    readonly element: Element,
  ) {
    const mode = modeOf(playback, element);
    const terms = mode.terms(element);
    const own = terms.listed.filter(({ to }) => to.node === op);
    const inOrder = terms.others === 0 ? [...own].sort((a, b) => a.to.place - b.to.place) : own;
    this.products = inOrder.map((term): Product => {
      const local = mode.formulas.local(term);
      const outer = mode.partial(mode.loss, term.to);
      const isLoss = term.to.node === mode.loss.node;
      return {
        formula: local && (isLoss ? mode.formulas.text(local) : `${mode.formulas.text(local)} · ${outer}`),
        factors: [term.local, term.outer],
        value: term.product,
      };
    });
    this.name = mode.partial(mode.loss, element);
    this.formula = own.length === terms.listed.length ? sumText(mode.formulas, terms) : null;
    this.rest = terms.rest;
  }

  /** Sum of the products that are done. */
  get soFar(): number {
    return this.products.slice(0, this.at).reduce((sum, { value }) => sum + value, 0);
  }

  get isDone(): boolean {
    return this.at >= this.products.length;
  }
}

/** Elements to choose from: those that most is passed on to. */
export interface ZoomTarget {
  readonly label: string;
  readonly step: number;
  readonly place: number;
}

const mostTargets = 24;

/** Elements of what the next moments pass on, heaviest first; none where numbers were changed: the sums are of the run. */
export function zoomTargets(playback: Playback): ZoomTarget[] {
  const { stepper, replay, names, graph } = playback;
  const { timeline, cursor, place, position } = stepper;
  if (timeline.at(position)?.phase !== 'backward' || cursor.closed(place) !== null || replay.given.size > 0) return [];
  const found: (ZoomTarget & { readonly size: number })[] = [];
  for (let at = position; at < cursor.stepEnd(place); at++) {
    const { step } = timeline.at(at)!;
    const to = timeline.targetAt(at);
    const contribution = ifKept(() => replay.contribution(step));
    if (!contribution || contribution.shape.length === 0) continue;
    const { data, shape } = contribution;
    const symbol = names.partial(graph.pass.loss, to);
    data.forEach((value: number, i: number) => {
      const size = Number.isNaN(value) ? Infinity : Math.abs(value);
      if (found.length === mostTargets && size <= found.at(-1)!.size) return;
      found.push({ label: `${symbol}[${indexOf(i, shape).join(',')}]`, step, place: i, size });
      found.sort((a, b) => b.size - a.size);
      found.length = Math.min(found.length, mostTargets);
    });
  }
  return found;
}

function modeOf({ launched }: Playback, { node, place }: Element): ElementMode {
  const { trace, graph } = launched;
  return new ElementMode(new PassView(trace, graph.pass, 'op'), { node, place });
}

function indexOf(place: number, shape: readonly number[]): number[] {
  const index: number[] = [];
  let rest = place;
  for (let d = shape.length - 1; d >= 0; d--) {
    index.unshift(rest % shape[d]!);
    rest = Math.floor(rest / shape[d]!);
  }
  return index;
}
