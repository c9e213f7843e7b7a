import { type Camera, toGraph } from './camera.ts';
import { drawNode } from './draw-node.ts';
import type { Scene } from './scene.ts';
import type { Theme } from './theme.ts';
import type { Point } from '../layout/layout.ts';
import type { Size } from '../layout/size.ts';

/** What the reader points at and looks for. */
export interface Emphasis {
  readonly hovered: number | null;
  readonly chosen: number | null;
  readonly selected: number | null;
  /** Nodes and edges on the way to the loss; null when nothing is pointed at. */
  readonly lit: { readonly nodes: ReadonlySet<number>; readonly edges: ReadonlySet<string> } | null;
  /** What a search found; null without a search. */
  readonly found: ReadonlySet<number> | null;
}

/** What is not spoken of steps back, and stays legible. */
const faint = 0.6;

/** Below this zoom text could not be read: nodes are drawn without it. */
const readable = 0.45;

export function draw(
  context: CanvasRenderingContext2D,
  scene: Scene,
  camera: Camera,
  view: Size,
  theme: Theme,
  emphasis: Emphasis,
): void {
  const ratio = window.devicePixelRatio;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, view.width, view.height);
  context.translate(camera.x, camera.y);
  context.scale(camera.zoom, camera.zoom);
  const low = toGraph(camera, { x: 0, y: 0 });
  const high = toGraph(camera, { x: view.width, y: view.height });
  const { lit, found } = emphasis;

  for (const edge of scene.edges) {
    const onPath = lit?.edges.has(edge.key) ?? false;
    context.globalAlpha = lit && !onPath ? faint : 1;
    context.strokeStyle = onPath ? theme.warm : theme.edge;
    context.lineWidth = onPath ? 2.4 : 1.3;
    stroke(context, edge.points, scene.layout.direction === 'down');
  }
  for (const { view: node, box } of scene.nodes) {
    if (box.x > high.x || box.y > high.y || box.x + box.width < low.x || box.y + box.height < low.y) continue;
    context.globalAlpha = (lit && !lit.nodes.has(node.id)) || (found && !found.has(node.id)) ? faint : 1;
    const ring =
      node.id === emphasis.chosen
        ? theme.warm
        : node.id === emphasis.selected || node.id === emphasis.hovered
          ? theme.accent
          : null;
    drawNode(context, node, box, theme, ring, camera.zoom >= readable);
  }
  context.globalAlpha = 1;
  if (!lit || camera.zoom < readable) return;
  for (const { key, label, points } of scene.edges)
    if (label !== null && lit.edges.has(key)) drawLabel(context, label, points, theme);
}

/** Straight where it can be, bent softly where it must. */
function stroke(context: CanvasRenderingContext2D, points: readonly Point[], down: boolean): void {
  context.beginPath();
  context.moveTo(points[0]!.x, points[0]!.y);
  for (let i = 1; i < points.length; i++) {
    const [from, to] = [points[i - 1]!, points[i]!];
    const half = down ? { x: 0, y: (to.y - from.y) / 2 } : { x: (to.x - from.x) / 2, y: 0 };
    context.bezierCurveTo(from.x + half.x, from.y + half.y, to.x - half.x, to.y - half.y, to.x, to.y);
  }
  context.stroke();
}

function drawLabel(context: CanvasRenderingContext2D, label: string, points: readonly Point[], theme: Theme): void {
  const [from, to] = [points.at(-2)!, points.at(-1)!];
  const at = { x: (from.x + to.x) / 2 + 8, y: (from.y + to.y) / 2 };
  context.font = `11.5px ${theme.mono}`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillStyle = theme.background;
  context.fillRect(at.x - 4, at.y - 9, context.measureText(label).width + 8, 18);
  context.fillStyle = theme.warm;
  context.fillText(label, at.x, at.y);
}
