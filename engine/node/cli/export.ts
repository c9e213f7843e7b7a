import type { Theme } from '../../export/svg-style.ts';
import { type GraphFormat, type Level, exportGraph, graphOf } from '../../workers/export-graph.ts';
import { layOutBy } from '../lay-out.ts';
import type { Output } from './commands.ts';
import { deliver, load, passesOf } from './load.ts';
import { report } from './report.ts';

export interface ExportOptions {
  readonly model?: string;
  readonly format: GraphFormat | 'html';
  readonly level: Level;
  readonly theme: Theme;
  readonly out?: string;
}

/** `retrograd export FILE`: the graph of a model for other programs; of its first model unless one is named. HTML is the report. */
export async function exportFile(file: string, options: ExportOptions): Promise<Output> {
  const { model, format, level, theme, out } = options;
  if (format === 'html') return report(file, { ...options, gradients: false });
  const { trace, told } = await load(file);
  if (!trace) return told('');
  const [pass] = passesOf(trace, model);
  const text = await exportGraph(trace, graphOf(trace, pass!, level), format, { theme, layOut: layOutBy() });
  return deliver(text, out, told);
}
