import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const types = fileURLToPath(new URL('../../../dist/retrograd.d.ts', import.meta.url));

/** What the compiler has against programs that import the library, under its strictest settings. */
export function complaintsAbout(programs: readonly string[]): string[] {
  const texts = new Map(programs.map((text, i) => [`/program-${i}.ts`, text]));
  const options: ts.CompilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    paths: { retrograd: [types] },
  };
  const host = ts.createCompilerHost(options);
  const onDisk = { ...host };
  host.readFile = (name) => texts.get(name) ?? onDisk.readFile(name);
  host.fileExists = (name) => texts.has(name) || onDisk.fileExists(name);
  host.getSourceFile = (name, ...rest) => {
    const text = texts.get(name);
    if (text === undefined) return onDisk.getSourceFile(name, ...rest);
    return ts.createSourceFile(name, text, ts.ScriptTarget.ES2022);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText, file }) => {
    const place = file && texts.has(file.fileName) ? `\n${texts.get(file.fileName)!}` : '';
    return ts.flattenDiagnosticMessageText(messageText, ' ') + place;
  });
}
