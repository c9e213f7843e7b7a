import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type OpenPanel, openPanel } from './open-panel.ts';
import { strengthOf } from './picture.ts';

const twoPaths = readFileSync(new URL('../../examples/two-paths.ts', import.meta.url), 'utf8');

describe('the chain rule in the panel', function () {
  this.timeout(60_000);
  let panel: OpenPanel;
  before(async () => (panel = await openPanel(twoPaths)));
  after(() => panel.close());

  const strength = (name: string): Promise<number> => strengthOf(panel.page, name);

  it('gives each term its share, and each path its part', async () => {
    const inspector = await panel.inspect('x', 'Chain rule');
    const terms = await inspector.locator('table.terms tbody tr').allInnerTexts();
    // By hand: ∂z/∂u·y = 11·3 = 33 and ∂z/∂v·1 = 6, of 39.
    assert.deepEqual(
      terms.map((row) => row.split('\t').slice(-2)),
      [
        ['33.0000', '84.6 %'],
        ['6.0000', '15.4 %'],
        ['39.0000', ''],
      ],
    );
    const paths = await inspector.getByRole('group', { name: 'Paths to the loss' }).getByRole('button').allInnerTexts();
    assert.deepEqual(paths, ['path 1: 33.0000 84.6 %', 'path 2: 6.0000 15.4 %']);
  });

  it('lights up in the graph the path that is pointed at, and it alone', async () => {
    const inspector = await panel.inspect('x', 'Chain rule');
    const path = (i: number) => inspector.getByRole('button', { name: new RegExp(`^path ${i}:`) });
    await panel.page.mouse.move(5, 5);
    const [u, v] = [await strength('u'), await strength('v')];
    await path(1).hover();
    assert.ok((await strength('u')) >= u * 0.98, 'u is on the first path');
    assert.ok((await strength('v')) < v * 0.8, 'v is not');
    await path(2).hover();
    assert.ok((await strength('u')) < u * 0.8);
    assert.ok((await strength('v')) >= v * 0.98);
    await panel.page.mouse.move(5, 5);
    assert.ok((await strength('u')) >= u * 0.98);
  });

  it('says why a gradient is null or zero, with its line', async () => {
    await panel.run(`import { input, model, param, relu } from 'retrograd';
const w = param([1, -2, 3]);
const cut = param(2);
export const m = model(() => {
  const h = relu(w);
  const d = cut.detach();
  return h.mul(d).sum();
});
`);
    const inspector = await panel.inspect('w', 'Chain rule');
    const zeros = await inspector.locator('.why').innerText();
    assert.match(zeros, /1 of 3 elements is exactly 0\./);
    assert.match(zeros, /1 element: relu is inactive there: its input is not above 0 \(h, line 5\)/);
    const other = await panel.inspect('cut', 'Chain rule');
    assert.equal(
      await other.locator('.why').innerText(),
      'No gradient: the way to L is cut off by detach() (d, line 6).',
    );
  });
});
