import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './imports-of.ts';

const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const english = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;
const manifest = JSON.parse(read('package.json')) as {
  version: string;
  scripts: Record<string, string>;
  contributes: { configuration: { properties: Record<string, unknown> }; commands: readonly { title: string }[] };
};

describe('the pages for people', () => {
  for (const page of ['README.md', 'CONTRIBUTING.md']) {
    it(`of ${page} name only scripts that there are`, () => {
      const named = [...read(page).matchAll(/(?:`|^)npm (?:run )?([a-z][\w-]*)/gm)].map(([, script]) => script!);
      const own = new Set(['install', 'ci', 'pack']);
      assert.deepEqual(
        named.filter((script) => !own.has(script) && manifest.scripts[script] === undefined),
        [],
      );
    });
  }

  it('name every setting and every command', () => {
    const page = read('docs/editor.md');
    const settings = Object.keys(manifest.contributes.configuration.properties);
    assert.deepEqual(
      settings.filter((setting) => !page.includes(`\`${setting}\``)),
      [],
    );
    const titles = manifest.contributes.commands.map(({ title }) => english[title.replaceAll('%', '')] ?? title);
    assert.deepEqual(
      titles.filter((title) => !page.includes(`Retrograd: ${title}`)),
      [],
    );
  });

  it('of changes speak of the version that is being built', () => {
    assert.match(read('CHANGELOG.md'), new RegExp(`^## ${manifest.version.replaceAll('.', '\\.')}\\b`, 'm'));
  });

  it('give every package that is shipped its notice', () => {
    assert.ok(existsSync(join(root, 'dist', 'inputs.json')), 'run `npm run build` first');
    const inputs = JSON.parse(read('dist/inputs.json')) as readonly string[];
    const shipped = new Set(
      inputs
        .map((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1])
        .filter((name) => name !== undefined),
    );
    const notice = read('NOTICE');
    assert.deepEqual(
      [...shipped].filter((name) => !notice.includes(`\n${name} `)),
      [],
    );
  });
});

describe('package-lock.json', () => {
  it('holds no download addresses', () => {
    assert.doesNotMatch(read('package-lock.json'), /"resolved"/);
  });
});
