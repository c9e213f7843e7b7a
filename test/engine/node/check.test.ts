import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { CheckReport } from '../../../engine/explain/health/report.ts';
import { retrograd } from '../../examples/command-line.ts';

const sick = `import { input, model, param } from 'retrograd';
const w = param([2, 3]);
const forgotten = param([1, 2]);
export const m = model(() => {
  const z = w.mul(input([5, 5])).clamp(0, 1);
  return z.mul(input([1, 2])).sub(3).square().sum();
});
`;
const healthy = `import { input, model, param } from 'retrograd';
const w = param([2, 3]);
export const m = model(() => w.mul(input([1, 2])).sub(3).square().sum());
`;

/** ‖∂L/∂w‖ = √148 = 12.2, as below. */
const expecting = `import { expectGradient, input, model, param } from 'retrograd';
const w = param([2, 3]);
expectGradient(w).toBeFinite();
expectGradient(w).toBeBetween(1e-4, 10);
export const m = model(() => w.mul(input([1, 2])).sub(3).square().sum());
`;
const silenced = `import { input, model, param } from 'retrograd';
const w = param([2, 3]);
// retrograd-ignore unused-parameter: kept for later
const forgotten = param([1, 2]);
// retrograd-ignore dead-relu, vanishing-gradeint
export const m = model(() => w.mul(input([1, 2])).sub(3).square().sum());
`;

