import { t } from '../../base/l10n.ts';
import type { CheckReport } from './report.ts';

/** The report as compilers write theirs: one line a finding, its place first. @param harmless makes texts of a model safe to print */
export function reportText({ findings, gradientChecks }: CheckReport, harmless: (text: string) => string): string {
  const lines = findings.flatMap(({ file, line, column, severity, rule, message, advice }) => [
    `${file}:${line}:${column}: ${severity} ${rule}: ${harmless(message)}`,
    ...(advice === null ? [] : [`    ${harmless(advice)}`]),
  ]);
  const wrong = gradientChecks.flatMap(({ model, nodes }) =>
    nodes
      .filter(({ verdict }) => verdict === 'differs')
      .map(({ node }) => t('{0}: the gradient of {1} differs from its central differences.', model, harmless(node))),
  );
  const checked = gradientChecks.reduce((sum, { nodes }) => sum + nodes.length, 0);
  const summary = [
    findings.length === 1 ? t('1 finding') : t('{0} findings', findings.length),
    ...(checked > 0
      ? [
          checked === 1
            ? t('1 gradient checked, {0} wrong', wrong.length)
            : t('{0} gradients checked, {1} wrong', checked, wrong.length),
        ]
      : []),
  ];
  return `${[...lines, ...wrong, summary.join('; ')].join('\n')}\n`;
}
