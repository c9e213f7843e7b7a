import { defaultThresholds } from '../../analysis/thresholds.ts';
import { reportFile } from '../../workers/tasks/report-file.ts';
import { layOutBy } from '../lay-out.ts';
import type { Output } from './commands.ts';
import { configFor } from './config-file.ts';
import { deliver, load, passesOf } from './load.ts';
import { locate } from './run-file.ts';

export interface ReportFileOptions {
  readonly model?: string;
  readonly gradients: boolean;
  readonly out?: string;
}

/** `retrograd report FILE`: graph, findings and chain rule of its models, as one page that needs nothing else. */
export async function report(file: string, { model, gradients, out }: ReportFileOptions): Promise<Output> {
  const { trace, told } = await load(file);
  if (!trace) return told('');
  const config = configFor(locate(file));
  const page = await reportFile(trace, passesOf(trace, model), {
    gradients,
    layOut: layOutBy(),
    thresholds: { ...defaultThresholds, ...config.thresholds },
    off: new Set(config.off),
  });
  return deliver(page, out, told);
}
