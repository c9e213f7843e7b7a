import ts from 'typescript';

/** Enough for a model and what it imports; a tree of 3,000 lines takes about 5 MB. */
const keptTrees = 64;
const trees = new Map<string, ts.SourceFile>();

/**
 * Parses, reusing the tree of the file's last text where it did not change. The earlier tree of the same path is given up:
 * TypeScript moves its nodes into the new one. Only sound trees are built on and only sound ones result from that: next to an
 * error, TypeScript may word it differently, or group differently, than it does for the text afresh.
 */
export function parse(path: string, text: string): ts.SourceFile {
  const before = trees.get(path);
  trees.delete(path); // also when parsing throws: a half-moved tree must not be used again
  const again = before === undefined ? undefined : parseAgain(before, text);
  const tree = again !== undefined && isSound(again) ? again : parseAfresh(path, text);
  if (isSound(tree)) trees.set(path, tree);
  if (trees.size > keptTrees) trees.delete(trees.keys().next().value!);
  return tree;
}

/** Syntax errors as the parser saw them. The property is not in TypeScript's public types, but every tree has it. */
export const syntaxErrors = (tree: ts.SourceFile): readonly ts.DiagnosticWithLocation[] =>
  (tree as unknown as { readonly parseDiagnostics: readonly ts.DiagnosticWithLocation[] }).parseDiagnostics;

const isSound = (tree: ts.SourceFile): boolean => syntaxErrors(tree).length === 0;

function parseAfresh(path: string, text: string): ts.SourceFile {
  const options: ts.CreateSourceFileOptions = {
    languageVersion: ts.ScriptTarget.ESNext,
    impliedNodeFormat: ts.ModuleKind.ESNext,
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  };
  return ts.createSourceFile(path, text, options, /* setParentNodes */ true, ts.ScriptKind.TS);
}

function parseAgain(before: ts.SourceFile, text: string): ts.SourceFile {
  return before.text === text ? before : ts.updateSourceFile(before, text, changeBetween(before.text, text));
}

function changeBetween(before: string, after: string): ts.TextChangeRange {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  while (
    same < shorter - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  )
    same++;
  return ts.createTextChangeRange(ts.createTextSpan(start, before.length - same - start), after.length - same - start);
}
