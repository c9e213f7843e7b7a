import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModulePath } from '../../../engine/base/brand.ts';
import { WorkspaceFiles } from '../../../engine/node/workspace-files.ts';

describe('files of a workspace', () => {
  let folder: string;
  let files: WorkspaceFiles;
  const main = 'models/main.ts' as ModulePath;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'retrograd-'));
    const put = (path: string, text: string): void => {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    put('secret.ts', 'secret');
    put('outside/x.ts', 'outside');
    put('root/models/main.ts', 'main');
    put('root/models/net.ts', 'net');
    put('root/models/both.ts', 'typescript');
    put('root/models/both.js', 'javascript');
    put('root/models/plain.js', 'plain');
    put('root/models/parts/index.ts', 'parts');
    put('root/data/rows.json', '[1]');
    put('root/..dots/x.ts', 'dots');
    const root = join(folder, 'root');
    symlinkSync(join(folder, 'secret.ts'), join(root, 'models/leak.ts'));
    symlinkSync(join(folder, 'outside'), join(root, 'away'));
    symlinkSync(join(root, 'models/net.ts'), join(root, 'models/alias.ts'));
    const overlays = ['models/net.ts', 'models/unsaved.ts', 'models/leak.ts', 'away/new.ts'].map(
      (path) => [path as ModulePath, 'unsaved'] as const,
    );
    files = new WorkspaceFiles(root, new Map(overlays));
  });

  after(() => rmSync(folder, { recursive: true }));

  const outcome = (found: string | { code: string; message: string }): string =>
    typeof found === 'string' ? found : `${found.code}: ${found.message}`;
  const resolve = (specifier: string): string => outcome(files.resolve(main, specifier));
  const read = (path: string): string => outcome(files.read(path as ModulePath));

  it('are found as TypeScript finds them', () => {
    assert.equal(resolve('./net.ts'), 'models/net.ts');
    assert.equal(resolve('./net.js'), 'models/net.ts');
    assert.equal(resolve('./net'), 'models/net.ts');
    assert.equal(resolve('./both.js'), 'models/both.ts');
    assert.equal(resolve('./plain.js'), 'models/plain.js');
    assert.equal(resolve('./plain'), 'models/plain.js');
    assert.equal(resolve('./parts'), 'models/parts/index.ts');
    assert.equal(resolve('./parts/'), 'models/parts/index.ts');
    assert.equal(resolve('../data/rows.json'), 'data/rows.json');
    assert.equal(resolve('../models/./net.js'), 'models/net.ts');
    assert.equal(resolve('../..dots/x.ts'), '..dots/x.ts');
    assert.equal(resolve('retrograd'), 'retrograd');
  });

  it('are read with unsaved buffers in their place', () => {
    assert.equal(read('models/main.ts'), 'main');
    assert.equal(read('models/net.ts'), 'unsaved');
    assert.equal(resolve('./unsaved.js'), 'models/unsaved.ts');
    assert.equal(read('models/unsaved.ts'), 'unsaved');
  });

  it('may be linked to within the folder', () => {
    assert.equal(resolve('./alias.js'), 'models/alias.ts');
    assert.equal(read('models/alias.ts'), 'net');
  });

  it('are refused by name when the path leads out', () => {
    const out = (name: string): string =>
      `refused-import: Cannot import '${name}': it leads out of the workspace folder.`;
    assert.equal(resolve('../../secret.ts'), out('../../secret.ts'));
    assert.equal(resolve('../models/../../secret'), out('../models/../../secret'));
    assert.equal(resolve('./leak.js'), out('./leak.js'));
    assert.equal(resolve('../away/x.ts'), out('../away/x.ts'));
    assert.equal(resolve('../away/new.ts'), out('../away/new.ts'));
    assert.equal(resolve('./..\\..\\secret.ts'), out('./..\\..\\secret.ts'));
    assert.equal(read('../secret.ts'), out('../secret.ts'));
    assert.equal(read('models/leak.ts'), out('models/leak.ts'));
    assert.equal(read('/etc/passwd'), out('/etc/passwd'));
  });

  it('are the only modules besides the library', () => {
    for (const name of [
      'lodash',
      'node:fs',
      'retrograd/x',
      '/etc/passwd',
      'file:///etc/passwd',
      'data:text/javascript,1',
      '',
    ]) {
      assert.match(resolve(name), new RegExp(`^refused-import: Cannot import '${name}'`));
    }
  });

  it('are missed by name when they are not there', () => {
    assert.equal(resolve('./nothing.js'), "unknown-import: Cannot find './nothing.js' in the workspace folder.");
    assert.equal(resolve('.'), "unknown-import: Cannot find '.' in the workspace folder.");
    assert.equal(read('models'), "unknown-import: Cannot find 'models' in the workspace folder.");
  });
});
