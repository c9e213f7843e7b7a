import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { reachable, firstPair } from '../../webview/inspector/jacobian-choices.ts';
import type { NodeId } from '../../engine/base/brand.ts';
import type { EdgeView } from '../../engine/explain/view.ts';
import { seriousViolations } from './accessibility.ts';
import { type OpenPanel, openPanel } from './open-panel.ts';

// u = A·v = (−1.5, −1, −1.5); J_u(v) = A. y = (u₀, u₂)², so that J_y(u) = [[−3, 0, 0], [0, 0, −3]] and
// J_y(v) = [[−3, −6], [3, −3]]. L = y₀ − 2·y₁, g = (1, −2): gᵀJ = (−3 − 6, −6 + 6) = (−9, 0).
const vectors = `import { model, param, input } from 'retrograd';
const v = param([0.5, -1]);
const A = input([[1, 2], [0, 1], [-1, 1]]);
export const m = model(() => {
  const u = A.matmul(v);
  const y = u.slice(0, 0, 3, 2).square();
  const L = y.mul([1, -2]).sum();
  return L;
});
`;
const wide = `import { model, param, input, randn } from 'retrograd';
const v = param(randn([100], { seed: 1 }));
const M = input(randn([100, 100], { seed: 2 }));
export const m = model(() => {
  const u = M.matmul(v);
  const y = u.tanh();
  const L = y.mean();
  return L;
});
`;

describe('the Jacobian in the panel', function () {
  this.timeout(30_000);
  let panel: OpenPanel;
  let tab: Locator;
  before(async () => {
    panel = await openPanel(vectors);
    const inspector = await panel.inspect('v', 'Jacobian');
    tab = inspector.getByTestId('jacobian');
    await tab.getByRole('grid').first().waitFor();
  });
  after(() => panel.close());

  const cells = async (grid: Locator): Promise<string[]> => {
    await grid.waitFor();
    return grid.getByRole('gridcell').allInnerTexts();
  };
  const grid = (name: string | RegExp): Locator => tab.getByRole('grid', { name });

  it('starts with the next node by the chosen one', async () => {
    assert.deepEqual(await cells(grid('J_u(v) [3×2]')), ['1.0000', '2.0000', '0', '1.0000', '−1.0000', '1.0000']);
  });

  it('shows any two nodes, the product at a node between, and what reverse mode computes', async () => {
    await tab.getByRole('combobox', { name: 'of', exact: true }).click();
    await tab.getByRole('option', { name: 'y', exact: true }).click();
    assert.deepEqual(await cells(grid('J_y(v) [2×2]')), ['−3.0000', '−6.0000', '3.0000', '−3.0000']);
    const composed = tab.getByTestId('composed');
    assert.match(await composed.innerText(), /J_y\(v\) = J_y\(u\) · J_u\(v\)\s+\[2×3\] · \[3×2\] → \[2×2\]/);
    assert.deepEqual(await cells(grid('J_y(u) [2×3]')), ['−3.0000', '0', '0', '0', '0', '−3.0000']);
    assert.deepEqual(await cells(grid('J_y(u) · J_u(v) [2×2]')), ['−3.0000', '−6.0000', '3.0000', '−3.0000']);
    assert.match(await tab.getByTestId('reverse').innerText(), /∂L\/∂v = \(∂L\/∂y\)ᵀ · J_y\(v\)/);
    assert.deepEqual(await cells(grid(/^∂L\/∂v/)), ['−9.0000', '0']);
  });

  it('moves a cursor by the arrow keys, whose cell is read out', async () => {
    const first = grid('J_y(v) [2×2]');
    const active = (): Promise<string | null> =>
      first.evaluate((element) => document.getElementById(element.getAttribute('aria-activedescendant')!)!.ariaLabel);
    await first.focus();
    assert.equal(await active(), '∂y[0]/∂v[0] = −3.0000');
    await panel.page.keyboard.press('ArrowRight');
    assert.equal(await active(), '∂y[0]/∂v[1] = −6.0000');
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('ArrowDown');
    assert.equal(await active(), '∂y[1]/∂v[1] = −3.0000');
    await panel.page.keyboard.press('Home');
    assert.equal(await active(), '∂y[1]/∂v[0] = 3.0000');
  });

  it('reads out the cell that is pointed at, and colours it by sign and size', async () => {
    const first = grid('J_y(v) [2×2]');
    await first.getByRole('gridcell').nth(1).hover();
    assert.equal(await tab.getByTestId('readout').first().innerText(), '∂y[0]/∂v[1] = −6.0000');
    const colours = await first
      .getByRole('gridcell')
      .evaluateAll((all) => all.map((cell) => getComputedStyle(cell).backgroundColor));
    // −3 and −3 are the same, −6 is stronger, 3 another hue.
    assert.equal(colours[0], colours[3]);
    assert.equal(new Set(colours).size, 3);
  });

  it('samples what is larger than 64×64, says so, and leaves out numbers that do not fit', async () => {
    await panel.run(wide);
    await panel.inspect('v', 'Jacobian');
    const large = grid('J_u(v) [100×100]');
    await large.waitFor();
    assert.equal(await large.getByRole('gridcell').count(), 64 * 64);
    assert.match(await tab.innerText(), /64 of 100 rows and 64 of 100 columns, evenly spread/);
    assert.equal((await large.getByRole('gridcell').first().innerText()).trim(), '');
    const last = await large.getByRole('gridcell').last().getAttribute('aria-label');
    assert.match(last!, /^∂u\[99\]\/∂v\[99\] = −?\d/);
  });

  for (const colorScheme of ['dark', 'light'] as const) {
    it(`has no serious accessibility violations in ${colorScheme}`, async () => {
      await panel.page.emulateMedia({ colorScheme });
      assert.deepEqual(await seriousViolations(panel.page), []);
    });
  }

  it('has not complained', () => assert.deepEqual(panel.complaints, []));
});

describe('what a Jacobian is asked of', () => {
  const edge = (from: number, to: number, label: string | null = '∂'): EdgeView => ({
    from: from as NodeId,
    to: to as NodeId,
    label,
  });
  // 0 → 2 → 3 → 4, 1 → 2; nothing flows to 1.
  const edges = [edge(0, 2), edge(1, 2, null), edge(2, 3), edge(3, 4)];

  it('is what follows, except the loss, and then what comes before', () => {
    const pair = (node: number) => firstPair(edges, node as NodeId, 4 as NodeId);
    assert.deepEqual(pair(0), { of: 2, by: 0 });
    assert.deepEqual(pair(3), { of: 3, by: 2 });
    assert.deepEqual(pair(4), { of: 4, by: 3 });
    assert.equal(pair(1), null);
    assert.deepEqual(firstPair([edge(0, 4)], 0 as NodeId, 4 as NodeId), { of: 4, by: 0 });
  });

  it('may be anything before or behind', () => {
    assert.deepEqual(reachable(edges, 0 as NodeId, true), [2, 3, 4]);
    assert.deepEqual(reachable(edges, 3 as NodeId, false), [0, 1, 2]);
  });
});
