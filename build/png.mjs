/** Puts what draws PNGs for the command line beside it: resvg as WebAssembly, and the font that texts are set in. */
import { copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { resolve } = createRequire(import.meta.url);

export function copyPng(dist) {
  copyFileSync(resolve('@resvg/resvg-wasm/index_bg.wasm'), join(dist, 'resvg.wasm'));
  copyFileSync(resolve('dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf'), join(dist, 'DejaVuSansMono.ttf'));
}
