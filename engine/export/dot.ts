import type { GraphView, NodeKind, NodeView } from '../explain/view.ts';
import { colourAt, placeOnScale } from '../picture/gradient-size.ts';
import { clipped, faceOf, titleOf } from './face.ts';
import { legible } from '../base/legible.ts';

const styles: Readonly<Record<NodeKind, string>> = {
  parameter: 'rounded,filled,bold',
  input: 'filled,dashed',
  constant: 'filled,dotted',
  op: 'rounded,filled',
  loss: 'rounded,filled',
};

/** A graph in Graphviz' language: https://graphviz.org/doc/info/lang.html. The frame of a node is coloured by the size of its gradient. */
export function dotOf(graph: GraphView): string {
  return [
    `digraph ${quoted(graph.model)} {`,
    `  graph [label=${quoted(titleOf(graph))}, labelloc=t, rankdir=TB, fontname="monospace", bgcolor="white"];`,
    '  node [shape=box, fontname="monospace", fontsize=11, fillcolor="#f8f8f8", color="#8a8a8a", penwidth=1.4];',
    '  edge [fontname="monospace", fontsize=9, color="#8a8a8a", arrowsize=0.7];',
    ...graph.nodes.map((node) => `  n${node.id} ${attributesOf(node)};`),
    ...graph.edges.map(
      ({ from, to, label }) => `  n${from} -> n${to}${label === null ? '' : ` [label=${quoted(label)}]`};`,
    ),
    '}',
    '',
  ].join('\n');
}

function attributesOf(node: NodeView): string {
  const { name, op, shape, value, gradient } = faceOf(node);
  const lines = [clipped(name), [clipped(op), shape].filter(Boolean).join(' '), value, gradient].filter(Boolean);
  const place = placeOnScale(node.gradient?.magnitude ?? null);
  const attributes = [
    `label=${quoted(lines.join('\n'))}`,
    `style="${styles[node.kind]}"`,
    ...(place === null ? [] : [`color="${hex(colourAt(place))}"`]),
    ...(node.kind === 'loss' ? ['fillcolor="#dcebdd"'] : []),
    ...(node.source ? [`tooltip=${quoted(`${node.source.file}:${node.source.line}`)}`] : []),
  ];
  return `[${attributes.join(', ')}]`;
}

/**
 * A string that stands for itself: Graphviz reads backslashes as escapes and `&…;` as entities even inside quotes.
 */
const quoted = (text: string): string =>
  `"${legible(text)
    .replace(/&/g, '&amp;')
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '&quot;')
    .replace(/[<>]/g, (sign) => (sign === '<' ? '&lt;' : '&gt;'))
    .replace(/\r?\n|\r/g, '\\n')
    .replace(/\t/g, ' ')}"`;

/** `rgb(59, 111, 190)` as Graphviz knows colours. */
const hex = (rgb: string): string =>
  `#${(rgb.match(/\d+/g) ?? []).map((channel) => Number(channel).toString(16).padStart(2, '0')).join('')}`;
