import { type Camera, toGraph } from './camera.ts';
import type { Change, Severity } from '../health/marks.ts';
import type { ComparedGradient } from '../compare/gradients.ts';
import type { DrawnMark } from '../compare/marks.ts';
import { drawBadge } from './draw-badge.ts';
import { drawCompared } from './draw-compared.ts';
import { drawNode } from './draw-node.ts';
import { type NotYet, faceSoFar } from '../debugger/debug-state.ts';
import { drawStop } from '../debugger/draw-stop.ts';
import { type Face, faceOf } from './face.ts';
import { linksOf } from './links.ts';
import { Rooms } from './rooms.ts';
import { type Scene, type SceneEdge, type SceneNode, ruleBox, subjectOf } from './scene.ts';
import type { Theme } from './theme.ts';
import type { Point } from '../../engine/picture/layout.ts';
import type { Size } from '../../engine/picture/size.ts';

/** What the reader points at and looks for. Nodes are those of G; a node of B stands for the one whose gradient it is. */
export interface Emphasis {
  readonly hovered: number | null;
  readonly chosen: number | null;
  readonly selected: number | null;
  /** Nodes and edges on the way to the loss; null when nothing is pointed at. */
  readonly lit: { readonly nodes: ReadonlySet<number>; readonly edges: ReadonlySet<string> } | null;
  /** What a search found; null without a search. */
  readonly found: ReadonlySet<number> | null;
  /** What a debug session is about to do, and what it has not done yet; null without one. */
  readonly current: number | null;
  readonly notYet: NotYet | null;
  /** What findings mark: edges on which the gradient is lost or grows, and nodes with a badge. */
  readonly marks: { readonly edges: ReadonlyMap<string, Change>; readonly badges: ReadonlyMap<number, Severity> };
  /** Nodes that an earlier run has not, or has otherwise, while it is compared with. */
  readonly compared: ReadonlyMap<number, DrawnMark>;
  /** The same of their gradients, for B. */
  readonly comparedGradients: ReadonlyMap<number, ComparedGradient>;
}

/** Of what findings mark: told from every other line by its pattern. */
export const patterns: Readonly<Record<Change, readonly number[]>> = { loses: [9, 3, 2, 3], gains: [3, 3] };

/** What is not spoken of steps back, and stays legible. */
const faint = 0.6;

/** What has not been computed yet, where one steps. */
const ahead = 0.45;

/** Pixels of the screen that a marked line is wide at least. */
const seen = 1.5;

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
  const { lit, found, notYet } = emphasis;
  const subjects = new Map<number, number>(scene.nodes.map((node) => [node.view.id, subjectOf(node)]));

  for (const edge of scene.edges) {
    const onPath = isLit(edge, lit, subjects);
    const change = edge.side === 'forward' ? emphasis.marks.edges.get(edge.key) : undefined;
    context.globalAlpha = lit && !onPath ? faint : 1;
    context.strokeStyle = change ? (change === 'loses' ? theme.cold : theme.hot) : onPath ? theme.warm : theme.edge;
    // What is marked or lit is seen from afar too.
    const least = change || onPath ? seen / camera.zoom : 0;
    context.lineWidth = Math.max(least, change ? (onPath ? 4 : 3) : onPath ? 2.4 : 1.3);
    context.setLineDash(change ? patterns[change].map((length) => (length * context.lineWidth) / 3) : []);
    stroke(context, edge.points, scene.vertical);
  }
  context.setLineDash([]);
  for (const node of scene.nodes) {
    const { box } = node;
    if (box.x > high.x || box.y > high.y || box.x + box.width < low.x || box.y + box.height < low.y) continue;
    const subject = subjectOf(node);
    const isFaint = (lit && !lit.nodes.has(subject)) || (found && !found.has(subject));
    const isAhead = notYet?.nodes.has(subject) === true && subject !== emphasis.current;
    context.globalAlpha = isAhead ? ahead : isFaint ? faint : 1;
    const gradient = node.side === 'backward' && node.view.whole ? emphasis.comparedGradients.get(subject) : undefined;
    const face = besideBefore(faceOf(node, scene.compact), gradient);
    drawNode(
      context,
      notYet ? faceSoFar(face, subject, notYet) : face,
      box,
      theme,
      ringOf(node, emphasis, theme),
      camera.zoom >= readable,
    );
    if (subject === emphasis.current && (node.side === 'forward' || node.view.whole))
      drawStop(context, box, theme, camera.zoom);
    const mark = node.side === 'forward' ? emphasis.compared.get(subject) : gradient?.mark;
    if (mark) drawCompared(context, box, mark, theme, camera.zoom);
    const severity = node.side === 'forward' ? emphasis.marks.badges.get(subject) : undefined;
    if (severity) drawBadge(context, box, severity, theme, camera.zoom);
  }
  context.globalAlpha = 1;
  drawLinks(context, scene, emphasis.hovered, theme);
  if (camera.zoom < readable) return;
  const spoken = new Rooms(
    scene.edges.flatMap((edge) => (edge.rule && isLit(edge, lit, subjects) ? [ruleBox(edge.rule)] : [])),
  );
  for (const edge of scene.edges) {
    const onPath = isLit(edge, lit, subjects);
    if (edge.rule && !onPath && lit && !spoken.isFree(ruleBox(edge.rule))) continue;
    if (edge.rule && (edge.rule.hasRoom || onPath)) {
      context.globalAlpha = lit && !onPath ? faint : 1;
      drawLabel(context, edge.rule.text, edge.rule.at, 'center', onPath ? theme.warm : theme.dim, theme);
    } else if (edge.label !== null && onPath) {
      const [from, to] = [edge.points.at(-2)!, edge.points.at(-1)!];
      const at = { x: (from.x + to.x) / 2 + 8, y: (from.y + to.y) / 2 };
      drawLabel(context, edge.label, at, 'left', theme.warm, theme);
    }
  }
  context.globalAlpha = 1;
}

