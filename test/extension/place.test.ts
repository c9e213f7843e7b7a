import assert from 'node:assert/strict';
import fc from 'fast-check';
import { canBelongToProgram, fileOf, placeOf } from '../../extension/place.ts';

const file = (fsPath: string) => ({ scheme: 'file', fsPath });
const windows = String.raw`c:\app\nets\net.ts`;

describe('the place of a document', () => {
  it('is a path with forward slashes under its workspace folder', () => {
    assert.deepEqual(placeOf(file('/work/app/src/net.ts'), ['/work/app']), { root: '/work/app', path: 'src/net.ts' });
  });

  it('is under the innermost of several folders', () => {
    const expected = { root: '/work/app/packages/a', path: 'net.ts' };
    assert.deepEqual(
      placeOf(file('/work/app/packages/a/net.ts'), ['/work/app', '/work/app/packages/a', '/other']),
      expected,
    );
    assert.deepEqual(placeOf(file('/work/app/packages/a/net.ts'), ['/work/app/packages/a', '/work/app']), expected);
  });

  it('is in its own folder when no workspace folder contains it, however alike their names are', () => {
    assert.deepEqual(placeOf(file('/work/application/net.ts'), ['/work/app']), {
      root: '/work/application',
      path: 'net.ts',
    });
    assert.deepEqual(placeOf(file('/tmp/net.ts'), []), { root: '/tmp', path: 'net.ts' });
  });

  it('takes a folder whose name begins with dots for a folder', () => {
    assert.deepEqual(placeOf(file('/work/app/..hidden/net.ts'), ['/work/app']), {
      root: '/work/app',
      path: '..hidden/net.ts',
    });
  });

  it('does not exist off this disk', () => {
    for (const scheme of ['untitled', 'git', 'vscode-vfs', 'vscode-notebook-cell'])
      assert.equal(placeOf({ scheme, fsPath: '/work/app/net.ts' }, ['/work/app']), null);
  });

  it('is under its workspace folder, wherever that is', () => {
    const there = (path: string) => ({
      scheme: 'vscode-vfs',
      fsPath: path,
      toString: () => `vscode-vfs://github${path.split('/').map(encodeURIComponent).join('/')}`,
    });
    const folders = [there('/me/my nets').toString()];
    const place = { root: 'vscode-vfs://github/me/my%20nets', path: 'a b/net.ts' };
    assert.deepEqual(placeOf(there('/me/my nets/a b/net.ts'), folders), place);
    assert.equal(
      fileOf(placeOf(there('/me/my nets/a b/net.ts'), folders)!),
      'vscode-vfs://github/me/my%20nets/a%20b/net.ts',
    );
    assert.equal(placeOf(there('/me/other/net.ts'), folders), null);
  });

  it('leads back to the file', () => {
    const name = fc.stringMatching(/^[a-zäß.][a-z ä0-9-]{0,8}$/).filter((part) => part !== '.' && part !== '..');
    fc.assert(
      fc.property(
        fc.array(name, { minLength: 1, maxLength: 4 }),
        fc.array(name, { minLength: 1, maxLength: 4 }),
        (folder, inside) => {
          const root = `/${folder.join('/')}`;
          const place = placeOf(file(`${root}/${inside.join('/')}`), [root]);
          assert.equal(place && fileOf(place), `${root}/${inside.join('/')}`);
        },
      ),
    );
  });

  it('has the slashes of its disk in the root alone', () => {
    const root = String.raw`c:\app`;
    assert.deepEqual(placeOf(file(windows), [root]), { root, path: 'nets/net.ts' });
    assert.equal(fileOf(placeOf(file(windows), [root])!), windows);
    assert.deepEqual(placeOf(file(windows), []), { root: String.raw`c:\app\nets`, path: 'net.ts' });
  });

  it('knows what a program can be made of', () => {
    assert.deepEqual(['/a.ts', '/a.d.ts', '/a.mjs', '/a.json', '/a.tsx', '/a.md', '/ts'].map(canBelongToProgram), [
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
