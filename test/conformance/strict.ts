import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const library = fileURLToPath(new URL('../../engine/library.ts', import.meta.url));

/** What a strict compiler has to say about files whose `retrograd` is the library's source: text and complaint. */
export function complaintsOf(files: readonly string[]): string[] {
  const program = ts.createProgram([...files], {
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
    paths: { retrograd: [library] },
  });
  return files.flatMap((file) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(file))
      .map(({ start, length, messageText, file: at }) =>
        [at?.text.slice(start, start! + length!), ts.flattenDiagnosticMessageText(messageText, ' ')].join(': '),
      ),
  );
}
