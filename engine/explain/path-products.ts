import type { ChainEdge } from '../analysis/chain.ts';
import { wayThrough } from '../analysis/way.ts';
import { vectorTimesJacobian } from '../replay/jacobian.ts';
import { MissingContent } from '../replay/recording.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { Content } from '../trace/format.ts';
import { statisticsOf } from '../trace/statistics.ts';
import type { PassView } from './pass-view.ts';

/** What has arrived along one path alone: one number, a tensor, or null where it was not worked out. */
export type Arrived = number | Content | null;

/** So many vector–Jacobian products may a card cost; what lies beyond is left out of it. */
const affordable = 256;

/**
 * The products along paths, from the loss down. Of single numbers they are the products of the local derivatives, as shown. Of
 * tensors, what the run recorded is right as long as there is but one path; behind a place where several meet, the part of one
 * path is worked out by pulling it back alone.
 */
export class PathProducts {
  readonly #view: PassView;
  #spent = 0;

  constructor(view: PassView) {
    this.#view = view;
  }

  /** After each of a path's factors. */
  along(edges: readonly ChainEdge[]): Arrived[] {
    const { chains } = this.#view;
    let before: Arrived = 1;
    return edges.map((edge) => {
      const factor: number | null = edge.local.kind === 'scalar' ? (edge.local.value?.[0] ?? null) : null;
      if (typeof before === 'number' && factor !== null) before *= factor;
      else if (chains.pathCount(edge.through) === 1n) before = edge.content;
      else before = this.#pulled(edge, before);
      return before;
    });
  }

  #pulled(edge: ChainEdge, upstream: Arrived): Arrived {
    const { recording, chains, graph } = this.#view;
    const numbers = typeof upstream === 'number' ? upstream : (upstream?.data ?? null);
    if (numbers === null || this.#spent >= affordable) return null;
    const way = wayThrough(graph, chains.fold(edge.through), edge.from);
    this.#spent += way.length * Math.ceil(sizeOf(graph.node(edge.through).shape) / 1024);
    try {
      const vector = recording.filled(edge.through, numbers);
      const { data } = vectorTimesJacobian(recording, [...way.reverse(), edge.from], vector);
      return { statistics: statisticsOf(data), data };
    } catch (error) {
      if (error instanceof MissingContent) return null;
      throw error;
    }
  }
}
