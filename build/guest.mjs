/** Builds the library for the sandbox's guest as QuickJS bytecode, and puts the engine that reads it beside it. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { CompileFlags, EvalFlags, QuickJS } from 'quickjs-wasi';

const root = join(import.meta.dirname, '..');

/** The guest computes nothing: its tensors are the host's. */
const withoutKernels = {
  name: 'without-kernels',
  setup: ({ onLoad }) => {
    onLoad({ filter: /kernels\/generated\/simd\.ts$/ }, () => ({ contents: "export const simdBytes = '';" }));
  },
};

export async function buildGuest(outDir) {
  mkdirSync(outDir, { recursive: true });
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['engine/sandbox/guest/main.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    minify: true,
    // Layers are shown under their classes' names.
    keepNames: true,
    logLevel: 'warning',
    plugins: [withoutKernels],
  });
  const wasmFile = createRequire(import.meta.url).resolve('quickjs-wasi/quickjs.wasm');
  const wasm = await WebAssembly.compile(readFileSync(wasmFile));
  const vm = await QuickJS.create({ wasm });
  const bytecode = vm.compile(outputFiles[0].text, 'retrograd', EvalFlags.TYPE_MODULE, CompileFlags.STRIP_SOURCE);
  writeFileSync(join(outDir, 'guest.bin'), bytecode);
  vm.dispose();
  copyFileSync(wasmFile, join(outDir, 'quickjs.wasm'));
}

if (process.argv[1] === import.meta.filename) await buildGuest(join(root, 'dist'));
