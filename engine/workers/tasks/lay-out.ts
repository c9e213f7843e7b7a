import type { ElkNode } from 'elkjs/lib/elk-api.js';
import { fromElk, toElk } from '../../picture/elk-graph.ts';
import { type Direction, type Drawable, type Layout, layered } from '../../picture/layout.ts';

/** Lays one graph out as the panel does, in a thread of its own. */
export type LayOut = (graph: Drawable, direction?: Direction) => Promise<Layout>;

/** A thread with elkjs in it, and the way to end it. Null from a thread that failed. */
export interface LayoutThread {
  readonly laidOut: Promise<ElkNode | null>;
  end(): void;
}

/** Milliseconds after which a plain layout is taken instead. Nobody types while a file is exported: more than in the panel. */
const deadline = 20_000;

export const layOutWith =
  (start: (graph: ElkNode) => LayoutThread): LayOut =>
  async (graph, direction = 'down') => {
    const thread = start(toElk(graph, direction, null));
    let late: ReturnType<typeof setTimeout> | undefined;
    const tooLate = new Promise<null>((resolve) => (late = setTimeout(() => resolve(null), deadline)));
    const found = await Promise.race([thread.laidOut, tooLate]);
    clearTimeout(late);
    thread.end();
    return found ? fromElk(found, direction) : layered(graph, direction);
  };
