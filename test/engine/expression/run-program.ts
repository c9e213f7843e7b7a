import { readFileSync } from 'node:fs';
import { transform } from 'esbuild';
import type { Block } from '../../../engine/autograd/block.ts';
import type * as Library from '../../../engine/library.ts';

const built = new URL('../../../dist/retrograd.js', import.meta.url);

/** Runs a function of a program text over the built library, as somebody would who has copied it into a file. */
export async function runProgram(text: string, name: string, blocks: readonly Block[]): Promise<Block> {
  readFileSync(built);
  const { code } = await transform(text, { loader: 'ts' });
  const program = code.replace(/from ['"]retrograd['"]/, `from ${JSON.stringify(built.href)}`);
  const module = (await import(`data:text/javascript,${encodeURIComponent(program)}`)) as Record<
    string,
    (...args: Library.Tensor[]) => Library.Tensor
  >;
  const { tensor } = (await import(built.href)) as typeof Library;
  const { data, shape, dtype } = module[name]!(
    ...blocks.map((block) => tensor([...block.data], { dtype: block.dtype }).reshape(block.shape)),
  );
  return { data, shape, dtype };
}
