import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { retrograd } from '../../examples/command-line.ts';

interface Place {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: { readonly startLine: number };
  };
}
interface Said {
  readonly message: { readonly text: string };
  readonly locations: readonly Place[];
}
interface Result extends Said {
  readonly ruleId: string;
  readonly relatedLocations?: readonly (Place & { readonly id: number })[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}
interface Text {
  readonly text: string;
}
interface Sarif {
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: {
          readonly rules: readonly {
            readonly id: string;
            readonly name: string;
            readonly shortDescription: Text;
            readonly fullDescription: Text;
            readonly help: Text;
            readonly defaultConfiguration: { readonly level: string };
          }[];
        };
      };
      readonly invocations: readonly [
        { readonly executionSuccessful: boolean; readonly toolExecutionNotifications: readonly Said[] },
      ];
      readonly results: readonly Result[];
    },
  ];
}

const sick = `import { expectGradient, input, model, param } from 'retrograd';
const w = param([2, 3]);
const forgotten = param([1, 2]);
expectGradient(w).toBeAbove(1);
export const m = model(() => {
  const z = w.mul(input([5, 5])).clamp(0, 1);
  return z.mul(input([1, 2])).sub(3).square().sum();
});
`;
const throwing = `import { model, param } from 'retrograd';
const w = param(1);
export const m = model(() => {
  if (w.item() > 0) throw new Error('<no> & "\\u0007\\uffff"\\nnext');
  return w;
});
`;
// Five products, all of them in one line and of one name.
const loop = `import { model, param } from 'retrograd';
const w = param([0.5, 0.2]);
export const m = model(() => { let h = w; for (let i = 0; i < 5; i++) h = h.mul(w); return h.sum(); });
`;

describe('retrograd check for build servers', function () {
  this.timeout(60_000);
  let folder: string;
  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'retrograd-servers-')));
    const files = { 'si ck#1é.ts': sick, 'throws.ts': throwing, 'loop.ts': loop, 'package.json': '{}' };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  });
  after(() => rmSync(folder, { recursive: true }));

  const checked = (format: string, ...files: string[]): string =>
    retrograd(['check', ...files, '--format', format], folder).out;
  const sarif = (...files: string[]): Sarif['runs'][0] => (JSON.parse(checked('sarif', ...files)) as Sarif).runs[0];

  it('introduces every rule in SARIF as code scanning asks', () => {
    const { tool } = sarif('loop.ts');
    assert.ok(tool.driver.rules.length > 16);
    for (const { id, name, shortDescription, fullDescription, help, defaultConfiguration } of tool.driver.rules) {
      assert.match(name, /^[A-Z][a-z]+(?:[A-Z][a-z]+)*$/, id);
      for (const { text } of [fullDescription, help]) assert.match(text, /^[^{}]+\.$/, id);
      // GitHub cuts what is longer.
      assert.ok(shortDescription.text.length <= 255 && fullDescription.text.length <= 1000, id);
      assert.match(defaultConfiguration.level, /^(?:error|warning|note)$/);
    }
  });

  it('says in SARIF which file did not run, beside what is wrong in the others', () => {
    const { invocations, results } = sarif('throws.ts', 'si ck#1é.ts');
    const [{ executionSuccessful, toolExecutionNotifications }] = invocations;
    assert.equal(executionSuccessful, false);
    assert.deepEqual(
      toolExecutionNotifications.map(({ message, locations }) => [
        message.text.slice(0, 11),
        locations[0]!.physicalLocation.artifactLocation.uri,
        locations[0]!.physicalLocation.region.startLine,
      ]),
      [['Error: <no>', 'throws.ts', 4]],
    );
    assert.deepEqual(
      results.map(({ ruleId, locations }) => [ruleId, locations[0]!.physicalLocation.artifactLocation.uri]),
      ['zero-gradient', 'unused-parameter', 'expect-gradient'].map((rule) => [rule, 'si%20ck%231%C3%A9.ts']),
    );
    const [zero] = results;
    assert.ok(zero!.relatedLocations!.length > 0);
    for (const [i, { id, physicalLocation }] of zero!.relatedLocations!.entries()) {
      assert.equal(id, i);
      assert.ok([2, 6].includes(physicalLocation.region.startLine), String(physicalLocation.region.startLine));
    }
    assert.equal(sarif('loop.ts').invocations[0].executionSuccessful, true);
  });

  it('knows a result again after lines were moved', () => {
    const prints = (): string[] =>
      sarif('si ck#1é.ts').results.map(({ partialFingerprints }) => partialFingerprints['retrograd/v1']!);
    const before = prints();
    assert.equal(new Set(before).size, 3);
    writeFileSync(join(folder, 'si ck#1é.ts'), `// one line\n\n${sick}`);
    assert.deepEqual(prints(), before);
  });

  it('writes JUnit that counts right, holds what XML can hold, and names no two cases alike', () => {
    const text = checked('junit', 'throws.ts', 'si ck#1é.ts', 'loop.ts');
    assert.equal(XMLValidator.validate(text), true);
    type Attributes = Readonly<Record<`@_${string}`, string>>;
    interface Complaint extends Attributes {
      readonly '#text': string;
    }
    type Case = Attributes & { readonly failure?: Complaint; readonly error?: Complaint };
    type Suite = Attributes & { readonly testcase: readonly Case[] };
    const parser = new XMLParser({
      ignoreAttributes: false,
      processEntities: true,
      htmlEntities: true,
      isArray: (name) => name === 'testcase',
    });
    const { testsuites } = parser.parse(text) as { testsuites: Attributes & { testsuite: readonly Suite[] } };
    const all = testsuites.testsuite;
    for (const suite of all) {
      const { testcase: cases } = suite;
      assert.equal(Number(suite['@_tests']), cases.length);
      assert.equal(Number(suite['@_failures']), cases.filter(({ failure }) => failure).length);
      assert.equal(Number(suite['@_errors']), cases.filter(({ error }) => error).length);
      assert.equal(new Set(cases.map((one) => one['@_name'])).size, cases.length, suite['@_name']);
      for (const one of cases) assert.equal(one['@_classname'], suite['@_name']);
    }
    for (const of of ['tests', 'failures', 'errors'] as const)
      assert.equal(
        Number(testsuites[`@_${of}`]),
        all.reduce((sum, suite) => sum + Number(suite[`@_${of}`]), 0),
      );
    assert.deepEqual(
      all.map((suite) => suite['@_name']),
      ['runs', 'health', 'gradients of m', 'assertions of m'],
    );
    const [{ error }] = all[0]!.testcase as [Case];
    assert.match(error!['#text'], /^throws\.ts:4:\d+: Error: <no> & "\ufffd+"\nnext$/);
    assert.equal(error!['@_message'], error!['#text']);
    const [{ failure }] = all[3]!.testcase as [Case];
    assert.match(failure!['#text'], /^si ck#1é\.ts:\d+:1: ‖∂L\/∂w‖ is 0\.0000\. Expected: above 1\.$/);
  });
});
