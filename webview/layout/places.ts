import type { Drawable, Point } from '../../engine/picture/layout.ts';

/** Ids are positions in the run and shift with every op that is added; names stay. */
export const stableName = ({ name, op }: { name: string; op: string }): string => `${name} ${op}`;

/** With fewer nodes than this that have stayed, there is no picture to keep. */
const kept = 0.6;

/**
 * Where the nodes of a graph are asked to stand, after an earlier layout: those that stayed where they stood, new ones amid
 * their neighbours. Null where most are new.
 */
export function placesFrom(graph: Drawable, earlier: ReadonlyMap<string, Point>): ReadonlyMap<number, Point> | null {
  const places = new Map<number, Point>();
  for (const node of graph.nodes) {
    const place = earlier.get(stableName(node));
    if (place) places.set(node.id, place);
  }
  if (places.size < graph.nodes.length * kept) return null;
  const neighbours = new Map<number, number[]>(graph.nodes.map(({ id }) => [id, []]));
  for (const { from, to } of graph.edges) {
    neighbours.get(from)!.push(to);
    neighbours.get(to)!.push(from);
  }
  for (const { id } of graph.nodes) {
    if (places.has(id)) continue;
    const around = neighbours.get(id)!.flatMap((one) => places.get(one) ?? []);
    if (around.length > 0) places.set(id, { x: mean(around.map(({ x }) => x)), y: mean(around.map(({ y }) => y)) });
  }
  return places;
}

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;
