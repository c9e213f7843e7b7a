import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { converse } from './dialogue.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures', 'debug');

/** Each folder is a program and what is said about it: lines with `> ` are requests, the others what comes of them. */
describe('the debug protocol, as it is spoken', function () {
  this.timeout(60_000);

  for (const name of readdirSync(fixtures)) {
    it(name.replaceAll('-', ' '), async () => {
      const golden = join(fixtures, name, 'dialogue.txt');
      assert.ok(existsSync(golden), `${name} has a dialogue`);
      const expected = readFileSync(golden, 'utf8');
      const script = expected
        .split('\n')
        .filter((line) => line.startsWith('> '))
        .map((line) => line.slice(2));
      // In a folder of its own: what lies round it here decides what the workspace is.
      const folder = realpathSync(mkdtempSync(join(tmpdir(), 'retrograd-debug-')));
      cpSync(join(fixtures, name), folder, { recursive: true });
      try {
        const told = await converse(folder, script);
        if (process.env['UPDATE_GOLDEN']) writeFileSync(golden, told);
        else assert.equal(told, expected);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});
