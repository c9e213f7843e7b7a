import { type Severity, ruleIds } from '../../analysis/health/finding.ts';
import type { CheckReport, FindingDocument } from './report.ts';
import { rulePage } from './rule-page.ts';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** The report as SARIF 2.1.0 (OASIS), which code scanning services read. */
export function sarifOf({ findings }: CheckReport, version: string): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Retrograd',
            version,
            rules: ruleIds.map((id) => ({ id, helpUri: rulePage(id) })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map(resultOf),
      },
    ],
  };
  return `${JSON.stringify(log, null, 1)}\n`;
}

const resultOf = (finding: FindingDocument): object => ({
  ruleId: finding.rule,
  ruleIndex: ruleIds.indexOf(finding.rule),
  level: levels[finding.severity],
  message: { text: [finding.message, finding.advice].filter((text) => text !== null).join(' ') },
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: finding.file.split('/').map(encodeURIComponent).join('/') },
        region: {
          startLine: finding.line,
          startColumn: finding.column,
          endLine: finding.endLine,
          endColumn: finding.endColumn,
        },
      },
    },
  ],
  properties: { model: finding.model, confidence: finding.confidence, evidence: finding.evidence },
});
