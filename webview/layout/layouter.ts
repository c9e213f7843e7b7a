import ELK, { type ElkNode } from 'elkjs/lib/elk-api.js';
import { fromElk, toElk } from '../../engine/picture/elk-graph.ts';
import { placesFrom, stableName } from './places.ts';
import { type Direction, type Drawable, type Layout, type Point, layered } from '../../engine/picture/layout.ts';

/** Milliseconds after which a plain layout is drawn instead. */
const deadline = 4000;

/** The part of elkjs that is used; tests give their own. */
export interface Elk {
  layout(graph: ElkNode): Promise<ElkNode>;
}

/** Lays graphs out, and remembers: the same structure is never laid out twice in a row, and what stayed keeps its place. */
export class Layouter {
  #count = 0;
  #key: string | null = null;
  #layout: Layout | null = null;
  #places: Map<string, Point> | null = null;
  #direction: Direction | null = null;
  #pending: { readonly key: string; readonly layout: Promise<Layout> } | null = null;

  constructor(readonly elk: Promise<Elk>) {}

  /** How many layouts were made. */
  get count(): number {
    return this.#count;
  }

  /** The layout of a graph if it is known already. */
  known(graph: Drawable, direction: Direction): Layout | null {
    return this.#key === keyOf(graph, direction) ? this.#layout : null;
  }

  /** A layout that is under way already is waited for, not made twice. */
  layOut(graph: Drawable, direction: Direction): Promise<Layout> {
    const known = this.known(graph, direction);
    if (known) return Promise.resolve(known);
    const key = keyOf(graph, direction);
    if (this.#pending?.key !== key) this.#pending = { key, layout: this.#make(graph, direction) };
    return this.#pending.layout;
  }

  async #make(graph: Drawable, direction: Direction): Promise<Layout> {
    const places = direction === this.#direction && this.#places ? placesFrom(graph, this.#places) : null;
    this.#count++;
    const layout = await this.#within(graph, direction, places);
    this.#key = keyOf(graph, direction);
    this.#layout = layout;
    this.#direction = direction;
    this.#places = new Map(
      graph.nodes.map((node) => [
        stableName(node),
        { x: layout.boxes.get(node.id)!.x, y: layout.boxes.get(node.id)!.y },
      ]),
    );
    return layout;
  }

  async #within(graph: Drawable, direction: Direction, places: ReadonlyMap<number, Point> | null): Promise<Layout> {
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), deadline));
    const elk = await Promise.race([this.elk, late]);
    const found = await Promise.race([elk?.layout(toElk(graph, direction, places)).catch(() => null) ?? null, late]);
    return found ? fromElk(found, direction) : layered(graph, direction);
  }
}

const keyOf = (graph: Drawable, direction: Direction): string => `${direction}#${graph.structure}`;

/**
 * elkjs in a worker of its own. A webview may start workers from blobs only, so the script is fetched first. Its first
 * layout takes three to five times as long as later ones: it is made here, of two boxes.
 */
export async function startElk(workerUrl: string): Promise<Elk> {
  const script = await (await fetch(workerUrl)).text();
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const elk = new ELK({ workerFactory: () => new Worker(url) });
  const box = { width: 10, height: 10 };
  await elk.layout({
    id: 'warm-up',
    layoutOptions: { 'elk.algorithm': 'layered' },
    children: [
      { id: 'a', ...box },
      { id: 'b', ...box },
    ],
    edges: [{ id: 'a>b', sources: ['a'], targets: ['b'] }],
  });
  return elk;
}
