import { type Severity, ruleIds } from '../../analysis/health/finding.ts';
import { t } from '../../base/l10n.ts';
import { assertionId } from './assertions.ts';
import type {
  AssertionDocument,
  CheckReport,
  FindingDocument,
  PlaceDocument,
  ProblemOfRun,
  RelatedDocument,
} from './report.ts';
import { rulePage } from './rule-page.ts';
import { type ReportedId, ruleWords } from './rule-words.ts';
import { noteIds } from './suppression-notes.ts';
import { type WrongGradient, gradientCheckId, wrongGradients } from './wrong-gradients.ts';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };
const ids: readonly ReportedId[] = [...ruleIds, ...noteIds, assertionId, gradientCheckId];

/** A result before it is told from others of the same name in the same place. */
interface Result {
  readonly at: PlaceDocument;
  readonly rule: ReportedId;
  readonly severity: Severity;
  readonly message: string;
  readonly model: string | null;
  /** What it is about, as shown. */
  readonly node: string | null;
  readonly related: readonly RelatedDocument[];
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The report as SARIF 2.1.0 (OASIS), which code scanning services read. */
export function sarifOf(report: CheckReport, version: string): string {
  const { findings, assertions, problems } = report;
  const results = [
    ...findings.map(ofFinding),
    ...assertions.filter(({ passed }) => !passed).map(ofAssertion),
    ...wrongGradients(report).map(ofGradient),
  ];
  const driver = { name: 'Retrograd', fullName: `Retrograd ${version}`, version, semanticVersion: version };
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { ...driver, rules: rules() } },
        invocations: [
          {
            executionSuccessful: !problems.some(({ severity }) => severity === 'error'),
            toolExecutionNotifications: problems.map(ofProblem),
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: written(results),
      },
    ],
  };
  return `${JSON.stringify(log, null, 1)}\n`;
}

function rules(): object[] {
  const words = ruleWords();
  return ids.map((id) => {
    const { title, finds, mending, severity } = words[id];
    const rule = ruleIds.find((one) => one === id);
    const help =
      rule === undefined ? `${finds} ${mending}` : `${finds} ${mending} ${t('More in {0}.', rulePage(rule))}`;
    return {
      id,
      name: id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
      shortDescription: { text: title },
      fullDescription: { text: finds },
      help: { text: help },
      defaultConfiguration: { level: levels[severity] },
    };
  });
}

const ofFinding = (finding: FindingDocument): Result => {
  const { rule, severity, message, advice, model, node, confidence, evidence, related } = finding;
  const text = [message, advice].filter((part) => part !== null).join(' ');
  const properties = { model, confidence, evidence };
  return { at: finding, rule, severity, message: text, model, node, related, properties };
};

const ofAssertion = (assertion: AssertionDocument): Result => {
  const { message, model, node, evidence } = assertion;
  const properties = { model, node, evidence };
  return { at: assertion, rule: assertionId, severity: 'error', message, model, node, related: [], properties };
};

const ofGradient = ({ model, check, message }: WrongGradient): Result => {
  const { node, relativeError, worst, direction } = check;
  const properties = { model, node, relativeError, worst, direction };
  return { at: check, rule: gradientCheckId, severity: 'error', message, model, node, related: [], properties };
};

/**
 * Lines move when a file is edited: a result is known again by its rule, its model, what it is about, and which of several
 * such it is.
 */
function written(results: readonly Result[]): object[] {
  const told = new Map<string, number>();
  return results.map(({ at, rule, severity, message, model, node, related, properties }) => {
    const key = [rule, at.file, model ?? '', node ?? ''].join('/');
    const nth = (told.get(key) ?? 0) + 1;
    told.set(key, nth);
    return {
      ruleId: rule,
      ruleIndex: ids.indexOf(rule),
      level: levels[severity],
      message: { text: message },
      locations: [{ physicalLocation: physical(at) }],
      ...(related.length > 0 && {
        relatedLocations: related.map((one, id) => ({
          id,
          physicalLocation: physical(one),
          message: { text: one.message },
        })),
      }),
      partialFingerprints: { 'retrograd/v1': `${key}/${nth}` },
      properties,
    };
  });
}

const ofProblem = ({ file, line, column, message, code, severity }: ProblemOfRun): object => ({
  level: severity === 'error' ? 'error' : 'warning',
  message: { text: message },
  descriptor: { id: code },
  locations: [
    { physicalLocation: { artifactLocation: artifact(file), region: { startLine: line, startColumn: column } } },
  ],
});

const physical = ({ file, line, column, endLine, endColumn }: PlaceDocument): object => ({
  artifactLocation: artifact(file),
  region: { startLine: line, startColumn: column, endLine, endColumn },
});

const artifact = (file: string): object => ({ uri: file.split('/').map(encodeURIComponent).join('/') });
