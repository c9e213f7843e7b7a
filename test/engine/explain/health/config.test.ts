import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ModulePath } from '../../../../engine/base/brand.ts';
import { configPaths, readConfig } from '../../../../engine/explain/health/config.ts';

/** What is wrong, as `text that is marked: message`. */
const cases: readonly [text: string, told: readonly string[]][] = [
  ['{}', []],
  ['{ "health": { "thresholds": { "nearZero": 0 }, "rules": { "dead-relu": "off" }, "failOn": "info" } }', []],
  ['{ "health": ', [':: This is not JSON.']],
  ['', [': This is not JSON.']],
  ['{ "health": {} ', [' : This is not JSON.']],
  ['[]', ['[: retrograd.config.json is an object.']],
  ['{ "helth": {} }', ['"helth": helth is not known. Did you mean \'health\'?']],
  ['{ "health": [] }', ['"health": health is an object.']],
  [
    '{ "health": { "failOn": "rules", "rules": { "dead-relu": false }, "thresholds": { "nearZero": -1, "x": 1 } } }',
    [
      '"failOn": failOn is one of error, warning, info.',
      '"dead-relu": dead-relu is "on" or "off", not false.',
      '"nearZero": nearZero is a number from 0, not -1.',
      '"x": x is not known; there is ',
    ],
  ],
  ['{ "health": { "rules": { "__proto__": "off" } } }', ['"__proto__": __proto__ is not known; there is ']],
];

describe('retrograd.config.json', () => {
  for (const [text, told] of cases) {
    it(text || 'an empty file', () => {
      const found = readConfig(text).problems.map(
        ({ message, at, length }) => `${text.slice(at, at + length)}: ${message}`,
      );
      assert.equal(found.length, told.length, found.join('\n'));
      told.forEach((expected, i) => assert.ok(found[i]!.startsWith(expected), found[i]));
    });
  }

  it('of any content is read, and every problem has a place in it', () => {
    const names = fc.constantFrom(
      'health',
      'rules',
      'thresholds',
      'failOn',
      'dead-relu',
      'nearZero',
      'constructor',
      '',
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(fc.jsonValue(), fc.dictionary(names, tie('tree'), { maxKeys: 4 })),
    }));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          tree.map((value) => JSON.stringify(value)),
        ),
        (text) => {
          for (const { at, length, message } of readConfig(text).problems) {
            assert.ok(at >= 0 && (at + length <= text.length || text.trim() === ''), `${at} ${length} in ${text}`);
            assert.ok(message.length > 0);
          }
        },
      ),
      { seed: 6, numRuns: 500 },
    );
  });

  it('is looked for from the folder of a file up to its workspace', () => {
    assert.deepEqual(configPaths('a/b/model.ts' as ModulePath), [
      'a/b/retrograd.config.json',
      'a/retrograd.config.json',
      'retrograd.config.json',
    ]);
    assert.deepEqual(configPaths('model.ts' as ModulePath), ['retrograd.config.json']);
  });
});
