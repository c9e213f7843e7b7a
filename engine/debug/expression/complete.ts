import { functions } from './functions.ts';

export interface Completion {
  readonly text: string;
  readonly kind: 'variable' | 'function' | 'property' | 'keyword';
  /** Where the word that is being typed begins, and how long it is. */
  readonly start: number;
  readonly length: number;
}

const members = ['grad', 'value', 'shape', 'dtype', 'op'] as const;

/** What the word before the cursor may become. Longer lists are not read. */
export function completions(
  text: string,
  cursor: number,
  names: Iterable<string>,
  words: readonly string[],
  most = 200,
): Completion[] {
  const typed = /[∂$]?[\p{ID_Continue}\u2080-\u209c]*$/u.exec(text.slice(0, cursor))?.[0] ?? '';
  const start = cursor - typed.length;
  const afterDot = text[start - 1] === '.';
  const found: Completion[] = [];
  const offer = (kind: Completion['kind'], word: string): void => {
    if (found.length < most && word.toLowerCase().startsWith(typed.toLowerCase()))
      found.push({ text: word, kind, start, length: typed.length });
  };
  if (afterDot) for (const member of members) offer('property', member);
  else {
    for (const name of names) offer('variable', name);
    for (const word of words) offer('keyword', word);
    for (const name of Object.keys(functions)) offer('function', name);
  }
  return found;
}
