import { tokensOf, type Token } from './tokens.ts';

export const libraryName = 'retrograd';

/** What a file calls the library's `model`: its own names for it, and names of the whole namespace. */
export interface LibraryNames {
  readonly model: ReadonlySet<string>;
  readonly namespaces: ReadonlySet<string>;
}

/** Cheap enough for every keystroke: most files do not hold the word at all. */
export const importsRetrograd = (text: string): boolean =>
  text.includes(libraryName) && tokensOf(text).some(isLibraryImport);

/** Reads `import { model as m } from 'retrograd'` and `import * as rg from 'retrograd'`. */
export function libraryNames(tokens: readonly Token[]): LibraryNames {
  const model = new Set<string>();
  const namespaces = new Set<string>();
  const words = tokens.map(({ text }) => text);
  tokens.forEach((token, index) => {
    if (!isLibraryImport(token, index, tokens)) return;
    const clause = tokens.slice(words.lastIndexOf('import', index - 1) + 1, index - 1);
    clause.forEach((word, at) => {
      const renamed = clause[at + 1]?.text === 'as' ? clause[at + 2]?.text : undefined;
      if (word.text === '*' && renamed !== undefined) namespaces.add(renamed);
      if (word.text === 'model' && clause[at - 1]?.text !== 'as') model.add(renamed ?? 'model');
    });
  });
  return { model, namespaces };
}

function isLibraryImport(token: Token, index: number, tokens: readonly Token[]): boolean {
  const before = tokens[index - 1];
  return (
    token.kind === 'string' &&
    token.text === libraryName &&
    before?.kind === 'word' &&
    (before.text === 'from' || before.text === 'import')
  );
}
