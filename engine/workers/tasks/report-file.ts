import packageJson from '../../../package.json' with { type: 'json' };
import { PassView } from '../../explain/pass-view.ts';
import { type ReportChoices, modelReport } from '../../explain/report/build.ts';
import { reportPage } from '../../export/report/page.ts';
import type { Pass, Trace } from '../../trace/format.ts';
import type { LayOut } from './lay-out.ts';

export interface ReportOptions extends ReportChoices {
  readonly layOut: LayOut;
}

/** A report about the models of a run, as one file of HTML. */
export async function reportFile(
  trace: Trace,
  passes: readonly Pass[],
  { layOut, ...choices }: ReportOptions,
): Promise<string> {
  const models = [];
  for (const pass of passes) {
    const report = modelReport(new PassView(trace, pass, 'named'), choices);
    models.push({ report, layout: await layOut(report.graph, 'down') });
  }
  return reportPage(trace.entry, packageJson.version, models);
}
