/** Builds everything that is shipped into dist/: library, command line, extension, worker with its guest, panel. */
import { chmodSync, copyFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { buildCompiler, compilerInRealm, compilerRequired } from './compiler.mjs';
import { buildGuest } from './guest.mjs';
import { buildKernels } from './kernels.mjs';
import { copyPng } from './png.mjs';
import { buildTypes } from './types.mjs';
import { buildWebview } from './webview.mjs';

const root = join(import.meta.dirname, '..');

/** What workers take from CommonJS modules, the TypeScript compiler and elkjs among them, wants `require` and a file's name. */
const requireInModules = [
  "import { createRequire as makeRequire } from 'node:module';",
  "import { fileURLToPath as toPath } from 'node:url';",
  'const require = makeRequire(import.meta.url), __filename = toPath(import.meta.url), __dirname = toPath(new URL(".", import.meta.url));',
].join(' ');

const node = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  // Not `keepNames`: it costs a call for every function that is made while code runs, which made a step of training take five times as long.
  minify: true,
  // The licences of what is bundled are in NOTICE.
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};

/** For an extension host in a browser, and the Workers that it starts: no Node at all. */
const web = { ...node, platform: 'browser', target: 'es2022' };

const bundles = {
  // Not minified: it is what people step into when their own model is at fault.
  library: (dist) =>
    build({
      ...node,
      entryPoints: ['engine/library.ts'],
      outfile: join(dist, 'retrograd.js'),
      format: 'esm',
      platform: 'neutral',
      target: 'es2022',
      minify: false,
    }),
  cli: (dist) =>
    build({
      ...node,
      entryPoints: ['engine/node/cli.ts'],
      outfile: join(dist, 'cli.js'),
      format: 'esm',
      banner: { js: `#!/usr/bin/env node\n${requireInModules}` },
    }),
  worker: (dist) =>
    build({
      ...node,
      entryPoints: ['engine/node/worker.ts'],
      outfile: join(dist, 'worker.js'),
      format: 'esm',
      plugins: [compilerRequired],
      banner: { js: requireInModules },
    }),
  trainWorker: (dist) =>
    build({
      ...node,
      entryPoints: ['engine/node/trainer-worker.ts'],
      outfile: join(dist, 'train-worker.js'),
      format: 'esm',
      plugins: [compilerRequired],
      banner: { js: requireInModules },
    }),
  checkWorker: (dist) =>
    build({
      ...node,
      entryPoints: ['engine/node/check-worker.ts'],
      outfile: join(dist, 'check-worker.js'),
      format: 'esm',
    }),
  // elkjs itself is read from webview/, where it lies for the panel.
  layoutWorker: (dist) =>
    build({
      ...node,
      entryPoints: ['engine/node/layout-worker.ts'],
      outfile: join(dist, 'layout-worker.js'),
      format: 'esm',
      banner: { js: requireInModules },
    }),
  extension: (dist) =>
    build({
      ...node,
      entryPoints: ['extension/main.ts'],
      outfile: join(dist, 'extension.cjs'),
      format: 'cjs',
      external: ['vscode'],
      // The extension names its worker file itself; nothing else asks where it is.
      define: { 'import.meta.url': 'undefined', 'import.meta.dirname': '__dirname' },
    }),
  extensionWeb: (dist) =>
    build({
      ...web,
      entryPoints: ['extension/web/main.ts'],
      // Hosts in browsers load CommonJS alone, and in a package of ES modules tell it by this ending.
      outfile: join(dist, 'extension-web.cjs'),
      format: 'cjs',
      external: ['vscode'],
    }),
  webWorker: (dist) =>
    build({
      ...web,
      entryPoints: ['engine/web/worker.ts'],
      outfile: join(dist, 'web-worker.js'),
      format: 'iife',
      plugins: [compilerInRealm],
    }),
  compiler: (dist) => buildCompiler(dist, node),
};

/** A build that fails leaves the last good one where it is; one that succeeds takes its place at once. */
export async function buildAll() {
  const made = mkdtempSync(join(root, '.dist-'));
  try {
    await buildInto(made);
    chmodSync(made, 0o755);
    replace(join(root, 'dist'), made);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

/** Another build may put its own there in between. */
function replace(dist, made) {
  for (;;) {
    rmSync(dist, { recursive: true, force: true });
    try {
      return renameSync(made, dist);
    } catch (error) {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    }
  }
}

async function buildInto(dist) {
  await buildKernels();
  const [results] = await Promise.all([
    Promise.all(Object.values(bundles).map((bundle) => bundle(dist))),
    buildGuest(dist),
    buildWebview(join(dist, 'webview')),
    buildTypes(join(dist, 'retrograd.d.ts')),
  ]);
  chmodSync(join(dist, 'cli.js'), 0o755);
  copyPng(dist);
  // Packaging an extension renames the LICENSE at its root; the library is given this one.
  copyFileSync(join(root, 'LICENSE'), join(dist, 'LICENSE'));
  // For the tests: NOTICE must name every package that is in a bundle.
  const inputs = results.flatMap(({ metafile }) => inputsOf(metafile));
  writeFileSync(join(dist, 'inputs.json'), JSON.stringify([...new Set(inputs)], null, 1));
}

/** Files that something of was kept from. */
const inputsOf = ({ outputs }) =>
  Object.values(outputs).flatMap(({ inputs }) =>
    Object.keys(inputs).filter((input) => inputs[input].bytesInOutput > 0),
  );

if (process.argv[1] === import.meta.filename) await buildAll();
