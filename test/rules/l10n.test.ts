import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './imports-of.ts';
import { type Found, type Texts, collect, placeholders, textsOf } from './l10n-texts.ts';

type Bundle = Readonly<Record<string, string>>;
const read = (file: string): Bundle => JSON.parse(readFileSync(join(root, file), 'utf8')) as Bundle;
const where = ({ text, at }: Found): string => `${at}: ${text}`;
const sorted = (texts: Iterable<string>): string[] => [...new Set(texts)].sort();

const found = textsOf(['engine', 'extension', 'webview']);

describe('texts for people', () => {
  it('are asked for with a literal, its arguments, and when the language is known', () => {
    assert.deepEqual(found.mistakes.map(where), []);
  });

  it('go through t()', () => {
    assert.deepEqual(found.bare.map(where), []);
  });

  for (const file of readdirSync(join(root, 'l10n'))) {
    describe(`in ${file}`, () => {
      const bundle = read(`l10n/${file}`);

      it('are all translated, and nothing else is', () => {
        const keys = new Set(Object.keys(bundle));
        const texts = new Set(found.texts.map(({ text }) => text));
        assert.deepEqual(found.texts.filter(({ text }) => !keys.has(text)).map(where), [], 'without a translation');
        assert.deepEqual(
          [...keys].filter((key) => !texts.has(key)),
          [],
          'translated, and nowhere used',
        );
      });

      it('have the same placeholders on both sides', () => {
        for (const [english, translated] of Object.entries(bundle))
          assert.deepEqual(placeholders(translated), placeholders(english), english);
      });

      it('are not empty, and not left in English by mistake', () => {
        for (const [english, translated] of Object.entries(bundle)) {
          assert.notEqual(translated.trim(), '', english);
          // A formula is the same everywhere; words are not.
          if (/[A-Za-z]{2,}/.test(english)) assert.ok(/\p{Script=Han}/u.test(translated), `${english}: ${translated}`);
        }
      });
    });
  }
});

describe('the manifest', () => {
  const english = read('package.nls.json');
  const manifest = readFileSync(join(root, 'package.json'), 'utf8');

  it('has its texts in package.nls.json, and each of them is used', () => {
    assert.deepEqual(
      sorted(Array.from(manifest.matchAll(/"%([^%"]+)%"/g), ([, key]) => key!)),
      sorted(Object.keys(english)),
    );
  });

  it('keeps no text of commands and settings to itself', () => {
    const { contributes } = JSON.parse(manifest) as { contributes: object };
    const bare: string[] = [];
    const visit = (value: unknown, key: string): void => {
      if (typeof value === 'string') {
        if (
          /^(title|description|markdownDescription|label|contents|enumDescriptions|when name)$/i.test(key) &&
          !/^%.*%$/.test(value) &&
          value !== 'Retrograd'
        )
          bare.push(`${key}: ${value}`);
      } else if (Array.isArray(value)) for (const one of value) visit(one, key);
      else if (typeof value === 'object' && value !== null)
        for (const [name, one] of Object.entries(value)) visit(one, name);
    };
    visit(contributes, '');
    assert.deepEqual(bare, []);
  });

  for (const file of readdirSync(root).filter((name) => /^package\.nls\..+\.json$/.test(name))) {
    it(`is all translated in ${file}`, () =>
      assert.deepEqual(sorted(Object.keys(read(file))), sorted(Object.keys(english))));
  }
});

describe('the collector of texts', () => {
  const collected = (file: string, text: string): Texts => {
    const into: Texts = { texts: [], mistakes: [], bare: [] };
    collect(file, text, into);
    return into;
  };
  const cases: readonly [file: string, text: string, kind: keyof Texts, expected: readonly string[]][] = [
    ['webview/a.tsx', "const f = () => t('One {0}', 1);", 'texts', ['One {0}']],
    ['webview/a.tsx', 'const f = () => t(text);', 'mistakes', ['no literal text']],
    ['webview/a.tsx', 'const f = () => t(`a ${b}`);', 'mistakes', ['no literal text']],
    ['webview/a.tsx', "const f = () => t('One {0}');", 'mistakes', ["arguments of 'One {0}'"]],
    ['webview/a.tsx', "const a = t('One');", 'mistakes', ["'One' is asked for while the module loads"]],
    ['webview/a.tsx', '<p>No gradient: {x}</p>;', 'bare', ['No gradient:']],
    ['webview/a.tsx', '<p class="one two" aria-label="Graph">{t("x")} ∂·</p>;', 'bare', ['Graph']],
    ['engine/explain/a.ts', 'const f = (n: number) => `It has ${n} paths to it`;', 'bare', ['It has', 'paths to it']],
    ['engine/explain/a.ts', "throw new Error('There is no such node');", 'bare', []],
    ['engine/ops/a.ts', "define({ convention: 'at 0 it is 0' });", 'texts', ['at 0 it is 0']],
  ];
  for (const [file, text, kind, expected] of cases) {
    it(`finds ${kind} in ${text}`, () =>
      assert.deepEqual(
        collected(file, text)[kind].map((one) => one.text),
        expected,
      ));
  }
});
