import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { Conversation } from './conversation.ts';
import { youngGeneration } from '../../engine/node/threads.ts';
import { peersInstalled } from './peers/install.ts';

export const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '..', '..');
/** Where the built guest and QuickJS are. */
export const assets = process.env['RETROGRAD_ASSETS'] ?? join(root, 'dist');
const serve = join(here, 'peers', 'serve.mjs');

export interface Engine {
  readonly key: string;
  readonly conversation: Conversation;
}

/** Bundled as it is shipped, into `folder`: a loader that translates sources while they run would be measured too. */
export async function bundled(entry: string, folder: string): Promise<string> {
  const url = JSON.stringify(pathToFileURL(join(here, entry)).href);
  const outfile = join(folder, basename(entry).replace(/\.m?[tj]s$/, '.mjs'));
  await build({
    absWorkingDir: root,
    entryPoints: [join(here, entry)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    alias: { retrograd: join(root, 'engine', 'library.ts') },
    // Files that lie beside a package, and what it requires, are found from where the package is.
    define: { 'import.meta.url': url, __dirname: JSON.stringify(here), __filename: JSON.stringify(join(here, entry)) },
    banner: { js: `import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(${url});` },
    logLevel: 'warning',
  });
  return outfile;
}

/** The system's own Python may have PyTorch where another one comes first in the path. */
const pythonWithTorch = (): string | undefined =>
  ['python3', '/usr/bin/python3'].find(
    (python) => spawnSync(python, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0,
  );

/** Our own engine, in Node and in the sandbox, and every peer that can be had here. */
export async function engines(folder: string): Promise<{ own: Engine; sandbox: Engine; peers: readonly Engine[] }> {
  const node = (
    key: string,
    module: string,
    env: Readonly<Record<string, string>> = {},
    flags: readonly string[] = [],
  ): Engine => ({
    key,
    conversation: new Conversation({
      command: process.execPath,
      // jax-js translates a program by recursion: the default stack is too small for ten thousand ops.
      args: ['--stack-size=6000', ...flags, serve, module],
      env,
    }),
  });
  const own = node('Retrograd', await bundled('own.ts', folder));
  const sandbox = node(
    'Retrograd, sandbox',
    await bundled('sandbox.ts', folder),
    { RETROGRAD_ASSETS: assets, RETROGRAD_BENCH: here },
    // The room that the editor's worker has for what is new, three halves of which V8 makes it.
    [`--max-semi-space-size=${Math.floor(youngGeneration / 3)}`],
  );
  const peers: Engine[] = [];
  if (peersInstalled()) {
    for (const [key, entry] of [
      ['jax-js', 'peers/jax.mjs'],
      ['tfjs', 'peers/tfjs.mjs'],
    ] as const)
      peers.push(node(key, await bundled(entry, folder)));
  }
  const python = pythonWithTorch();
  if (python !== undefined) {
    const args = [join(here, 'peers', 'serve.py')];
    peers.push({ key: 'PyTorch', conversation: new Conversation({ command: python, args }) });
  }
  return { own, sandbox, peers };
}
