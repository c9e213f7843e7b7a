/** Builds the panel: its script, its styles, and elkjs' worker, which is shipped as it comes. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');

export async function buildWebview(outDir) {
  mkdirSync(outDir, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: { panel: 'webview/main.tsx', 'local-theme': 'webview/local-theme.css' },
    outdir: outDir,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
  copyFileSync(createRequire(import.meta.url).resolve('elkjs/lib/elk-worker.min.js'), join(outDir, 'elk-worker.js'));
}

if (process.argv[1] === import.meta.filename) await buildWebview(join(root, 'dist', 'webview'));
