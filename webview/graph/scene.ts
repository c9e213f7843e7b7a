import type { NodeId } from '../../engine/base/brand.ts';
import type { BackwardGraphView, BackwardNodeView } from '../../engine/explain/backward-graph/view.ts';
import type { GraphView, NodeView } from '../../engine/explain/view.ts';
import { type Box, type Layout, type Point, edgeKey, isVertical } from '../../engine/picture/layout.ts';
import { type Size, sizeOfRule } from '../../engine/picture/size.ts';
import { Rooms } from './rooms.ts';

/** Of the forward graph G or of the backward graph B. */
export type Side = 'forward' | 'backward';

export type SceneNode =
  | { readonly side: 'forward'; readonly view: NodeView; readonly box: Box }
  | { readonly side: 'backward'; readonly view: BackwardNodeView; readonly box: Box };

export interface SceneEdge {
  readonly side: Side;
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly points: readonly Point[];
  /** Written while the edge is lit. */
  readonly label: string | null;
  /** Written in the middle of a part of the edge: always where there is room for it, else while the edge is lit. */
  readonly rule: { readonly text: string; readonly at: Point; readonly hasRoom: boolean } | null;
}

/** What is to be drawn, without knowing how. */
export interface Scene {
  readonly nodes: readonly SceneNode[];
  readonly edges: readonly SceneEdge[];
  readonly size: Size;
  /** Whether edges run up and down. */
  readonly vertical: boolean;
  /** Whether nodes of G are drawn with no more than a name and a value. */
  readonly compact: boolean;
}

export function sceneOf(graph: GraphView, layout: Layout, compact = false): Scene {
  const nodes = graph.nodes.flatMap((view): SceneNode[] => {
    const box = layout.boxes.get(view.id);
    return box ? [{ side: 'forward', view, box }] : [];
  });
  const edges = graph.edges.flatMap(({ from, to, label }): SceneEdge[] => {
    const key = edgeKey(from, to);
    const points = layout.edges.get(key);
    return points ? [{ side: 'forward', key, from, to, points, label, rule: null }] : [];
  });
  return { nodes, edges, size: layout.size, vertical: isVertical(layout.direction), compact };
}

export function backwardSceneOf(graph: BackwardGraphView, layout: Layout): Scene {
  const nodes = graph.nodes.flatMap((view): SceneNode[] => {
    const box = layout.boxes.get(view.id);
    return box ? [{ side: 'backward', view, box }] : [];
  });
  const rooms = new Rooms(nodes.map(({ box }) => box));
  const edges = graph.edges.flatMap(({ from, to, label }): SceneEdge[] => {
    const key = edgeKey(from, to);
    const points = layout.edges.get(key);
    if (!points) return [];
    const rule = label === null ? null : ruleOn(points, label, rooms);
    return [{ side: 'backward', key, from, to, points, label: null, rule }];
  });
  return { nodes, edges, size: layout.size, vertical: isVertical(layout.direction), compact: true };
}

/** Near the gradient that the rule makes: there edges are apart. */
function ruleOn(points: readonly Point[], text: string, rooms: Rooms): SceneEdge['rule'] {
  const [from, to] = [points.at(-2)!, points.at(-1)!];
  const at = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  return { text, at, hasRoom: rooms.take(ruleBox({ text, at })) };
}

export function ruleBox({ text, at }: { readonly text: string; readonly at: Point }): Box {
  const { width, height } = sizeOfRule(text);
  return { x: at.x - width / 2, y: at.y - height / 2, width, height };
}

const between = 72;

/** G and B in one picture, as mirrored as they can be: side by side where edges run up and down, else one under the other. */
export function beside(forward: Scene, backward: Scene): Scene {
  const { vertical } = forward;
  const by = vertical
    ? { x: forward.size.width + between, y: forward.size.height - backward.size.height }
    : { x: forward.size.width - backward.size.width, y: forward.size.height + between };
  // Loss and seed stand at the same end; whichever graph is longer than the other begins at 0.
  const [near, far] = [
    { x: Math.max(0, -by.x), y: Math.max(0, -by.y) },
    { x: Math.max(0, by.x), y: Math.max(0, by.y) },
  ];
  const [a, b] = [moved(forward, near), moved(backward, far)];
  return {
    nodes: [...a.nodes, ...b.nodes],
    edges: [...a.edges, ...b.edges],
    size: {
      width: Math.max(near.x + forward.size.width, far.x + backward.size.width),
      height: Math.max(near.y + forward.size.height, far.y + backward.size.height),
    },
    vertical,
    compact: forward.compact,
  };
}

function moved(scene: Scene, by: Point): Scene {
  const move = ({ x, y }: Point): Point => ({ x: x + by.x, y: y + by.y });
  return {
    ...scene,
    nodes: scene.nodes.map((node) => ({ ...node, box: { ...node.box, ...move(node.box) } })),
    edges: scene.edges.map((edge) => ({
      ...edge,
      points: edge.points.map(move),
      rule: edge.rule && { ...edge.rule, at: move(edge.rule.at) },
    })),
  };
}

/** The node at a point of the graph; of several, the one drawn last. */
export function nodeAt({ nodes }: Scene, { x, y }: Point): SceneNode | null {
  const hit = nodes.filter(({ box }) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height);
  return hit.at(-1) ?? null;
}

/** The node of G that a drawn node is, or whose gradient it is or is on the way to. */
export const subjectOf = (node: SceneNode): NodeId => (node.side === 'forward' ? node.view.id : node.view.of);

/** What a drawn node belongs to in the other graph: a node of G and its gradient in B belong together. */
export const counterpartOf = (scene: Scene, node: SceneNode): SceneNode | undefined =>
  node.side === 'forward'
    ? gradientNodeOf(scene, node.view.id)
    : scene.nodes.find(({ side, view }) => side === 'forward' && view.id === node.view.of);

/** Where a node of G stands, or its gradient where only B is drawn. */
export const boxOf = (scene: Scene | null, id: NodeId | null): Box | null => {
  const own = scene?.nodes.find(({ side, view }) => side === 'forward' && view.id === id);
  return (own ?? gradientNodeOf(scene, id))?.box ?? null;
};

export const gradientNodeOf = (scene: Scene | null, id: NodeId | null): SceneNode | undefined =>
  scene?.nodes.find((node) => node.side === 'backward' && node.view.whole && node.view.of === id);

/** Name, op, or a condition on the gradient's size: `grad < 1e-6`. */
export function matches({ name, sourceName, op, gradient }: NodeView, query: string): boolean {
  const condition = /^\s*grad\s*([<>])\s*(\S+)\s*$/i.exec(query);
  if (condition) {
    const [limit, magnitude] = [Number(condition[2]), gradient?.magnitude ?? null];
    return magnitude !== null && (condition[1] === '<' ? magnitude < limit : magnitude > limit);
  }
  const wanted = query.trim().toLowerCase();
  return [name, sourceName ?? '', op].some((text) => text.toLowerCase().includes(wanted));
}
