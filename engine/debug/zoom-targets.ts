import type { Block } from '../autograd/block.ts';
import { elementName } from '../explain/tensors/matrix-view.ts';
import { gradientSum, valueSum } from './element-sums.ts';
import { ifKept } from './kept.ts';
import type { Playback } from './playback.ts';
import type { Sum } from './zoom.ts';

/** An element to choose: of what the next op computes, or of what it passes on. */
export interface ZoomTarget {
  readonly label: string;
  /** The moment that makes it. */
  readonly position: number;
  /** In row-major order. */
  readonly place: number;
}

const mostTargets = 24;

/** Elements that the next moments make, heaviest first. */
export function zoomTargets(playback: Playback): ZoomTarget[] {
  const { stepper, replay, names, graph } = playback;
  const { timeline, cursor, place, position } = stepper;
  const moment = timeline.at(position);
  if (!moment || cursor.closed(place) !== null) return [];
  const heaviest = new Heaviest();
  if (moment.phase === 'forward') {
    const { shape, inputs } = graph.node(moment.node);
    // A number made of numbers hides nothing.
    const hides = shape.length > 0 || inputs.some((input) => graph.node(input).shape.length > 0);
    const block = hides ? ifKept(() => replay.value(moment.node)) : null;
    if (block) heaviest.add(names.shown(moment.node), position, block);
    return heaviest.found;
  }
  for (let at = position; at < cursor.stepEnd(place); at++) {
    const contribution = ifKept(() => replay.contribution(timeline.at(at)!.step));
    if (contribution && contribution.shape.length > 0)
      heaviest.add(names.partial(graph.pass.loss, timeline.targetAt(at)), at, contribution);
  }
  return heaviest.found;
}

/** The sum that a chosen element is. */
export function sumOf(playback: Playback, { position, place }: ZoomTarget): Sum {
  const { timeline } = playback.stepper;
  const node = timeline.nodeAt(position);
  return timeline.phaseAt(position) === 'forward'
    ? valueSum(playback, { node, place })
    : gradientSum(playback, node, { node: timeline.targetAt(position), place });
}

class Heaviest {
  #found: { readonly target: ZoomTarget; readonly size: number }[] = [];

  get found(): ZoomTarget[] {
    return this.#found.map(({ target }) => target);
  }

  add(symbol: string, position: number, { data, shape }: Block): void {
    data.forEach((value: number, place: number) => {
      const size = Number.isNaN(value) ? Infinity : Math.abs(value);
      if (this.#found.length === mostTargets && size <= this.#found.at(-1)!.size) return;
      this.#found.push({ target: { label: elementName(symbol, place, shape), position, place }, size });
      this.#found.sort((a, b) => b.size - a.size);
      this.#found.length = Math.min(this.#found.length, mostTargets);
    });
  }
}
