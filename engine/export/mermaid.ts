import type { GraphView, NodeKind, NodeView } from '../explain/view.ts';
import { clipped, faceOf, titleOf } from './face.ts';
import { legible } from '../base/legible.ts';

/** How a node is framed: parameters round, inputs slanted, the rest square. */
const frames: Readonly<Record<NodeKind, readonly [open: string, close: string]>> = {
  parameter: ['(', ')'],
  input: ['[/', '/]'],
  constant: ['[/', '/]'],
  op: ['[', ']'],
  loss: ['([', '])'],
};

/** A graph as a Mermaid flowchart: https://mermaid.js.org/syntax/flowchart.html. What Markdown pages draw by themselves. */
export function mermaidOf(graph: GraphView): string {
  const known = new Set(graph.nodes.map(({ id }) => id));
  return [
    `%% ${titleOf(graph).replace(/[^\p{L}\p{N} .,:=−∞]/gu, ' ')}`,
    'flowchart TB',
    ...graph.nodes.map(nodeLine),
    ...graph.edges
      .filter(({ from, to }) => known.has(from) && known.has(to))
      .map(({ from, to, label }) => `  n${from} -->${label === null ? '' : `|"${escaped(label)}"|`} n${to}`),
    '',
  ].join('\n');
}

function nodeLine(node: NodeView): string {
  const { name, op, shape, value, gradient } = faceOf(node);
  const heading = [clipped(name), clipped(op), shape].filter(Boolean).join(' · ');
  const numbers = [value, gradient].filter(Boolean).join(' · ');
  const [open, close] = frames[node.kind];
  return `  n${node.id}${open}"${escaped(heading)}<br/>${escaped(numbers)}"${close}`;
}

/**
 * Inside quotes Mermaid still reads entities (`#35;`), directives (`%%{…}%%`), Markdown and HTML: every sign of ASCII that is
 * not known to be harmless is an entity of its own.
 */
const escaped = (text: string): string =>
  legible(text)
    .replace(/\s+/g, ' ')
    .replace(/[!-~]/g, (sign) => (/[\w.,:()[\]+=*/-]/.test(sign) ? sign : `#${sign.charCodeAt(0)};`));
