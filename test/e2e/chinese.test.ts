import assert from 'node:assert/strict';
import { until } from './until.ts';
import { Workbench } from './workbench.ts';

/** neuron.ts for a reader of Chinese: everything of ours is, in an editor whose own texts are left in English. */
describe('neuron.ts in VS Code in Chinese', () => {
  let workbench: Workbench;

  before(async function () {
    this.timeout(180_000);
    workbench = await Workbench.open({ extension: 'vsix', locale: 'zh-cn' });
    await workbench.openFile('neuron.ts');
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('chinese-failed');
  });

  after(async () => {
    await workbench?.close();
  });

  it('offers the graph above the model', async () => {
    await workbench.lens('∇ 显示计算图').waitFor({ timeout: 60_000 });
    assert.match(await workbench.statusText(), /未运行/);
  });

  it('shows a panel that speaks it', async () => {
    await workbench.lens('∇ 显示计算图').click();
    await workbench.panel.root.waitFor({ timeout: 60_000 });
    await workbench.panel.waitForStatus('live');
    assert.equal(await workbench.panel.language(), 'zh-cn');
    const card = await until(
      'the card of w',
      async () => {
        // The graph may still move under the pointer: it is pointed at again.
        await workbench.panel.hover('w');
        return (await workbench.panel.card.count()) === 0 ? '' : workbench.panel.card.first().innerText();
      },
      (text) => text.includes('局部导数'),
    );
    // The card of a narrow panel says no more than its factors.
    assert.match(card, /∂L\/∂a/);
    assert.match(card, /乘积/);
  });

  it('explains in the hover of the editor', async () => {
    const text = await workbench.hoverText('const w =', 'param', (seen) => seen.includes('局部导数'));
    assert.match(text, /代入本次运行的数值/);
    assert.match(text, /到 L 有一条路径/);
  });

  it('has its commands in the palette', async () => {
    await workbench.command('Retrograd: 显示输出');
  });
});
