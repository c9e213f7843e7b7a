import { t } from '../base/l10n.ts';
import type { EdgeView, GraphView, NodeKind, NodeView } from '../explain/view.ts';
import { colourAt, placeOnScale, scale } from '../picture/gradient-size.ts';
import { type Box, type Layout, type Point, edgeKey, isVertical } from '../picture/layout.ts';
import { opInHeading } from '../picture/size.ts';
import { faceOf, titleOf } from './face.ts';
import { Markup, element } from './markup.ts';
import { type Theme, styleFor } from './svg-style.ts';

const margin = 24;
/** Under the graph, for what the colours mean. */
const legendHeight = 44;
const legendWidth = 190;
const corners: Readonly<Record<NodeKind, number>> = { parameter: 14, input: 2, constant: 2, op: 6, loss: 6 };

/** A graph as a picture that needs nothing else: no font, no script, no other file. Everything written in it is text. */
export function svgOf(graph: GraphView, layout: Layout, theme: Theme = 'auto'): Markup {
  const width = Math.ceil(Math.max(layout.size.width, legendWidth) + 2 * margin);
  const height = Math.ceil(layout.size.height + 2 * margin + legendHeight);
  const vertical = isVertical(layout.direction);
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'rg-graph',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
    },
    element('title', {}, titleOf(graph)),
    Markup.style(styleFor(theme)),
    element('rect', { class: 'rg-ground', width, height }),
    element(
      'g',
      { transform: `translate(${margin} ${margin})` },
      graph.edges.map((edge) => edgeIn(edge, layout, vertical)),
      graph.nodes.map((node) => {
        const box = layout.boxes.get(node.id);
        return box ? nodeIn(node, box) : null;
      }),
    ),
    legend(width - margin - legendWidth, height - legendHeight),
  );
}

function edgeIn({ from, to }: EdgeView, layout: Layout, vertical: boolean): Markup | null {
  const points = layout.edges.get(edgeKey(from, to));
  if (!points) return null;
  return element('g', {}, [
    element('path', { class: 'rg-edge', d: pathThrough(points, vertical) }),
    element('path', { class: 'rg-arrow', d: arrowAt(points.at(-1)!, vertical) }),
  ]);
}

/** Straight where it can be, bent softly where it must, as in the panel. */
function pathThrough(points: readonly Point[], vertical: boolean): string {
  const parts = [`M${at(points[0]!)}`];
  for (let i = 1; i < points.length; i++) {
    const [from, to] = [points[i - 1]!, points[i]!];
    const half = vertical ? { x: 0, y: (to.y - from.y) / 2 } : { x: (to.x - from.x) / 2, y: 0 };
    const bends = [{ x: from.x + half.x, y: from.y + half.y }, { x: to.x - half.x, y: to.y - half.y }, to];
    parts.push(`C${bends.map(at).join(' ')}`);
  }
  return parts.join('');
}

/** Edges arrive from above, or from the left. */
function arrowAt(tip: Point, vertical: boolean): string {
  const [a, b] = vertical
    ? [
        { x: tip.x - 3.5, y: tip.y - 6 },
        { x: tip.x + 3.5, y: tip.y - 6 },
      ]
    : [
        { x: tip.x - 6, y: tip.y - 3.5 },
        { x: tip.x - 6, y: tip.y + 3.5 },
      ];
  return `M${at(tip)}L${at(a)} ${at(b)}Z`;
}

const at = ({ x, y }: Point): string => `${round(x)},${round(y)}`;
const round = (x: number): number => Math.round(x * 10) / 10;

function nodeIn(node: NodeView, { x, y, width, height }: Box): Markup {
  const { name, op, shape, value, gradient } = faceOf(node);
  const kinds = node.kind === 'op' ? '' : ` rg-${node.kind}`;
  const right = width - 10;
  const isTensor = shape !== '';
  const text = (content: string, across: number, down: number, kind: string): Markup =>
    element('text', { x: across, y: down, class: kind }, content);
  return element(
    'g',
    { transform: `translate(${round(x)} ${round(y)})` },
    element('title', {}, [name, op, shape, value, gradient].filter(Boolean).join(' · ')),
    element('rect', { class: `rg-card${kinds}`, width: round(width), height: round(height), rx: corners[node.kind] }),
    barOf(node, height),
    text(name, 14, 20, 'rg-text rg-name'),
    text(
      [opInHeading({ name, op, shape: shape || 'scalar' }), shape].filter(Boolean).join(' '),
      right,
      20,
      'rg-dim rg-small rg-end',
    ),
    text(value, 14, 42, 'rg-text'),
    isTensor ? text(gradient, 14, 60, 'rg-warm') : text(gradient, right, 42, 'rg-warm rg-end'),
    isTensor ? histogramOf(node.value.histogram, { x: 14, y: height - 18, width: width - 28, height: 12 }) : null,
  );
}

/** How large the gradient is. */
function barOf({ gradient, kind }: NodeView, height: number): Markup {
  const place = placeOnScale(gradient?.magnitude ?? null);
  const inset = kind === 'parameter' ? 12 : 5;
  return element('rect', {
    y: inset,
    width: 4,
    height: round(height - 2 * inset),
    rx: 2,
    ...(place === null ? { class: 'rg-dim', opacity: 0.5 } : { fill: colourAt(place) }),
  });
}

function histogramOf(counts: readonly number[], { x, y, width, height }: Box): Markup | null {
  const largest = Math.max(0, ...counts);
  if (largest === 0) return null;
  const step = width / counts.length;
  const bars = counts.map((count, i) => {
    const tall = (count / largest) * height;
    const left = round(x + i * step);
    return tall === 0
      ? ''
      : `M${left},${round(y + height)}v${-round(tall)}h${round(Math.max(1, step - 1))}v${round(tall)}Z`;
  });
  return element('path', { class: 'rg-dim', d: bars.join('') });
}

const shades = 19;

function legend(x: number, y: number): Markup {
  const step = legendWidth / shades;
  return element(
    'g',
    { transform: `translate(${round(x)} ${round(y)})` },
    element('text', { x: legendWidth, y: 0, class: 'rg-dim rg-small rg-end' }, t('size of the gradient, log₁₀')),
    Array.from({ length: shades }, (_, i) =>
      element('rect', { x: i * step, y: 6, width: step, height: 5, fill: colourAt(i / (shades - 1)) }),
    ),
    element('text', { x: 0, y: 24, class: 'rg-dim rg-small' }, `≤1e−${-scale.from} ▽`),
    element('text', { x: legendWidth, y: 24, class: 'rg-dim rg-small rg-end' }, `△ ≥1e${scale.to}`),
  );
}
