import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { libraryFiles, libraryManifest } from '../../extension/library-package.ts';

describe('the library as it is added to a workspace', () => {
  it('is a package that Node finds by its name, with types for each entry', async () => {
    const workspace = await mkdtemp(join(tmpdir(), 'retrograd-add-'));
    try {
      const target = join(workspace, 'node_modules', 'retrograd');
      await mkdir(target, { recursive: true });
      for (const { to } of libraryFiles)
        await writeFile(join(target, to), to.endsWith('.js') ? 'export const answer = 42;' : '');
      await writeFile(join(target, 'package.json'), libraryManifest('1.2.3'));
      await writeFile(join(workspace, 'model.mjs'), "import { answer } from 'retrograd'; console.log(answer);");
      const { stdout } = await promisify(execFile)(process.execPath, [join(workspace, 'model.mjs')]);
      assert.equal(stdout, '42\n');
    } finally {
      await rm(workspace, { recursive: true });
    }
    const manifest = JSON.parse(libraryManifest('1.2.3')) as { version: string; types: string };
    const names: readonly string[] = libraryFiles.map(({ to }) => `./${to}`);
    assert.equal(manifest.version, '1.2.3');
    assert.ok(names.includes(manifest.types));
  });
});
