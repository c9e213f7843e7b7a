import { ruleIds } from '../../analysis/health/finding.ts';
import { legible } from '../../base/legible.ts';
import type { CheckReport } from './report.ts';
import { noteIds } from './suppression-notes.ts';
import { wrongGradients } from './wrong-gradients.ts';

interface Case {
  readonly suite: string;
  readonly name: string;
  readonly failures: readonly string[];
  /** What kept it from being tried at all. */
  readonly errors?: readonly string[];
}

interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const at = ({ file, line, column }: Place, ...said: readonly (string | null)[]): string =>
  [`${file}:${line}:${column}`, ...said.filter((part) => part !== null)].join(': ');

/**
 * The report as JUnit's XML, which build servers read: a case for every rule, every gradient that was checked, every assertion,
 * and every file that did not run.
 * Source of the elements: the schema that Jenkins' xUnit plugin holds such files to; GitLab reads the same.
 */
export function junitOf(report: CheckReport): string {
  const { findings, gradientChecks, assertions, problems } = report;
  const wrong = wrongGradients(report);
  const failed = problems.filter(({ severity }) => severity === 'error');
  const ofRuns = [...new Set(failed.map(({ file }) => file))].map((file): Case => {
    const errors = failed.filter((one) => one.file === file).map((one) => at(one, one.message));
    return { suite: 'runs', name: file, failures: [], errors };
  });
  const ofRules = [...ruleIds, ...noteIds].map((rule): Case => {
    const found = findings.filter((finding) => finding.rule === rule && finding.severity !== 'info');
    return { suite: 'health', name: rule, failures: found.map((one) => at(one, one.model, one.message)) };
  });
  const ofGradients = gradientChecks.flatMap(({ model, nodes }) =>
    nodes.map((check): Case => {
      const failures = wrong.filter((one) => one.check === check).map(({ message }) => at(check, message));
      return { suite: `gradients of ${model}`, name: `${check.node} (${check.file}:${check.line})`, failures };
    }),
  );
  const ofAssertions = assertions.map((assertion): Case => {
    const { passed, model, node, file, line, message } = assertion;
    const failures = passed ? [] : [at(assertion, message)];
    return { suite: `assertions of ${model}`, name: `${node} (${file}:${line})`, failures };
  });
  const cases = toldApart([...ofRuns, ...ofRules, ...ofGradients, ...ofAssertions]);
  const suites = [...new Set(cases.map(({ suite }) => suite))].map((suite) =>
    suiteOf(
      suite,
      cases.filter((one) => one.suite === suite),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="retrograd" ${counts(cases)}>\n${suites.join('\n')}\n</testsuites>\n`;
}

/** Build servers take two cases of one name for the same: a loop makes many nodes in one line. */
function toldApart(cases: readonly Case[]): Case[] {
  const told = new Map<string, number>();
  return cases.map((one) => {
    const key = JSON.stringify([one.suite, one.name]);
    const nth = (told.get(key) ?? 0) + 1;
    told.set(key, nth);
    return nth === 1 ? one : { ...one, name: `${one.name} #${nth}` };
  });
}

const isFailure = ({ failures }: Case): boolean => failures.length > 0;
const isError = ({ errors = [] }: Case): boolean => errors.length > 0;

const counts = (cases: readonly Case[]): string =>
  `tests="${cases.length}" failures="${cases.filter(isFailure).length}" errors="${cases.filter(isError).length}"`;

function suiteOf(suite: string, cases: readonly Case[]): string {
  const lines = cases.map(({ name, failures, errors = [] }) => {
    const head = `  <testcase classname="${escape(suite)}" name="${escape(name)}"`;
    if (failures.length + errors.length === 0) return `${head}/>`;
    return `${head}>\n${complaint('failure', failures)}${complaint('error', errors)}  </testcase>`;
  });
  return ` <testsuite name="${escape(suite)}" ${counts(cases)}>\n${lines.join('\n')}\n </testsuite>`;
}

/** Some build servers show the attribute, others the text. */
function complaint(element: 'failure' | 'error', messages: readonly string[]): string {
  if (messages.length === 0) return '';
  const text = escape(messages.join('\n'));
  return `   <${element} message="${text}" type="retrograd">${text}</${element}>\n`;
}

/** New lines are written as such: in an attribute they would be read as blanks. */
const escape = (text: string): string => legible(text).replace(/[&<>"'\t\n\r]/g, (sign) => `&#${sign.codePointAt(0)};`);
