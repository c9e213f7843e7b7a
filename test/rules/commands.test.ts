import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { retrograd } from '../examples/command-line.ts';
import { root } from './imports-of.ts';

const chain = readFileSync(join(root, 'examples', 'two-layer-chain.ts'), 'utf8');

/** Lines of the fenced blocks for a shell that call the command, up to the first pipe: what comes after it is not ours. */
const linesOf = (page: string): readonly string[] =>
  [...page.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) =>
    [...block!.matchAll(/^npx retrograd ([^|\n]*)/gm)].map(([, args]) => args!.trim()),
  );

const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => ({ file, lines: linesOf(readFileSync(join(root, 'docs', file), 'utf8')) }))
  .filter(({ lines }) => lines.length > 0);

describe('the commands in docs/', function () {
  this.timeout(120_000);
  let folder: string;
  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'retrograd-commands-')));
    const texts = {
      'package.json': '{}',
      'model.ts': chain,
      'before.ts': chain,
      'after.ts': chain.replace('tanh', 'sin'),
    };
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
    for (const name of ['a', 'b', 'before']) {
      const made = retrograd(['export', 'before.ts', '--format', 'json', '--out', `${name}.trace.json`], folder);
      assert.equal(made.code, 0, made.err);
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  it('are found', () => assert.ok(pages.length >= 3));

  for (const { file, lines } of pages)
    for (const line of lines)
      it(`of ${file} run as they stand: ${line}`, () => {
        const { code, out, err } = retrograd(line.split(/\s+/), folder);
        assert.equal(code, 0, err);
        assert.ok((out + err).length > 0);
      });
});
