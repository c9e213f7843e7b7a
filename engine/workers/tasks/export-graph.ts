import { PassView } from '../../explain/pass-view.ts';
import { buildGraph } from '../../explain/graph.ts';
import type { GraphView } from '../../explain/view.ts';
import { dotOf } from '../../export/dot.ts';
import { mermaidOf } from '../../export/mermaid.ts';
import { modulesOf } from '../../export/modules.ts';
import { svgOf } from '../../export/svg.ts';
import type { Theme } from '../../export/svg-style.ts';
import type { Direction } from '../../picture/layout.ts';
import type { Pass, Trace } from '../../trace/format.ts';
import { writeTrace } from '../../trace/json.ts';
import type { LayOut } from './lay-out.ts';

/** What a graph can be written as, and the ending that such files have. */
export const graphFormats = { dot: '.dot', mermaid: '.mmd', svg: '.svg', json: '.trace.json' } as const;
export type GraphFormat = keyof typeof graphFormats;

/** What is a node: each call of a module, each thing that the author named, each op. */
export const levels = ['module', 'named', 'op'] as const;
export type Level = (typeof levels)[number];

export interface Picture {
  readonly theme?: Theme;
  readonly direction?: Direction;
  readonly layOut: LayOut;
}

export function graphOf(trace: Trace, pass: Pass, level: Level): GraphView {
  const graph = buildGraph(new PassView(trace, pass, level === 'op' ? 'op' : 'named'));
  return level === 'module' ? modulesOf(graph, trace) : graph;
}

/** A graph as the text of a file. As JSON it is the whole run, which `retrograd compare` and others read again. */
export async function exportGraph(
  trace: Trace,
  graph: GraphView,
  format: GraphFormat,
  { theme, direction, layOut }: Picture,
): Promise<string> {
  switch (format) {
    case 'dot':
      return dotOf(graph);
    case 'mermaid':
      return mermaidOf(graph);
    case 'svg':
      return `${svgOf(graph, await layOut(graph, direction), theme).text}\n`;
    case 'json':
      return `${writeTrace(trace)}\n`;
  }
}
