import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './imports-of.ts';

describe('ARCHITECTURE.md', () => {
  it('names every folder of the tree, and none that is not there', () => {
    assert.deepEqual(foldersOfMap(), foldersOfTree());
  });

  it('links to pages that exist', () => {
    const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.md'),
    );
    const own = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'examples/README.md'];
    for (const page of [...own, ...docs.map((file) => join('docs', file))]) {
      const links = [...readFileSync(join(root, page), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(
        ([, target]) => target!,
      );
      for (const target of links)
        assert.ok(existsSync(join(root, dirname(page), target)), `${page} links to ${target}`);
    }
  });
});

/** Folders as far down as the map goes: those of the parts, and one level below. */
function foldersOfTree(): string[] {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  const folders = files
    .split('\n')
    .filter((file) => file.includes('/') && !file.startsWith('.') && existsSync(join(root, file)))
    .map((file) => dirname(file).split('/').slice(0, 2).join('/'));
  return [...new Set(folders.flatMap((folder) => [folder.split('/')[0]!, folder]))].sort();
}

/** The fenced block below “Map”: one folder a line, indented below the one it is in, with a slash at its end. */
function foldersOfMap(): string[] {
  const map = /## Map\n+```\n([\s\S]*?)```/.exec(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8'))?.[1] ?? '';
  const found: string[] = [];
  let parent = '';
  for (const line of map.split('\n')) {
    const [, indent, name] = /^( *)([\w.-]+)\/(?:\s|$)/.exec(line) ?? [];
    if (indent === undefined || name === undefined) continue;
    if (indent === '') parent = name;
    found.push(indent === '' ? name : `${parent}/${name}`);
  }
  return found.sort();
}
