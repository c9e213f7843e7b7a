import assert from 'node:assert/strict';
import { PackageManager, listFiles } from '@vscode/vsce';
import { ruleIds } from '../../engine/analysis/health/finding.ts';
import { root } from './imports-of.ts';

describe('the packaged extension', () => {
  it('carries bundles, translations, pages, licences and icons, and nothing else', async function () {
    this.timeout(30_000);
    const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
    assert.deepEqual(
      files.map((file) => file.replaceAll('\\', '/')).sort(),
      [
        'CHANGELOG.md',
        'LICENSE',
        'NOTICE',
        'README.md',
        'dist/LICENSE',
        'dist/check-worker.js',
        'dist/extension-web.cjs',
        'dist/extension.cjs',
        'dist/guest.bin',
        'dist/layout-worker.js',
        'dist/quickjs.wasm',
        'dist/retrograd.d.ts',
        'dist/retrograd.js',
        'dist/webview/elk-worker.js',
        'dist/webview/panel.css',
        'dist/webview/panel.js',
        'dist/train-worker.js',
        'dist/typescript.cjs',
        'dist/web-worker.js',
        'dist/worker.js',
        'docs/rules/README.md',
        ...ruleIds.map((rule) => `docs/rules/${rule}.md`),
        'l10n/bundle.l10n.zh-cn.json',
        'media/graph-dark.svg',
        'media/graph-light.svg',
        'media/icon.png',
        'package.json',
        'package.nls.json',
        'package.nls.zh-cn.json',
      ].sort(),
    );
  });
});
