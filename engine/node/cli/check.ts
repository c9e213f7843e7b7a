import packageJson from '../../../package.json' with { type: 'json' };
import type { RuleId, Severity } from '../../analysis/health/finding.ts';
import { type Thresholds, boundNames, defaultThresholds, thresholdNames } from '../../analysis/thresholds.ts';
import { junitOf } from '../../explain/health/junit.ts';
import { reportText } from '../../explain/health/report-text.ts';
import { type CheckReport, emptyReport, fails, reportOf } from '../../explain/health/report.ts';
import { sarifOf } from '../../explain/health/sarif.ts';
import type { Trace } from '../../trace/format.ts';
import { t } from '../../base/l10n.ts';
import { type Output, output, requireModel, runOnce } from './commands.ts';
import { configFor } from './config-file.ts';
import { exit, harmless } from './outcome.ts';
import { progressLine } from './progress.ts';
import { locate } from './run-file.ts';

export const reportFormats = ['text', 'json', 'sarif', 'junit'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** Commander gives the bounds under their own names in camel case: `maxGradientNorm`. */
export interface HealthOptions extends Readonly<Record<string, unknown>> {
  readonly model?: string;
  readonly rule?: readonly RuleId[];
  readonly format: ReportFormat;
  readonly failOn?: Severity;
  readonly gradients: boolean;
}

/** `retrograd check FILE`: what is sick in its models, for people and for build servers. */
export async function check(file: string, options: HealthOptions): Promise<Output> {
  const config = configFor(locate(file));
  const run = await runOnce(file);
  requireModel(run, options.model);
  const { trace } = run.result;
  if (!trace) return output(run, written(emptyReport, options.format, null));
  const progress = progressLine(t('checking gradients'));
  const report = reportOf(trace, {
    thresholds: { ...defaultThresholds, ...config.thresholds, ...boundsOf(options) },
    off: new Set(config.off),
    gradients: options.gradients,
    ...(options.rule && { only: new Set(options.rule) }),
    ...(options.model !== undefined && { model: options.model }),
    ...(progress && { progress: progress.tell }),
  });
  progress?.end();
  const { out, err, code } = output(run, written(report, options.format, trace));
  const failed = fails(report, options.failOn ?? config.failOn ?? 'warning');
  return { out, err, code: code === exit.done && failed ? exit.modelProblems : code };
}

function boundsOf(options: HealthOptions): Partial<Thresholds> {
  const given = thresholdNames.flatMap((name): [string, number][] => {
    const value = options[boundNames[name].replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())];
    return typeof value === 'number' ? [[name, value]] : [];
  });
  return Object.fromEntries(given);
}

function written(report: CheckReport, format: ReportFormat, trace: Trace | null): string {
  switch (format) {
    case 'text':
      return reportText(report, harmless, new Set(trace?.passes.map(({ name }) => name)).size > 1);
    case 'json':
      return `${JSON.stringify(report, null, 1)}\n`;
    case 'sarif':
      return sarifOf(report, packageJson.version);
    case 'junit':
      return junitOf(report);
  }
}
