import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { languageOf } from '../../../engine/node/cli/language.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** The built command line, with nothing but this in its environment. */
function retrograd(args: readonly string[], environment: Readonly<Record<string, string>>): string {
  const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist', 'cli.js'), ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', ...environment },
  });
  return stdout + stderr;
}

describe('the language of the command line', () => {
  const cases: readonly [args: readonly string[], environment: Record<string, string>, tag: string][] = [
    [[], {}, 'en'],
    [[], { LANG: 'C.UTF-8' }, 'c'],
    [[], { LANG: 'zh_CN.UTF-8' }, 'zh-cn'],
    [[], { LANG: 'zh_SG@variant' }, 'zh-cn'],
    [[], { LANG: 'zh_TW.UTF-8' }, 'zh-tw'],
    [[], { LANG: 'zh-Hant-HK' }, 'zh-tw'],
    [[], { LANG: 'de_DE.UTF-8' }, 'de'],
    [[], { LANG: 'zh_CN.UTF-8', LC_MESSAGES: 'en_US.UTF-8' }, 'en'],
    [[], { LANG: 'en_US.UTF-8', LC_MESSAGES: 'en_US.UTF-8', LC_ALL: 'zh_CN.UTF-8' }, 'zh-cn'],
    [[], { LANG: 'zh_CN.UTF-8', LC_ALL: '' }, 'zh-cn'],
    [['trace', 'a.ts', '--language', 'zh-cn'], { LANG: 'en_US.UTF-8' }, 'zh-cn'],
    [['--language=en', 'trace', 'a.ts'], { LANG: 'zh_CN.UTF-8' }, 'en'],
    [['trace', 'a.ts', '--json'], { LANG: 'zh_CN.UTF-8' }, 'en'],
    [['check', 'a.ts', '--format', 'sarif'], { LANG: 'zh_CN.UTF-8' }, 'en'],
    [['check', 'a.ts', '--format=junit'], { LANG: 'zh_CN.UTF-8' }, 'en'],
    [['explain', 'a.ts', 'w', '--format', 'latex'], { LANG: 'zh_CN.UTF-8' }, 'zh-cn'],
  ];
  for (const [args, environment, tag] of cases) {
    it(`is ${tag} for [${args.join(' ')}] in ${JSON.stringify(environment)}`, () => {
      const found = languageOf(args, environment);
      assert.equal(found.tag, tag);
      assert.equal(found.translations !== null, tag === 'zh-cn');
    });
  }

  it('is in the help, the tables and what goes wrong, with columns that stand below one another', () => {
    const chinese = { LANG: 'zh_CN.UTF-8' };
    assert.match(
      retrograd(['explain', '--help'], chinese),
      /用法：.*[\s\S]*选项：[\s\S]*打印一个节点的链式法则|打印一个节点的链式法则[\s\S]*选项：/,
    );
    assert.equal(
      retrograd(['explain', 'examples/neuron.ts', 'w'], chinese),
      [
        '  ∂L/∂w = ∂L/∂a · ∂a/∂z · ∂z/∂w',
        '',
        '  因子   局部导数   本次运行的数值        值     乘积',
        '  ∂L/∂a  2·(a − y)  2·(0.69 − 1)     −0.6201  −0.6201',
        '  ∂a/∂z  a·(1 − a)  0.69·(1 − 0.69)   0.2139  −0.1326  ← 最小的因子: σ′ 从不超过 0.25',
        '  ∂z/∂w  x          2                 2.0000  −0.2653',
        '',
        '  到 L 有一条路径 · 值 w = 0.6000 · 参数, 标量, float32',
        '',
      ].join('\n'),
    );
    assert.equal(retrograd(['explain', 'examples/neuron.ts', 'ww'], chinese), 'neuron 中没有节点“ww”。您是指“w”吗？\n');
  });

  it('reaches the worker, which finds most of what is wrong with a model', () => {
    assert.match(
      retrograd(['trace', 'test/engine/node/language.test.ts'], { LANG: 'zh_CN.UTF-8' }),
      /无法导入“node:assert\/strict”/,
    );
  });

  it('is no language of JSON', () => {
    const args = ['trace', 'test/engine/node/language.test.ts', '--json'];
    assert.equal(retrograd(args, { LANG: 'zh_CN.UTF-8' }), retrograd(args, { LANG: 'C' }));
  });
});
