import { join } from 'node:path';
import { until } from './until.ts';
import { Workbench } from './workbench.ts';

/** Not a test: makes the picture of the README from what the product really shows. Run by `npm run screenshots`. */
describe('the picture of the README', () => {
  it('is made in VS Code', async function () {
    this.timeout(180_000);
    const workbench = await Workbench.open({ extension: 'vsix' });
    try {
      await workbench.page.setViewportSize({ width: 1480, height: 1040 });
      await workbench.openFile('two-layer-chain.ts');
      await workbench.lens('∇ Show graph').click({ timeout: 60_000 });
      await workbench.panel.waitForStatus('live');
      await workbench.command('View: Toggle Primary Side Bar Visibility');
      await until(
        'w₁ to be drawn',
        () => workbench.panel.node('w1'),
        (node) => node !== null,
      );
      // The drawing moves as the side bar goes.
      await workbench.page.waitForTimeout(1000);
      await workbench.panel.click('w1');
      await workbench.panel.inspector.getByText('∂Y/∂u₂').first().waitFor();
      await workbench.page.mouse.move(5, 5);
      await workbench.page.waitForTimeout(500);
      await workbench.page.screenshot({ path: join(import.meta.dirname, '..', '..', 'docs', 'images', 'panel.png') });
    } finally {
      await workbench.close();
    }
  });
});