describe('retrograd check', () => {
  let folder: string;
  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'retrograd-check-')));
    const files: Record<string, string> = {
      'package.json': '{}',
      'sick.ts': sick,
      'healthy.ts': healthy,
      'expecting.ts': expecting,
      'silenced.ts': silenced,
      'lenient/retrograd.config.json':
        '{ "health": { "rules": { "zero-gradient": "off", "unused-parameter": "off" } } }',
      'lenient/sick.ts': sick,
      'strict/retrograd.config.json': '{ "health": { "failOn": "info", "rules": { "zero-gradient": "off" } } }',
      'strict/sick.ts': sick,
      'wrong/retrograd.config.json': '{\n  "health": { "rules": { "zero-gradients": "off" } }\n}',
      'wrong/sick.ts': sick,
      'broken/retrograd.config.json': '{ "health": ',
      'broken/sick.ts': sick,
      'crlf.ts': sick.replaceAll('\n', '\r\n'),
      'bom.ts':
        "\ufeffimport { model, param } from 'retrograd'; const forgotten = param(1); const w = param(2);\nexport const m = model(() => w.square());\n",
      'notes.txt': 'notes',
      'empty.ts': 'export const x = 1;\n',
      'syntax.ts': 'const x = ;\n',
      'throws.ts': "import { model } from 'retrograd';\nexport const m = model(() => { throw new Error('no'); });\n",
    };
    for (const name of ['lenient', 'strict', 'wrong', 'broken']) mkdirSync(join(folder, name));
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  });
  after(() => rmSync(folder, { recursive: true }));

  // ∂/∂w Σ (w·x − 3)² = 2·(w·x − 3)·x: (−2, 12) at w = (2, 3), x = (1, 2), of norm √148 = 12.2.
  const cases: readonly [what: string, args: readonly string[], code: number, out: RegExp, err: RegExp][] = [
    ['a healthy model', ['healthy.ts'], 0, /^0 findings; 1 gradient checked, 0 wrong\n$/, /^$/],
    [
      'a sick model',
      ['sick.ts'],
      1,
      /^sick\.ts:5:13: warning zero-gradient: .*clamp, line 5.*\nsick\.ts:3:\d+: info unused-parameter: /,
      /^$/,
    ],
    ['one rule', ['sick.ts', '--rule', 'unused-parameter'], 0, /^sick\.ts:3:.*\n.*\n1 finding; /, /^$/],
    [
      'one rule that weighs',
      ['sick.ts', '--rule', 'unused-parameter', '--fail-on', 'info'],
      1,
      /unused-parameter/,
      /^$/,
    ],
    ['another bound', ['healthy.ts', '--max-gradient-norm', '1'], 1, /exploding-gradient: .*its norm is 12\.2, /, /^$/],
    ['gradients left alone', ['healthy.ts', '--no-gradients'], 0, /^0 findings\n$/, /^$/],
    ['rules that the project switched off', ['lenient/sick.ts'], 0, /^0 findings/, /^$/],
    ['what the project calls a failure', ['strict/sick.ts'], 1, /info unused-parameter/, /^$/],
    ['the command line over the project', ['strict/sick.ts', '--fail-on', 'error'], 0, /info unused-parameter/, /^$/],
    [
      'a configuration with an unknown rule',
      ['wrong/sick.ts'],
      2,
      /^$/,
      /^wrong\/retrograd\.config\.json:2:26: zero-gradients is not known/,
    ],
    [
      'a configuration that is no JSON',
      ['broken/sick.ts'],
      2,
      /^$/,
      /^broken\/retrograd\.config\.json:1:\d+: This is not JSON/,
    ],
    [
      'an assertion that fails, whatever else weighs',
      ['expecting.ts', '--fail-on', 'error'],
      1,
      /^expecting\.ts:4:1: error expect-gradient: ‖∂L\/∂w‖ is 12\.1655\. Expected: from 0\.0001 to 10\.\n0 findings; 1 gradient checked, 0 wrong; 2 assertions, 1 failed\n$/,
      /^$/,
    ],
    [
      'comments that silence nothing',
      ['silenced.ts'],
      1,
      /^silenced\.ts:5:21: info unused-suppression: .*dead-relu finds nothing.*\nsilenced\.ts:5:32: warning unknown-rule: There is no rule 'vanishing-gradeint'\. Did you mean 'vanishing-gradient'\?\n2 findings;/,
      /^$/,
    ],
    ['comments, where one rule is asked for', ['silenced.ts', '--rule', 'dead-relu'], 0, /^0 findings;/, /^$/],
    [
      'several files in one report, with the worst exit code',
      ['healthy.ts', 'sick.ts'],
      1,
      /^sick\.ts:5:13: warning zero-gradient: .*\nsick\.ts:3:\d+: info.*\n.*\n2 findings; 3 gradients checked, 0 wrong\n$/,
      /^$/,
    ],
    [
      'a rule that the project switched off, asked for by name',
      ['lenient/sick.ts', '--rule', 'zero-gradient'],
      1,
      /zero-gradient/,
      /^$/,
    ],
    ['a file that is not there', ['nowhere.ts'], 2, /^$/, /^There is no file nowhere\.ts\./],
    ['a folder', ['lenient'], 2, /^$/, /^lenient is not a file\./],
    ['standard input', ['-'], 2, /^$/, /^A program is named, and not read from standard input/],
    ['a pattern that nobody filled in', ['*.tsx'], 2, /^$/, /^There is no file \*\.tsx\. It is the shell/],
    ['a text that is no program', ['notes.txt'], 2, /^$/, /^notes\.txt is no program: its name ends in none of \.ts,/],
    ['JSON that is no trace', ['package.json'], 2, /^$/, /^package\.json is no trace of a model: /],
    ['a wrong name behind a good one, before anything runs', ['sick.ts', 'nowhere.ts'], 2, /^$/, /^There is no file/],
    ['two formats', ['sick.ts', '--format', 'sarif', '--format', 'junit'], 2, /^$/, /^--format is given twice\.\n$/],
    [
      'a file behind the rules',
      ['--rule', 'dead-relu', 'sick.ts'],
      2,
      /^$/,
      /argument 'sick\.ts' is invalid\. Files come before --rule, or after --\.\n/,
    ],
    ['rules before the file', ['--rule', 'dead-relu', '--', 'sick.ts'], 0, /^0 findings; /, /^$/],
    ['a file that is named twice, once', ['healthy.ts', './healthy.ts'], 0, /^0 findings; 1 gradient checked/, /^$/],
    // Positions count as the editor does: a mark of the byte order is no column, and a line ends at either sign.
    ['Windows line ends', ['crlf.ts'], 1, /^crlf\.ts:5:13: warning zero.*\ncrlf\.ts:3:19: info unused/, /^$/],
    ['a mark of the byte order', ['bom.ts'], 0, /^bom\.ts:1:61: info unused/, /^$/],
    [
      'an option that is nearly one',
      ['sick.ts', '--max-gradent-norm', '1'],
      2,
      /^$/,
      /Did you mean --max-gradient-norm\?/,
    ],
    [
      'a file that declares no model',
      ['empty.ts'],
      0,
      /^empty\.ts: nothing is checked\.\n$/,
      /^empty\.ts:1:1: Nothing to show: /,
    ],
    [
      'a text that is no TypeScript',
      ['syntax.ts'],
      1,
      /^syntax\.ts: nothing is checked\.\n$/,
      /^syntax\.ts:1:11: Expression expected/,
    ],
    ['an unknown rule', ['sick.ts', '--rule', 'sloth'], 2, /^$/, /sloth/],
    ['a bound that is none', ['sick.ts', '--max-gradient-norm', 'much'], 2, /^$/, /much/],
    ['a model that throws', ['throws.ts'], 1, /^throws\.ts: nothing is checked\.\n$/, /^throws\.ts:2:\d+: Error: no/],
  ];
  for (const [what, args, code, out, err] of cases) {
    it(what, () => {
      const done = retrograd(['check', ...args], folder);
      assert.match(done.err, err);
      assert.match(done.out, out);
      assert.equal(done.code, code);
    });
  }

  it('checks a saved trace as it checks the model', () => {
    const path = join(folder, 'saved.trace.json');
    retrograd(['export', 'sick.ts', '--format', 'json', '--out', path], folder);
    const [saved, live] = [path, 'sick.ts'].map((file) => retrograd(['check', file, '--format', 'json'], folder));
    assert.deepEqual(JSON.parse(saved!.out), JSON.parse(live!.out));
    assert.equal(saved!.code, live!.code);
    const { code, err } = retrograd(['trace', path], folder);
    assert.equal(code, 2);
    assert.match(err, /is no program\. Of a saved trace there are export, report, compare and check\.\n$/);
  });

  it('writes JSON', () => {
    const { out } = retrograd(['check', 'sick.ts', '--format', 'json'], folder);
    const { findings, gradientChecks } = JSON.parse(out) as CheckReport;
    const [zero, unused] = findings;
    assert.deepEqual(
      [zero!.rule, zero!.severity, zero!.file, zero!.line, zero!.column, zero!.evidence['elements']],
      ['zero-gradient', 'warning', 'sick.ts', 5, 13, 2],
    );
    assert.deepEqual([unused!.rule, unused!.line], ['unused-parameter', 3]);
    assert.deepEqual([gradientChecks[0]!.model, gradientChecks[0]!.passed], ['m', true]);
  });

  it('writes to a file where one is named, in any format', () => {
    const path = join(folder, 'report.xml');
    const done = retrograd(['check', 'sick.ts', '--format', 'junit', '--out', path], folder);
    assert.deepEqual([done.code, done.out], [1, `${path} written.\n`]);
    assert.equal(XMLValidator.validate(readFileSync(path, 'utf8')), true);
    const none = retrograd(['check', 'sick.ts', '--out', join(folder, 'no', 'such', 'folder')], folder);
    assert.deepEqual([none.code, none.out], [2, '']);
    assert.match(none.err, /could not be written/);
  });

  it('writes assertions that passed and that failed', () => {
    const { out, code } = retrograd(['check', 'expecting.ts', '--format', 'json'], folder);
    assert.equal(code, 1);
    const { assertions, findings } = JSON.parse(out) as CheckReport;
    assert.deepEqual(findings, []);
    const [finite, between] = assertions;
    assert.deepEqual(
      [finite!.passed, finite!.file, finite!.line, finite!.column, finite!.evidence.high],
      [true, 'expecting.ts', 3, 1, null],
    );
    assert.deepEqual(
      [between!.passed, between!.line, between!.endLine, between!.endColumn, between!.model, between!.node],
      [false, 4, 4, 40, 'm', 'w'],
    );
    // Beside float32's rounding.
    assert.ok(Math.abs(between!.evidence.norm! - Math.sqrt(148)) < 1e-5);
    assert.deepEqual([between!.evidence.low, between!.evidence.high], [1e-4, 10]);
    const sarif = retrograd(['check', 'expecting.ts', '--format', 'sarif'], folder).out;
    assert.match(sarif, /"ruleId": "expect-gradient",\s+"ruleIndex": \d+,\s+"level": "error"/);
    const junit = retrograd(['check', 'expecting.ts', '--format', 'junit'], folder).out;
    assert.equal(XMLValidator.validate(junit), true);
    assert.match(junit, /<testsuite name="assertions of m" tests="2" failures="1" errors="0">/);
  });

  it('writes SARIF 2.1.0 as its standard asks', () => {
    interface Sarif {
      readonly version: string;
      readonly runs: readonly {
        readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
        readonly results: readonly {
          readonly ruleId: string;
          readonly ruleIndex: number;
          readonly level: string;
          readonly message: { readonly text: string };
          readonly locations: readonly {
            readonly physicalLocation: {
              readonly artifactLocation: { readonly uri: string };
              readonly region: { readonly startLine: number; readonly startColumn: number };
            };
          }[];
        }[];
      }[];
    }
    const { out } = retrograd(['check', 'sick.ts', '--format', 'sarif'], folder);
    const log = JSON.parse(out) as Sarif;
    assert.equal(log.version, '2.1.0');
    const [run] = log.runs;
    assert.deepEqual(
      run!.results.map(({ ruleId, level }) => [ruleId, level]),
      [
        ['zero-gradient', 'warning'],
        ['unused-parameter', 'note'],
      ],
    );
    for (const { ruleId, ruleIndex, message, locations } of run!.results) {
      assert.equal(run!.tool.driver.rules[ruleIndex]!.id, ruleId);
      assert.ok(message.text.length > 0);
      assert.equal(locations[0]!.physicalLocation.artifactLocation.uri, 'sick.ts');
      assert.ok(locations[0]!.physicalLocation.region.startLine >= 1);
    }
  });

  it('writes JUnit, well formed', () => {
    const { out } = retrograd(['check', 'sick.ts', '--format', 'junit'], folder);
    assert.equal(XMLValidator.validate(out), true);
    const parsed = new XMLParser({ ignoreAttributes: false }).parse(out) as {
      testsuites: { testsuite: { '@_name': string; '@_failures': string }[] };
    };
    assert.deepEqual(
      parsed.testsuites.testsuite.map((suite) => [suite['@_name'], suite['@_failures']]),
      [
        ['health', '1'],
        ['gradients of m', '0'],
      ],
    );
  });
});
