import { readFile } from 'node:fs/promises';
import { Resvg, initWasm } from '@resvg/resvg-wasm';
import { t } from '../../base/l10n.ts';
import { builtWorker } from '../threads.ts';
import { type Font, signsOf } from './font.ts';

/** Dots along one side, and all together: what browsers draw, so that terminal and editor make the same pictures. */
const mostAlong = 16_384;
const mostDots = 120e6;

/** The picture is too large for its magnification. The message says which one would do. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

export interface Png {
  readonly bytes: Uint8Array;
  /** Signs that stand in the picture as boxes, because no font has them. */
  readonly missing: readonly string[];
}

/**
 * Draws an SVG without a browser. Its texts are set in DejaVu Sans Mono, whose characters are 0.602 em wide: the layout
 * reserves 7.3 px for each of 12 px, which is more.
 *
 * @param svg as `svgOf` wrote it, in one scheme: a preference of the reader is not known here
 * @param scale dots for each pixel
 * @param fonts asked in their order for what DejaVu Sans Mono does not have
 * @throws TooLarge
 */
export async function drawPng(svg: string, scale: number, fonts: readonly Font[]): Promise<Png> {
  // Before anything is made of it: texts alone take milliseconds each, and there may be ten thousand.
  requireDrawable(sizeOf(svg), scale);
  const mono = await asset('DejaVuSansMono.ttf');
  await engine();
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    // The picture names DejaVu Sans Mono among its fonts, which is the only one of them that is here.
    font: { fontBuffers: [mono, ...fonts.map(({ bytes }) => bytes)] },
  });
  const picture = drawing.render();
  const bytes = picture.asPng();
  picture.free();
  drawing.free();
  const known = [signsOf(mono), ...fonts.map(({ signs }) => signs)];
  return { bytes, missing: signsIn(svg).filter((sign) => !known.some((has) => has(sign.codePointAt(0)!))) };
}

const asset = (name: string): Promise<Uint8Array> => readFile(builtWorker(name));

let started: Promise<void> | null = null;
const engine = (): Promise<void> => (started ??= asset('resvg.wasm').then((wasm) => initWasm(wasm)));

function requireDrawable({ width, height }: { width: number; height: number }, scale: number): void {
  const most = Math.min(mostAlong / Math.max(width, height), Math.sqrt(mostDots / (width * height)));
  if (scale <= most) return;
  const dots = (length: number): number => Math.round(length * scale);
  const fitting = Math.floor(most * 100) / 100;
  throw new TooLarge(
    fitting >= 0.1
      ? t(
          'The picture would have {0} × {1} dots, which is too many. --scale {2} fits, and --level module may make it smaller.',
          dots(width),
          dots(height),
          fitting,
        )
      : t(
          'The picture would have {0} × {1} dots, which is too many. --level module may make it smaller; as SVG it can have any size.',
          dots(width),
          dots(height),
        ),
  );
}

function sizeOf(svg: string): { width: number; height: number } {
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)!;
  return { width: Number(width), height: Number(height) };
}

/** Every sign of its texts once; blanks need none. Entities stand for signs that every font has. */
function signsIn(svg: string): string[] {
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text!);
  return [...new Set(texts.join(''))].filter((sign) => /[^\s\p{Cc}\p{Cf}]/u.test(sign));
}
