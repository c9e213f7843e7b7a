import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { newFolder } from './conform.ts';
import { inNode } from './in-node.ts';
import { readReference } from './reference.ts';
import { complaintsOf } from './strict.ts';

const page = readFileSync(new URL('../../docs/library.md', import.meta.url), 'utf8');
const programs = [...page.matchAll(/^```ts\n(.*?)^```/gms)].map(([, text]) => text!);
/** `console.log(…); // what it prints` */
const printed = /^console\.log\(.*\); \/\/ (.*)$/gm;

describe('the programs of docs/library.md', function () {
  this.timeout(60_000);
  const folder = newFolder();
  const fileOf = (i: number): string => join(folder, `program-${i}.ts`);
  before(() => {
    inNode(folder);
    programs.forEach((text, i) => writeFileSync(fileOf(i), text));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('are TypeScript that a strict compiler takes', () => {
    assert.deepEqual(complaintsOf(programs.map((_, i) => fileOf(i))), []);
  });

  it('count the programs that were compared', () => {
    for (const name of ['torch-cases', 'torch-random-cases', 'random-cases']) {
      const { length } = readReference(new URL(`../fixtures/reference/${name}.json`, import.meta.url));
      assert.match(page, new RegExp(`\\b${length}\\s+programs\\b`), name);
    }
  });

  for (const [i, text] of programs.entries()) {
    const title = /^import.*? from/s.exec(text)?.[0].replace(/\s+/g, ' ') ?? text.slice(0, 40);
    it(`print what the page says: ${title} …`, async () => {
      const lines: string[] = [];
      const { log } = console;
      console.log = (...values: unknown[]) =>
        void lines.push(values.map((value) => (typeof value === 'string' ? value : shown(value))).join(' '));
      try {
        await import(pathToFileURL(fileOf(i)).href);
      } finally {
        console.log = log;
      }
      assert.deepEqual(
        lines,
        [...text.matchAll(printed)].map(([, expected]) => expected),
      );
    });
  }
});

const shown = (value: unknown): string =>
  inspect(value, { breakLength: Infinity, depth: 9, compact: true }).replace(/\[ /g, '[').replace(/ \]/g, ']');
