import type { Offset } from '../../engine/base/span.ts';
import { libraryName, libraryNames } from './imports-retrograd.ts';
import { tokensOf, type Token } from './tokens.ts';

/** Where the library's `model(` is called in a text that nothing has parsed yet, in the order of the text. */
export function locateModels(text: string): Offset[] {
  if (!text.includes(libraryName)) return [];
  const tokens = tokensOf(text);
  const names = libraryNames(tokens);
  return tokens.flatMap((token, index) => {
    const qualifier = tokens[index - 1]?.text === '.' ? tokens[index - 2] : undefined;
    const named =
      qualifier === undefined
        ? tokens[index - 1]?.text !== '.' && tokens[index - 1]?.text !== 'function' && names.model.has(token.text)
        : token.text === 'model' && names.namespaces.has(qualifier.text) && tokens[index - 3]?.text !== '.';
    return token.kind === 'word' && named && isCall(tokens, index + 1) ? [(qualifier ?? token).start as Offset] : [];
  });
}

/** `(`, or type arguments and then `(`. */
function isCall(tokens: readonly Token[], from: number): boolean {
  if (tokens[from]?.text !== '<') return tokens[from]?.text === '(';
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    if (tokens[at]!.text === '<') depth++;
    // The arrow of a function type closes nothing.
    if (tokens[at]!.text === '>' && tokens[at - 1]!.text !== '=' && --depth === 0) return tokens[at + 1]?.text === '(';
    if (tokens[at]!.text === ';') return false;
  }
  return false;
}
