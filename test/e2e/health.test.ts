import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inOneWindow } from './in-one-window.ts';
import { until } from './until.ts';
import type { Workbench } from './workbench.ts';

/** A file that the list has from the start; its text is another here: ∂L/∂w = 2·(w·x − 3)·x, of norm √148 = 12.17. */
const own = 'neuron.ts';
const expecting = `import { expectGradient, input, model, param } from 'retrograd';

const w = param([2, 3]);
// retrograd-ignore dead-relu: there is none
const forgotten = param([1, 2]);
expectGradient(w).toBeBetween(1e-4, 10);

export const net = model(() => w.mul(input([1, 2])).sub(3).square().sum());
`;

describe('health in VS Code', () => {
  let workbench: Workbench;

  inOneWindow('health', { extension: 'source' }, (opened) => {
    workbench = opened;
    writeFileSync(join(workbench.server.workspace, own), expecting);
  });

  const problems = (what: string, right: (text: string) => boolean): Promise<string> =>
    until(what, () => workbench.allProblems(), right);

  const lineOf = (text: string): number =>
    workbench.fileLines('vanishing.ts').findIndex((line) => line.includes(text)) + 1;

  it('tells that the sigmoids of vanishing.ts let the gradient vanish', async () => {
    await workbench.openFile('vanishing.ts');
    await workbench.lens('∇ Show graph').first().click({ timeout: 60_000 });
    await workbench.command('Problems: Focus on Problems View');
    await problems('the finding', (text) => text.includes('vanishing-gradient'));
  });

  it('names the culprit in the hover', async () => {
    await workbench.focusEditor('vanishing.ts');
    // Lines that are not in sight are not there.
    await workbench.goTo(lineOf('h = z.sigmoid();'), 14);
    const told = await workbench.hoverText('h = z.sigmoid()', 'sigmoid', (text) => text.includes('decades are lost'));
    assert.match(told, /[\d.]+ of [\d.]+ decades are lost in σ′\(z\), line \d+, over its \d+ repetitions/);
  });

  it('mends it with the fix that was seen to help', async () => {
    await workbench.focusEditor('vanishing.ts');
    await workbench.goTo(lineOf('h = z.sigmoid();'), 14);
    await workbench.command('Auto Fix...');
    await problems('the finding gone', (text) => !text.includes('vanishing-gradient'));
  });

  it('puts an assertion that fails at its line, and a comment that silences nothing', async () => {
    // What was allowed once runs as soon as its editor is in front.
    await workbench.openFile(own);
    await workbench.command('Problems: Focus on Problems View');
    const text = await problems('the assertion', (all) => all.includes('expect-gradient'));
    assert.match(text, /‖∂L\/∂w‖ is 12\.1655\. Expected: from 0\.0001 to 10\./);
    assert.match(text, /dead-relu finds nothing at this line or the next/);
    assert.match(text, /The parameter forgotten is never used/);
    await workbench.screenshot('health-assertion');
  });

  it('follows the project’s configuration, and tells what is wrong in it', async () => {
    writeFileSync(
      join(workbench.server.workspace, 'retrograd.config.json'),
      '{\n  "health": { "rules": { "unused-parameter": "off", "dead-relus": "off" } }\n}\n',
    );
    const text = await problems('the mistake', (all) => all.includes('dead-relus is not known'));
    assert.match(text, /Did you mean 'dead-relu'\?/);
    await problems('the rule off', (all) => !all.includes('is never used'));
  });
});
