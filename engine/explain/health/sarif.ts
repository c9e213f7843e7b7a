import { type Severity, ruleIds } from '../../analysis/health/finding.ts';
import { assertionId } from './assertions.ts';
import type { AssertionDocument, CheckReport, FindingDocument, PlaceDocument } from './report.ts';
import { noteIds } from './suppression-notes.ts';
import { type WrongGradient, gradientCheckId, wrongGradients } from './wrong-gradients.ts';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };
const ids: readonly string[] = [...ruleIds, ...noteIds, assertionId, gradientCheckId];

/** The report as SARIF 2.1.0 (OASIS), which code scanning services read. */
export function sarifOf(report: CheckReport, version: string): string {
  const { findings, assertions } = report;
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Retrograd', version, rules: ids.map((id) => ({ id })) } },
        columnKind: 'utf16CodeUnits',
        results: [
          ...findings.map(ofFinding),
          ...assertions.filter(({ passed }) => !passed).map(ofAssertion),
          ...wrongGradients(report).map(ofGradient),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 1)}\n`;
}

const ofFinding = (finding: FindingDocument): object => {
  const { rule, severity, message, advice, model, confidence, evidence } = finding;
  const text = [message, advice].filter((part) => part !== null).join(' ');
  return { ...resultAt(finding, rule, text, severity), properties: { model, confidence, evidence } };
};

const ofAssertion = (assertion: AssertionDocument): object => {
  const { message, model, node, evidence } = assertion;
  return { ...resultAt(assertion, assertionId, message, 'error'), properties: { model, node, evidence } };
};

const ofGradient = ({ model, check, message }: WrongGradient): object => {
  const { node, relativeError, worst, direction } = check;
  return {
    ...resultAt(check, gradientCheckId, message, 'error'),
    properties: { model, node, relativeError, worst, direction },
  };
};

const resultAt = (
  { file, line, column, endLine, endColumn }: PlaceDocument,
  ruleId: string,
  text: string,
  severity: Severity,
): object => ({
  ruleId,
  ruleIndex: ids.indexOf(ruleId),
  level: levels[severity],
  message: { text },
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
        region: { startLine: line, startColumn: column, endLine, endColumn },
      },
    },
  ],
});
