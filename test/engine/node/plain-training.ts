import { transformSync } from 'esbuild';
import type { Model } from '../../../engine/library.ts';

const library = new URL('../../../dist/retrograd.js', import.meta.url).href;

/** The losses of a program in plain Node: the library itself, and no sandbox. A module of its own each time. */
export async function plainly(text: string, model: string, steps: number): Promise<number[]> {
  const { code } = transformSync(text, { loader: 'ts', format: 'esm' });
  const found = code.replaceAll(/from\s*"retrograd"/g, `from ${JSON.stringify(`${library}?${Math.random()}`)}`);
  const program = (await import(`data:text/javascript,${encodeURIComponent(found)}`)) as Record<string, Model>;
  return program[model]!.train(steps);
}
