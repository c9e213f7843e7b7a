/** The types of the library as one file, so that a copy of two files is the whole library. */
import { join } from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';

const root = join(import.meta.dirname, '..');

export async function buildTypes(outfile) {
  const bundle = await rollup({
    input: join(root, 'engine', 'library.ts'),
    plugins: [dts({ tsconfig: join(root, 'engine', 'tsconfig.json') })],
    onLog: (level, log) => {
      if (level === 'warn') throw new Error(`The types of the library: ${log.message}`);
    },
  });
  await bundle.write({ file: outfile, format: 'es' });
  await bundle.close();
}
