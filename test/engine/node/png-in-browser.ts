import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';

export interface Comparison {
  /** Mean absolute difference of the channels, of 255. */
  readonly mean: number;
  /** Share of the dots of which a channel differs by more than a third. */
  readonly far: number;
  /** For each text: how far the ends of its ink are from where the browser has them, in dots. */
  readonly texts: readonly { readonly text: string; readonly off: number }[];
  /** Red, green and blue of the first dot. */
  readonly corner: readonly number[];
}

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Picture extends Size {
  readonly data: Uint8Array;
}

interface Text {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** From its header: IHDR comes first, after 8 bytes of signature and 8 of the chunk's own. */
export const sizeOfPng = (png: Buffer): Size => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) });

/** Draws an SVG in a browser, in given fonts, twice as large, and lays a PNG of the same beside it. */
export async function compareWithBrowser(
  browser: Browser,
  svg: string,
  png: Buffer,
  fonts: readonly string[],
): Promise<Comparison> {
  const { width, height } = sizeOfPng(png);
  const page = await browser.newPage({ deviceScaleFactor: 2, viewport: { width: width / 2, height: height / 2 } });
  const faces = fonts.map(
    (file, i) => `@font-face{font-family:f${i};src:url(data:font/ttf;base64,${readFileSync(file).toString('base64')})}`,
  );
  // More specific than the rule of the picture itself, which begins with whatever font the machine has.
  const chosen = `svg.rg-graph.rg-graph{font-family:${fonts.map((_, i) => `f${i}`).join()}}`;
  await page.setContent(`<style>${faces.join('')}${chosen}body{margin:0}svg{display:block}</style>${svg}`);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const [ours, theirs] = [await decoded(page, png), await decoded(page, await page.screenshot())];
  const texts = (await textsIn(page)).map((text) => {
    const [a, b] = [inkOf(ours, text), inkOf(theirs, text)];
    return { text: text.text, off: Math.max(Math.abs(a.left - b.left), Math.abs(a.right - b.right)) };
  });
  await page.close();
  return { ...differences(ours, theirs), texts, corner: [...ours.data.subarray(0, 3)] };
}

/** By the browser's own reader of PNGs. */
async function decoded(page: Page, png: Buffer): Promise<Picture> {
  const pixels = await page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
    const context = canvas.getContext('2d')!;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const pieces: string[] = [];
    for (let at = 0; at < data.length; at += 8192) pieces.push(String.fromCharCode(...data.subarray(at, at + 8192)));
    return btoa(pieces.join(''));
  }, png.toString('base64'));
  return { ...sizeOfPng(png), data: Buffer.from(pixels, 'base64') };
}

/** Where the browser has its texts, in dots. */
const textsIn = (page: Page): Promise<Text[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('text')]
      .filter(({ textContent }) => textContent.trim() !== '')
      .map((element) => {
        const { left, right, top, bottom } = element.getBoundingClientRect();
        return { text: element.textContent, left: left * 2, right: right * 2, top: top * 2, bottom: bottom * 2 };
      }),
  );

function differences(a: Picture, b: Picture): Pick<Comparison, 'mean' | 'far'> {
  let [sum, far] = [0, 0];
  for (let i = 0; i < a.data.length; i += 4) {
    const apart = farthest(a, i, b, i);
    sum += apart;
    if (apart > 85) far++;
  }
  const dots = a.data.length / 4;
  return { mean: sum / dots, far: far / dots };
}

/** Of the three channels of two dots, the largest difference. */
const farthest = (a: Picture, i: number, b: Picture, j: number): number =>
  Math.max(...[0, 1, 2].map((k) => Math.abs(a.data[i + k]! - b.data[j + k]!)));

/** The first and the last column with ink in the lines of a text; ink is what differs from the dot before it. */
function inkOf(picture: Picture, box: Text): { left: number; right: number } {
  const [from, to] = [Math.floor(box.left) - 6, Math.ceil(box.right) + 6];
  const [top, bottom] = [Math.floor(box.top) + 4, Math.ceil(box.bottom) - 4];
  const place = (x: number, y: number): number => (y * picture.width + x) * 4;
  const columns: number[] = [];
  for (let x = from; x < to; x++)
    for (let y = top; y < bottom; y++)
      if (farthest(picture, place(x, y), picture, place(from, top)) > 40) {
        columns.push(x);
        break;
      }
  return { left: Math.min(...columns), right: Math.max(...columns) };
}
