import assert from 'node:assert/strict';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { NodeId } from '../../../../engine/base/brand.ts';
import { junitOf } from '../../../../engine/explain/health/junit.ts';
import { reportText } from '../../../../engine/explain/health/report-text.ts';
import { type CheckReport, reportOf } from '../../../../engine/explain/health/report.ts';
import { sarifOf } from '../../../../engine/explain/health/sarif.ts';
import type { Trace } from '../../../../engine/trace/format.ts';
import { TextRunner } from '../run-text.ts';

const twoModels = `import { input, model, param } from 'retrograd';
const w = param([2, 3]);
const v = param([1, 1]);
export const first = model(() => w.mul(input([1, 2])).sub(3).square().sum());
export const second = model(() => v.mul(input([1, 2])).log().sum());
export const third = model(() => w.sub([2, 4]).square().sum().sqrt());
`;

/** The same run, in which the gradient of a parameter was recorded wrongly. */
function withWrongGradient(trace: Trace, name: string, wrong: number): Trace {
  const id = trace.nodes.find((node) => node.name === name)!.id;
  const passes = trace.passes.map((pass) => {
    const told = pass.gradients.get(id);
    if (!told?.data) return pass;
    const data = Float32Array.from(told.data, () => wrong);
    return { ...pass, gradients: new Map<NodeId, typeof told>([...pass.gradients, [id, { ...told, data }]]) };
  });
  return { ...trace, passes };
}

describe('a gradient that is wrong', function () {
  this.timeout(60_000);
  const runner = new TextRunner();
  let report: CheckReport;
  before(async () => {
    const trace = withWrongGradient(await runner.trace(twoModels), 'v', 7);
    report = reportOf(trace, { gradients: true });
  });
  after(() => runner.dispose());

  // ∂/∂v Σ ln(v·x) = 1 / v = 1.
  it('stands in the text at its line, with the name of its model', () => {
    const lines = reportText(report, (text) => text, true).split('\n');
    assert.match(
      lines.find((line) => line.includes('gradient-check'))!,
      /^model\.ts:3:\d+: error gradient-check: second: the gradient of v differs from its central differences\. 7 ≠ (1|0\.99\d+|1\.00\d+)$/,
    );
  });

  it('is a result in SARIF, of a rule that is listed', () => {
    interface Log {
      readonly runs: readonly {
        readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
        readonly results: readonly {
          readonly ruleId: string;
          readonly ruleIndex: number;
          readonly level: string;
          readonly locations: readonly {
            readonly physicalLocation: { readonly region: { readonly startLine: number } };
          }[];
        }[];
      }[];
    }
    const [run] = (JSON.parse(sarifOf(report, '1.0.0')) as Log).runs;
    const found = run!.results.filter(({ ruleId }) => ruleId === 'gradient-check');
    assert.deepEqual(
      found.map(({ level, locations }) => [level, locations[0]!.physicalLocation.region.startLine]),
      [['error', 3]],
    );
    assert.equal(run!.tool.driver.rules[found[0]!.ruleIndex]!.id, 'gradient-check');
  });

  it('is a failure in JUnit, counted in its suite', () => {
    const text = junitOf(report);
    assert.equal(XMLValidator.validate(text), true);
    interface Suite {
      readonly '@_name': string;
      readonly '@_tests': string;
      readonly '@_failures': string;
      readonly testcase: { readonly '@_name': string; readonly failure?: { readonly '@_message': string } }[];
    }
    const parser = new XMLParser({ ignoreAttributes: false, isArray: (name) => name === 'testcase' });
    const { testsuites } = parser.parse(text) as { testsuites: { testsuite: Suite[] } };
    for (const suite of testsuites.testsuite) {
      assert.equal(Number(suite['@_tests']), suite.testcase.length);
      assert.equal(Number(suite['@_failures']), suite.testcase.filter(({ failure }) => failure !== undefined).length);
    }
    const failed = testsuites.testsuite.find((suite) => suite['@_name'] === 'gradients of second')!;
    assert.deepEqual(
      failed.testcase.filter(({ failure }) => failure).map((one) => one['@_name']),
      ['v (model.ts:3)'],
    );
    assert.match(failed.testcase.find(({ failure }) => failure)!.failure!['@_message'], /^model\.ts:3:\d+: /);
  });
});

describe('a report of a file with several models', function () {
  this.timeout(60_000);
  const runner = new TextRunner();
  after(() => runner.dispose());

  it('names the model of each finding, and not where there is one model', async () => {
    const text = `import { input, model, param } from 'retrograd';
const w = param([2, 3]);
export const first = model(() => w.mul(input([5, 5])).clamp(0, 1).mul(input([1, 2])).sub(3).square().sum());
export const second = model(() => w.square().sum());
`;
    const trace = await runner.trace(text);
    const [told] = reportText(reportOf(trace, { gradients: false }), (one) => one, true).split('\n');
    assert.match(told!, /^model\.ts:3:34: warning zero-gradient: first: The gradient of w /);
    const [alone] = reportText(reportOf(trace, { gradients: false }), (one) => one, false).split('\n');
    assert.match(alone!, /warning zero-gradient: The gradient of w /);
  });

  it('tells what every step of a loop has in common once', async () => {
    const text = `import { bce, param, zeros } from 'retrograd';
let w = param([0.5]);
for (let i = 0; i < 5; i++) {
  w.zeroGrad();
  bce(w.mul(i + 1).sigmoid(), [1]).backward();
}
`;
    const { findings } = reportOf(await runner.trace(text), { gradients: false });
    assert.deepEqual(
      findings.map(({ rule, line }) => [rule, line]),
      [['sigmoid-then-bce', 5]],
    );
  });
});
