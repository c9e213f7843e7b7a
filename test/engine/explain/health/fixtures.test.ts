import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { ruleIds } from '../../../../engine/analysis/health/finding.ts';
import { findingsOf } from '../../../../engine/explain/health/findings.ts';
import { PassView } from '../../../../engine/explain/pass-view.ts';
import { TextRunner } from '../run-text.ts';

const folder = new URL('../../../fixtures/health/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));

/**
 * Sick, borderline and healthy models, a file each. The first line says what has to be found, as `rule@line` of the
 * responsible expression; whatever else is found fails the test.
 */
describe('health', function () {
  this.timeout(120_000);
  let runner: TextRunner;
  before(() => (runner = new TextRunner()));
  after(() => runner.dispose());

  for (const name of names) {
    it(name, async () => {
      const text = readFileSync(new URL(name, folder), 'utf8');
      const [first] = text.split('\n');
      const expected = /^\/\/ finds (.*)$/.exec(first!)?.[1];
      assert.ok(expected, 'the first line says what is found');
      const trace = await runner.trace(text);
      const found = trace.passes.flatMap((pass) => findingsOf(new PassView(trace, pass, 'named')));
      const told = found.map(({ rule, source }) => `${rule}@${source?.line ?? '?'}`);
      assert.equal(told.sort().join(' ') || 'nothing', expected);
      for (const { message, evidence } of found) {
        assert.doesNotMatch(message, /undefined|\{\d\}/);
        assert.ok(Object.keys(evidence).length > 0);
      }
    });
  }

  it('knows a sick and a healthy model for every rule that looks at one pass', () => {
    const rules = ruleIds.filter((rule) => rule !== 'loss-not-falling');
    const finds = (rule: string): boolean =>
      names.some((name) => readFileSync(new URL(name, folder), 'utf8').split('\n')[0]!.includes(`${rule}@`));
    assert.deepEqual(
      rules.filter((rule) => !finds(rule) || !names.some((name) => name.startsWith(rule) && name.includes('.healthy'))),
      [],
    );
  });
});
