import type { ServerOptions } from './server.ts';
import { Workbench } from './workbench.ts';

/**
 * One window for all tests of a `describe`, each of which starts from where the last one ended: after a failure the rest would
 * only wait in vain, and is skipped. A test that fails leaves a picture, `<name>-failed-…`.
 * @param begin is given the window before the first test.
 */
export function inOneWindow(
  name: string,
  options: ServerOptions,
  begin: (opened: Workbench) => void | Promise<void>,
): void {
  let workbench: Workbench | undefined;
  let broken = false;

  before(async function () {
    this.timeout(180_000);
    workbench = await Workbench.open(options);
    await begin(workbench);
  });

  beforeEach(function () {
    if (broken) this.skip();
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    broken = true;
    await workbench?.screenshot(`${name}-failed-${this.currentTest.title}`.replaceAll(/\W+/g, '-'));
  });

  after(async () => {
    await workbench?.close();
  });
}
