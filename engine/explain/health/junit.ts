import { ruleIds } from '../../analysis/health/finding.ts';
import type { CheckReport } from './report.ts';
import { noteIds } from './suppression-notes.ts';
import { wrongGradients } from './wrong-gradients.ts';

/** Characters that XML 1.0 has no place for, not even escaped. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const impossible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const escape = (text: string): string =>
  text.replace(impossible, '\ufffd').replace(/[&<>"'\n]/g, (sign) => `&#${sign.codePointAt(0)};`);

interface Case {
  readonly suite: string;
  readonly name: string;
  readonly failures: readonly string[];
}

/** The report as JUnit's XML, which build servers read: a case for every rule, every gradient that was checked and every assertion. */
export function junitOf(report: CheckReport): string {
  const { findings, gradientChecks, assertions } = report;
  const wrong = wrongGradients(report);
  const ofRules = [...ruleIds, ...noteIds].map((rule): Case => {
    const found = findings.filter((finding) => finding.rule === rule && finding.severity !== 'info');
    const failures = found.map(
      ({ file, line, column, model, message }) =>
        `${file}:${line}:${column}: ${model === null ? '' : `${model}: `}${message}`,
    );
    return { suite: 'health', name: rule, failures };
  });
  const ofGradients = gradientChecks.flatMap(({ model, nodes }) =>
    nodes.map((check): Case => {
      const { node, file, line, column } = check;
      const failures = wrong
        .filter((one) => one.check === check)
        .map(({ message }) => `${file}:${line}:${column}: ${message}`);
      return { suite: `gradients of ${model}`, name: node, failures };
    }),
  );
  const ofAssertions = assertions.map(({ passed, model, node, file, line, column, message }): Case => {
    const failure = `${file}:${line}:${column}: ${message}`;
    return { suite: `assertions of ${model}`, name: `${node} (${file}:${line})`, failures: passed ? [] : [failure] };
  });
  const cases = [...ofRules, ...ofGradients, ...ofAssertions];
  const suites = [...new Set(cases.map(({ suite }) => suite))].map((suite) => suiteOf(suite, cases));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
}

function suiteOf(suite: string, all: readonly Case[]): string {
  const cases = all.filter((one) => one.suite === suite);
  const failed = cases.filter(({ failures }) => failures.length > 0).length;
  const lines = cases.map(({ name, failures }) => {
    const head = `  <testcase classname="${escape(suite)}" name="${escape(name)}"`;
    if (failures.length === 0) return `${head}/>`;
    return `${head}>\n   <failure message="${escape(failures.join('\n'))}"/>\n  </testcase>`;
  });
  return ` <testsuite name="${escape(suite)}" tests="${cases.length}" failures="${failed}">\n${lines.join('\n')}\n </testsuite>`;
}
