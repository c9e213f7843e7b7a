import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { ruleIds } from '../../engine/analysis/health/finding.ts';
import { boundNames, defaultThresholds, thresholdNames } from '../../engine/analysis/thresholds.ts';

const folder = new URL('../../docs/rules/', import.meta.url);
const page = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

describe('docs/rules', () => {
  it('has a page for every rule, and no other', () => {
    const pages = readdirSync(folder).filter((name) => name !== 'README.md');
    assert.deepEqual(pages.sort(), ruleIds.map((rule) => `${rule}.md`).sort());
    for (const rule of ruleIds) {
      assert.ok(page(`${rule}.md`).includes(`\n\`${rule}\` · `));
      assert.ok(page('README.md').includes(`(${rule}.md)`));
    }
  });

  it('names every threshold once, with its option and its default', () => {
    const all = ruleIds.map((rule) => page(`${rule}.md`)).join('\n');
    for (const name of thresholdNames) {
      const rows = all.split('\n').filter((line) => line.startsWith(`| \`${name}\` |`));
      assert.equal(rows.length, 1, name);
      const [, , option, standard] = rows[0]!.split('|').map((cell) => cell.trim());
      assert.equal(option, `\`--${boundNames[name]}\``);
      assert.equal(Number(standard), defaultThresholds[name]);
    }
  });
});
