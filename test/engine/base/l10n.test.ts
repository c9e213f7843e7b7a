import assert from 'node:assert/strict';
import { columnsOf } from '../../../engine/base/columns.ts';
import { displayLanguage, setTranslations, t } from '../../../engine/base/l10n.ts';

describe('a text for people', () => {
  afterEach(() => setTranslations(null));

  it('is English where there is no translation', () => {
    assert.equal(t('One path to {0}', 'E'), 'One path to E');
    setTranslations({ other: '别的' }, 'zh-cn');
    assert.equal(t('One path to {0}', 'E'), 'One path to E');
  });

  it('takes its arguments in the order of its own language', () => {
    setTranslations({ '{0} of {1}': '{1} 个中有 {0} 个' }, 'zh-cn');
    assert.equal(t('{0} of {1}', 2, 8), '8 个中有 2 个');
  });

  it('leaves what looks like a placeholder in an argument alone', () => {
    assert.equal(t('{0} and {1}', '{1}', '$&'), '{1} and $&');
  });

  it('shows a placeholder that nothing was given for', () => assert.equal(t('{0} {1}', 'a'), 'a {1}'));

  it('finds no translation in what every object has', () => {
    setTranslations({}, 'zh-cn');
    assert.equal(t('constructor'), 'constructor');
  });
});

describe('the display language', () => {
  afterEach(() => setTranslations(null));

  it('is English without a bundle, whatever was wished for', () => {
    setTranslations(null, 'fr');
    assert.deepEqual(displayLanguage(), { tag: 'en', translations: null });
  });

  it('is that of the bundle', () => {
    const translations = { a: '甲' };
    setTranslations(translations, 'zh-cn');
    assert.deepEqual(displayLanguage(), { tag: 'zh-cn', translations });
  });
});

describe('columns of a text', () => {
  const cases: readonly [string, number][] = [
    ['', 0],
    ['∂E/∂w₁', 6],
    ['梯度', 4],
    ['路径 1，共 2 条', 15],
    ['ａ', 2],
    ['가', 2],
  ];
  for (const [text, columns] of cases) it(`‘${text}’ takes ${columns}`, () => assert.equal(columnsOf(text), columns));
});
