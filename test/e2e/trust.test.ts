import assert from 'node:assert/strict';
import { Workbench } from './workbench.ts';

describe('a workspace that is not trusted', () => {
  let workbench: Workbench;

  before(async function () {
    this.timeout(180_000);
    workbench = await Workbench.open({
      extension: 'vsix',
      workspaceTrust: true,
      settings: {
        'security.workspace.trust.enabled': true,
        'security.workspace.trust.startupPrompt': 'never',
        'security.workspace.trust.banner': 'never',
      },
    });
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('untrusted-failed');
  });

  after(async () => {
    await workbench?.close();
  });

  it('has its models marked and none of them run, even when asked', async () => {
    await workbench.openFile('two-layer-chain.ts');
    await workbench.lens('∇ Show graph').waitFor({ timeout: 60_000 });
    assert.match(await workbench.statusText(), /restricted/);
    await workbench.lens('∇ Show graph').click();
    await workbench.panel.root.waitFor({ timeout: 60_000 });
    await workbench.panel.waitForStatus('untrusted');
    // Time enough for a run that should not be.
    await workbench.page.waitForTimeout(1500);
    assert.deepEqual(await workbench.panel.names(), []);
    assert.doesNotMatch((await workbench.lines()).join('\n'), /∇/);
    assert.match(await workbench.statusText(), /restricted/);
    await workbench.screenshot('untrusted');
  });

  it('leads to where the workspace can be trusted, and then shows what there is', async () => {
    await workbench.panel.button('Manage workspace trust');
    const editor = workbench.page.locator('.workspace-trust-editor');
    await editor.waitFor();
    await editor.getByRole('button', { name: /^Trust$/ }).click();
    // Trusting a workspace is no permission to run its models: that is asked for apart.
    await workbench.panel.waitForStatus('unasked');
  });
});
