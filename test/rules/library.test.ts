import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';
import { libraryManifest } from '../../extension/library-package.ts';
import { startChromium } from '../chromium.ts';
import { root } from './imports-of.ts';

/** d/dx x² at 3 is 6; every way of getting at the library is to give it. */
const program = `
import { param } from 'retrograd';
const x = param(3);
const y = x.square();
y.backward();
globalThis.answer = x.grad?.item();
`;

describe('the built library', function () {
  this.timeout(60_000);

  before(() => {
    assert.ok(existsSync(join(root, 'dist', 'retrograd.js')), 'run `npm run build` first');
  });

  it('imports nothing', () => {
    const text = readFileSync(join(root, 'dist', 'retrograd.js'), 'utf8');
    assert.deepEqual(ts.preProcessFile(text, true, true).importedFiles, []);
    const types = readFileSync(join(root, 'dist', 'retrograd.d.ts'), 'utf8');
    assert.deepEqual(ts.preProcessFile(types).importedFiles, []);
  });

  it('works in plain Node from the root of the package', () => {
    const output = execFileSync(
      process.execPath,
      ['--input-type=module', '-e', `${program}\nconsole.log(globalThis.answer);`],
      {
        cwd: root,
        encoding: 'utf8',
      },
    );
    assert.equal(output.trim(), '6');
  });

  it('works in a browser, bundled', async () => {
    const bundled = await build({
      stdin: { contents: program, resolveDir: root },
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'browser',
    });
    const browser = await startChromium();
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ type: 'module', content: bundled.outputFiles[0]!.text });
      const answer = await page.waitForFunction(() => (globalThis as { answer?: number }).answer);
      assert.equal(await answer.jsonValue(), 6);
    } finally {
      await browser.close();
    }
  });

  it('brings its types, as the extension puts it into a workspace', () => {
    const directory = mkdtempSync(join(tmpdir(), 'retrograd-types-'));
    try {
      const made = join(directory, 'node_modules', 'retrograd');
      mkdirSync(made, { recursive: true });
      for (const file of ['retrograd.js', 'retrograd.d.ts']) cpSync(join(root, 'dist', file), join(made, file));
      writeFileSync(join(made, 'package.json'), libraryManifest('0.0.0'));
      writeFileSync(join(directory, 'package.json'), '{ "type": "module" }');
      const file = join(directory, 'program.ts');
      writeFileSync(
        file,
        `import { param, type Tensor } from 'retrograd';\nconst y: Tensor = param(3).square();\nconst wrong: string = y.item();\n`,
      );
      for (const resolution of [ts.ModuleResolutionKind.Bundler, ts.ModuleResolutionKind.NodeNext]) {
        const module = resolution === ts.ModuleResolutionKind.NodeNext ? ts.ModuleKind.NodeNext : ts.ModuleKind.ESNext;
        const checked = ts.createProgram([file], {
          strict: true,
          noEmit: true,
          module,
          moduleResolution: resolution,
          types: [],
        });
        const complaints = ts.getPreEmitDiagnostics(checked).map(({ code }) => code);
        // "Type 'number' is not assignable to type 'string'", and nothing else.
        assert.deepEqual(complaints, [2322]);
      }
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
