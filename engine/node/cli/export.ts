import type { Theme } from '../../export/svg-style.ts';
import { type GraphFormat, type Level, exportGraph, graphOf } from '../export-graph.ts';
import type { Output } from './commands.ts';
import { deliver, load, passesOf } from './load.ts';

export interface ExportOptions {
  readonly model?: string;
  readonly format: GraphFormat;
  readonly level: Level;
  readonly theme: Theme;
  readonly out?: string;
}

/** `retrograd export FILE`: the graph of a model for other programs; of its first model unless one is named. */
export async function exportFile(file: string, { model, format, level, theme, out }: ExportOptions): Promise<Output> {
  const { trace, told } = await load(file);
  if (!trace) return told('');
  const [pass] = passesOf(trace, model);
  const text = await exportGraph(trace, graphOf(trace, pass!, level), format, { theme });
  return deliver(text, out, told);
}
