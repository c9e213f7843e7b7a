import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { signsOf } from '../../../engine/node/png/font.ts';
import { retrograd, root } from '../../examples/command-line.ts';
import { type Comparison, compareWithBrowser, sizeOfPng } from './png-in-browser.ts';
import { startChromium } from '../../chromium.ts';

const { resolve } = createRequire(import.meta.url);
const font = (name: string): string => resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);

describe('retrograd export --format png', function () {
  this.timeout(120_000);
  let folder: string;
  let browser: Browser;
  const at = (name: string): string => join(folder, name);
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'retrograd-png-'));
    writeFileSync(
      at('names.ts'),
      `import { input, model, param } from 'retrograd';
const שלום = param(2), x = input([[1, 2, 3]]);
const aVeryLongNameOfAParameterThatGoesOnAndOnAndOnUntilItIsLongerThanMostNodesCouldPossiblyBe = param(1);
export const m = model(() => x.mul(שלום).add(aVeryLongNameOfAParameterThatGoesOnAndOnAndOnUntilItIsLongerThanMostNodesCouldPossiblyBe).square().sum());
`,
    );
    writeFileSync(
      at('deep.ts'),
      `import { model, param } from 'retrograd';
const w = param(0.5);
export const deep = model(() => { let h = w; for (let i = 0; i < 200; i++) h = h.mul(w).tanh(); return h; });
`,
    );
    browser = await startChromium();
  });
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  const drawn = (model: string, ...args: string[]): { png: Buffer; err: string } => {
    const { code, out, err } = retrograd(['export', model, '--format', 'png', '--out', at('drawn.png'), ...args]);
    assert.equal(code, 0, err);
    assert.equal(out, `${at('drawn.png')} written.\n`);
    return { png: readFileSync(at('drawn.png')), err };
  };

  // Two programs round the edges of shapes and letters each in its own way: single dots may be anything there.
  const alike = ({ mean, far, texts }: Comparison, count: number): void => {
    assert.ok(mean < 1.5, `the mean difference is ${mean} of 255`);
    assert.ok(far < 0.01, `${far * 100} % of the dots differ by a third`);
    assert.ok(texts.length >= count, `${texts.length} texts`);
    for (const { text, off } of texts) assert.ok(off <= 2, `'${text}' ends ${off} dots away`);
  };

  for (const [theme, ground] of [
    ['light', [255, 255, 255]],
    ['dark', [31, 31, 31]],
  ] as const) {
    it(`draws what a browser draws of the same SVG, ${theme}, with each text where it belongs`, async () => {
      for (const model of [join(root, 'examples/two-layer-chain.ts'), at('names.ts')]) {
        const svg = retrograd(['export', model, '--format', 'svg', '--theme', theme]).out;
        const { png } = drawn(model, '--theme', theme, '--font', font('DejaVuSans'));
        const comparison = await compareWithBrowser(browser, svg, png, [font('DejaVuSansMono'), font('DejaVuSans')]);
        alike(comparison, 15);
        assert.deepEqual(comparison.corner, ground);
      }
    });
  }

  it('has two dots for each pixel, or as many as are asked for; light without a theme', () => {
    const model = join(root, 'examples/two-layer-chain.ts');
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(retrograd(['export', model, '--format', 'svg']).out)!;
    const sized = (scale: number): object => ({ width: Number(width) * scale, height: Number(height) * scale });
    const { png } = drawn(model);
    assert.deepEqual(sizeOfPng(png), sized(2));
    assert.deepEqual(png, drawn(model, '--theme', 'light').png);
    assert.deepEqual(sizeOfPng(drawn(model, '--scale', '1').png), sized(1));
  });

  it('goes to another program whole', () => {
    const model = join(root, 'examples/two-layer-chain.ts');
    const { stdout } = spawnSync(process.execPath, [join(root, 'dist/cli.js'), 'export', model, '--format', 'png']);
    assert.deepEqual(stdout, drawn(model).png);
  });

  it('says which signs no font has, and takes a font that has them', () => {
    assert.equal(
      drawn(at('names.ts')).err,
      'No font has ש ל ו ם: boxes stand for it. --font names a font file that has it.\n',
    );
    assert.equal(drawn(at('names.ts'), '--font', font('DejaVuSans')).err, '');
  });

  const refused: readonly [what: string, args: readonly string[], err: RegExp][] = [
    [
      'what is too large, and says what would do',
      ['deep.ts', '--scale', '2'],
      /^The picture would have \d+ × \d+ dots, which is too many\. --scale 0\.\d+ fits, and --level module may make it smaller\.\n$/,
    ],
    ['a scale that is none', ['names.ts', '--scale', 'large'], /A number from 0\.1 to 16\./],
    ['a scale of 0', ['names.ts', '--scale', '0'], /A number from 0\.1 to 16\./],
    ['a font that is none', ['names.ts', '--font', 'names.ts'], /^names\.ts is no TrueType or OpenType font\.\n$/],
    ['a font that is not there', ['names.ts', '--font', 'no.ttf'], /^no\.ttf could not be read: ENOENT/],
    [
      'a place that cannot be written',
      ['names.ts', '--out', '/nowhere/x.png'],
      /\/nowhere\/x\.png could not be written/,
    ],
  ];
  for (const [what, args, err] of refused) {
    it(`refuses ${what}`, () => {
      const outcome = retrograd(['export', '--format', 'png', '--level', 'op', ...args], folder);
      assert.equal(outcome.code, 2, outcome.err);
      assert.equal(outcome.out, '');
      assert.match(outcome.err.replace(/^No font.*\n/, ''), err);
      assert.doesNotMatch(outcome.err, /\n\s+at /);
    });
  }

  it('refuses a scale for what is no picture of dots', () => {
    const { code, err } = retrograd(['export', at('names.ts'), '--format', 'svg', '--scale', '2']);
    assert.equal(code, 2);
    assert.equal(err, '--scale and --font are for PNG alone.\n');
  });
});

describe('the signs of a font', () => {
  it('are those that its makers list', () => {
    // From the coverage list of DejaVu 2.37: Sans has Hebrew and the double-struck A (U+1D538, beyond 16 bits), Sans Mono has neither; none has Chinese.
    const [mono, sans] = ['DejaVuSansMono', 'DejaVuSans'].map((name) => signsOf(readFileSync(font(name))));
    for (const sign of 'aZ09∂σ′ᵀ⊙‖∇₁ⱼ−≤△▽λ×→…')
      assert.ok(mono!(sign.codePointAt(0)!) && sans!(sign.codePointAt(0)!), sign);
    for (const [sign, inMono, inSans] of [
      ['ש', false, true],
      ['𝔸', false, true],
      ['损', false, false],
    ] as const) {
      assert.equal(mono!(sign.codePointAt(0)!), inMono, sign);
      assert.equal(sans!(sign.codePointAt(0)!), inSans, sign);
    }
  });
});
