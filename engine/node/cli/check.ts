import packageJson from '../../../package.json' with { type: 'json' };
import type { RuleId, Severity } from '../../analysis/health/finding.ts';
import { type Thresholds, boundNames, defaultThresholds, thresholdNames } from '../../analysis/thresholds.ts';
import { junitOf } from '../../explain/health/junit.ts';
import { reportText } from '../../explain/health/report-text.ts';
import { type CheckReport, emptyReport, fails, reportOf } from '../../explain/health/report.ts';
import { sarifOf } from '../../explain/health/sarif.ts';
import { t } from '../../base/l10n.ts';
import type { Output } from './commands.ts';
import { configFor } from './config-file.ts';
import { deliver, load, passesOf } from './load.ts';
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
  /** To this file; to the terminal without it. */
  readonly out?: string;
}

/** `retrograd check FILE…`: what is sick in their models, in one report for people and for build servers. */
export async function check(named: readonly string[], options: HealthOptions): Promise<Output> {
  // What is named twice is checked once; a name that is wrong is told before anything runs.
  const files = [...new Map(named.map((file) => [JSON.stringify(locate(file)), file])).values()];
  const done: Checked[] = [];
  for (const file of files) done.push(await checkFile(file, options));
  const report: CheckReport = {
    findings: done.flatMap(({ report: of }) => of.findings),
    gradientChecks: done.flatMap(({ report: of }) => of.gradientChecks),
    assertions: done.flatMap(({ report: of }) => of.assertions),
    problems: done.flatMap(({ report: of }) => of.problems),
  };
  const isOneOfMany = done.some(({ models }) => models > 1);
  const told = (out: Output['out']): Output => ({
    out,
    err: done.map(({ told: { err } }) => err).join(''),
    code: Math.max(...done.map(({ told: { code }, failed }) => (failed ? Math.max(code, exit.modelProblems) : code))),
  });
  const text =
    options.format === 'text' && done.every(({ ran }) => !ran) ? '' : written(report, options.format, isOneOfMany);
  const unchecked = files.filter((_, i) => !done[i]!.ran);
  const notes =
    options.format === 'text' ? unchecked.map((file) => `${t('{0}: nothing is checked.', harmless(file))}\n`) : [];
  return deliver(notes.join('') + text, options.out, told);
}

interface Checked {
  readonly ran: boolean;
  readonly report: CheckReport;
  readonly models: number;
  /** Problems of the run itself. */
  readonly told: Output;
  readonly failed: boolean;
}

async function checkFile(file: string, options: HealthOptions): Promise<Checked> {
  const config = configFor(locate(file));
  const { trace, problems, told: tell } = await load(file);
  const told = tell('');
  if (!trace) return { ran: false, report: { ...emptyReport, problems }, models: 0, told, failed: false };
  passesOf(trace, options.model);
  const progress = progressLine(t('checking gradients'));
  const asked: ReadonlySet<RuleId> = new Set(options.rule);
  const report = reportOf(trace, {
    thresholds: { ...defaultThresholds, ...config.thresholds, ...boundsOf(options) },
    off: new Set(config.off.filter((rule) => !asked.has(rule))),
    gradients: options.gradients,
    problems,
    ...(options.rule && { only: asked }),
    ...(options.model !== undefined && { model: options.model }),
    ...(progress && { progress: progress.tell }),
  });
  progress?.end();
  const models = new Set(trace.passes.map(({ name }) => name)).size;
  return { ran: true, report, models, told, failed: fails(report, options.failOn ?? config.failOn ?? 'warning') };
}

function boundsOf(options: HealthOptions): Partial<Thresholds> {
  const given = thresholdNames.flatMap((name): [string, number][] => {
    const value = options[boundNames[name].replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())];
    return typeof value === 'number' ? [[name, value]] : [];
  });
  return Object.fromEntries(given);
}

function written(report: CheckReport, format: ReportFormat, isOneOfMany: boolean): string {
  switch (format) {
    case 'text':
      return reportText(report, harmless, isOneOfMany);
    case 'json':
      return `${JSON.stringify(report, null, 1)}\n`;
    case 'sarif':
      return sarifOf(report, packageJson.version);
    case 'junit':
      return junitOf(report);
  }
}
