import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type OpenPanel, openPanel } from './open-panel.ts';

/** What is written in the graph's canvas, where no checker of pages looks: colour of the text, and what it stands on. */
const pairs = ['text', 'dim', 'warm'].flatMap((text) => ['card', 'loss'].map((ground) => [text, ground] as const));
const onPage = [
  ['text', 'background'],
  ['dim', 'background'],
  ['warm', 'background'],
  ['cold', 'background'],
] as const;

/** Of WCAG 2.2: relative luminance of a colour in sRGB, channels from 0 to 255. */
function luminance(colour: readonly number[]): number {
  const [red, green, blue] = colour.map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

const contrast = (a: readonly number[], b: readonly number[]): number => {
  const [dark, light] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (light! + 0.05) / (dark! + 0.05);
};

describe('the colours of the graph', function () {
  this.timeout(60_000);
  let panel: OpenPanel;
  before(async () => (panel = await openPanel(readFileSync('examples/two-layer-chain.ts', 'utf8'))));
  after(() => panel.close());

  it('is measured right: black on white is 21, mid-grey on white as WCAG’s own example of 4.5', () => {
    assert.equal(contrast([0, 0, 0], [255, 255, 255]), 21);
    assert.ok(Math.abs(contrast([0x76, 0x76, 0x76], [255, 255, 255]) - 4.54) < 0.01);
  });

  for (const colorScheme of ['dark', 'light'] as const)
    it(`can be read in ${colorScheme}: 4.5 and more`, async () => {
      await panel.page.emulateMedia({ colorScheme });
      const colourOf = (name: string): Promise<number[]> =>
        panel.page.evaluate((variable) => {
          const context = document.createElement('canvas').getContext('2d')!;
          context.fillStyle = getComputedStyle(document.body).getPropertyValue(variable).trim();
          context.fillRect(0, 0, 1, 1);
          return Array.from(context.getImageData(0, 0, 1, 1).data.slice(0, 3));
        }, `--rg-${name}`);
      const weak: string[] = [];
      for (const [text, ground] of [...pairs, ...onPage]) {
        const ratio = contrast(await colourOf(text), await colourOf(ground));
        if (ratio < 4.5) weak.push(`${text} on ${ground}: ${ratio.toFixed(2)}`);
      }
      assert.deepEqual(weak, []);
    });
});
