/** Builds the SIMD kernels from source, and writes them down as a module that every bundler and runtime can read. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'engine', 'tensor', 'kernels');
const generated = join(folder, 'generated', 'simd.ts');

export async function buildKernels() {
  const wasm = join(folder, 'generated', 'simd.wasm');
  const complaints = [];
  const options = { stderr: { write: (text) => (complaints.push(text), true) } };
  const arguments_ = [
    join('engine', 'tensor', 'kernels', 'assembly', 'index.ts'),
    ...['--baseDir', root, '--outFile', wasm],
    ...['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd'],
  ];
  const { error } = await asc.main(arguments_, options);
  if (error) throw new Error(`The kernels do not compile.\n${complaints.join('')}`, { cause: error });
  const bytes = readFileSync(wasm).toString('base64');
  rmSync(wasm);
  mkdirSync(join(folder, 'generated'), { recursive: true });
  writeFileSync(
    generated,
    `/** The kernels of \`assembly/\`, compiled: WebAssembly in base64. Written by build/kernels.mjs. */\nexport const simdBytes: string =\n  '${bytes}';\n`,
  );
}

if (process.argv[1] === import.meta.filename) await buildKernels();