/** Of a gradient that is compared, its size before and now. */
const besideBefore = (face: Face, compared: ComparedGradient | undefined): Face =>
  compared?.norms ? { ...face, gradient: `${compared.norms.before} → ${compared.norms.after}` } : face;

/** An edge of B carries on what flows along an edge of G the other way; inside of a rule it belongs to the rule's node. */
function isLit(
  { side, key, from, to }: SceneEdge,
  lit: Emphasis['lit'],
  subjects: ReadonlyMap<number, number>,
): boolean {
  if (!lit) return false;
  if (side === 'forward') return lit.edges.has(key);
  const [source, target] = [subjects.get(from)!, subjects.get(to)!];
  return source === target ? lit.nodes.has(target) : lit.edges.has(`${target}>${source}`);
}

function ringOf(node: SceneNode, { chosen, selected, hovered }: Emphasis, theme: Theme): string | null {
  if (node.side === 'backward' && !node.view.whole) return null;
  const subject = subjectOf(node);
  if (subject === chosen) return theme.warm;
  return subject === selected || subject === hovered ? theme.accent : null;
}

/** Between G and B, of the node that is pointed at: to its gradient, and from the values that this reads. */
function drawLinks(context: CanvasRenderingContext2D, scene: Scene, hovered: number | null, theme: Theme): void {
  if (hovered === null) return;
  for (const { from, to, kind } of linksOf(scene, hovered)) {
    context.setLineDash(kind === 'gradient' ? [6, 4] : [2, 4]);
    context.strokeStyle = kind === 'gradient' ? theme.accent : theme.dim;
    context.lineWidth = kind === 'gradient' ? 1.6 : 1.2;
    stroke(context, [from, to], !scene.vertical);
  }
  context.setLineDash([]);
}

/** Straight where it can be, bent softly where it must. */
function stroke(context: CanvasRenderingContext2D, points: readonly Point[], vertical: boolean): void {
  context.beginPath();
  context.moveTo(points[0]!.x, points[0]!.y);
  for (let i = 1; i < points.length; i++) {
    const [from, to] = [points[i - 1]!, points[i]!];
    const half = vertical ? { x: 0, y: (to.y - from.y) / 2 } : { x: (to.x - from.x) / 2, y: 0 };
    context.bezierCurveTo(from.x + half.x, from.y + half.y, to.x - half.x, to.y - half.y, to.x, to.y);
  }
  context.stroke();
}

function drawLabel(
  context: CanvasRenderingContext2D,
  label: string,
  { x, y }: Point,
  align: 'left' | 'center',
  colour: string,
  theme: Theme,
): void {
  context.font = `11.5px ${theme.mono}`;
  context.textAlign = align;
  context.textBaseline = 'middle';
  context.fillStyle = theme.background;
  const width = context.measureText(label).width + 8;
  context.fillRect(align === 'left' ? x - 4 : x - width / 2, y - 9, width, 18);
  context.fillStyle = colour;
  context.fillText(label, x, y);
}
