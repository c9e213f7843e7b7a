import { t } from '../../base/l10n.ts';
import { assertionId } from './assertions.ts';
import type { CheckReport } from './report.ts';
import { gradientCheckId, wrongGradients } from './wrong-gradients.ts';

/**
 * The report as compilers write theirs: one line a finding, its place first.
 * @param harmless makes texts of a model safe to print
 * @param isOneOfMany whether the file has several models: each finding then names its own
 */
export function reportText(report: CheckReport, harmless: (text: string) => string, isOneOfMany: boolean): string {
  const { findings, assertions } = report;
  const failed = assertions
    .filter(({ passed }) => !passed)
    .map(({ file, line, column, message }) => `${file}:${line}:${column}: error ${assertionId}: ${harmless(message)}`);
  const lines = findings.flatMap(({ file, line, column, severity, rule, model, message, advice }) => [
    `${file}:${line}:${column}: ${severity} ${rule}: ${isOneOfMany && model !== null ? `${harmless(model)}: ` : ''}${harmless(message)}`,
    ...(advice === null ? [] : [`    ${harmless(advice)}`]),
  ]);
  const wrong = wrongGradients(report).map(
    ({ check: { file, line, column }, message }) =>
      `${file}:${line}:${column}: error ${gradientCheckId}: ${harmless(message)}`,
  );
  return `${[...failed, ...lines, ...wrong, summary(report, wrong.length, failed.length)].join('\n')}\n`;
}

function summary({ findings, gradientChecks, assertions }: CheckReport, wrong: number, failed: number): string {
  const checked = gradientChecks.reduce((sum, { nodes }) => sum + nodes.length, 0);
  const parts = [findings.length === 1 ? t('1 finding') : t('{0} findings', findings.length)];
  if (checked === 1) parts.push(t('1 gradient checked, {0} wrong', wrong));
  else if (checked > 0) parts.push(t('{0} gradients checked, {1} wrong', checked, wrong));
  if (assertions.length === 1) parts.push(t('1 assertion, {0} failed', failed));
  else if (assertions.length > 0) parts.push(t('{0} assertions, {1} failed', assertions.length, failed));
  return parts.join('; ');
}
