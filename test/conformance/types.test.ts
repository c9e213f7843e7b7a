import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from './conform.ts';
import { programOf } from './program.ts';
import { readReference } from './reference.ts';
import { samples } from './samples/index.ts';
import { complaintsOf } from './strict.ts';
import { programOf as programOfSample } from './try-functions.ts';

describe('the programs of cases and samples', function () {
  this.timeout(60_000);

  it('are TypeScript that a strict compiler takes', () => {
    const cases = readReference(new URL('../fixtures/reference/torch-cases.json', import.meta.url));
    const texts = [
      ...cases.map((one) => programOf(one, 'float64')),
      ...Object.values(samples).flatMap((section) => Object.values(section).flat().map(programOfSample)),
    ];
    const folder = newFolder();
    try {
      const files = texts.map((text, i) => {
        const file = join(folder, `program-${i}.ts`);
        writeFileSync(file, text);
        return file;
      });
      assert.deepEqual(complaintsOf(files), []);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
