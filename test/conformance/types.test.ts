import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { newFolder } from './conform.ts';
import { programOf } from './program.ts';
import { readReference } from './reference.ts';
import { samples } from './samples/index.ts';
import { programOf as programOfSample } from './try-functions.ts';

const library = fileURLToPath(new URL('../../engine/library.ts', import.meta.url));

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
      const program = ts.createProgram(files, {
        strict: true,
        noEmit: true,
        allowImportingTsExtensions: true,
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        types: [],
        paths: { retrograd: [library] },
      });
      const complaints = files.flatMap((file) =>
        program
          .getSemanticDiagnostics(program.getSourceFile(file))
          .map(({ start, length, messageText, file: at }) =>
            [at?.text.slice(start, start! + length!), ts.flattenDiagnosticMessageText(messageText, ' ')].join(': '),
          ),
      );
      assert.deepEqual(complaints, []);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
