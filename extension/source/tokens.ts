/** A word, a piece of punctuation (one character), or a string without its quotes. Comments, templates' text and regular expressions are left out. */
export interface Token {
  readonly kind: 'word' | 'punctuation' | 'string';
  readonly text: string;
  readonly start: number;
}

const isWordCharacter = (character: string): boolean => /[\p{ID_Continue}$]/u.test(character);

/** After these words a slash begins a regular expression; after any other word it divides. */
const beforeExpression = new Set([
  'return',
  'typeof',
  'case',
  'in',
  'of',
  'delete',
  'void',
  'throw',
  'new',
  'do',
  'else',
  'yield',
  'await',
  'instanceof',
]);

/**
 * Splits TypeScript into what is needed to find calls and imports, and never fails: an unfinished string ends with its line.
 * The real parser works in the worker, and only after a run was allowed; this is for what is shown before.
 */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  /** For each `${` that is open: how many braces are open inside it. */
  const templates: number[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text[at]!;
    if (text.startsWith('//', at)) {
      at = endOf(text, '\n', at);
    } else if (text.startsWith('/*', at)) {
      at = endOf(text, '*/', at + 2);
    } else if (character === '"' || character === "'") {
      const end = quotedEnd(text, at);
      tokens.push({ kind: 'string', text: text.slice(at + 1, end - 1), start: at });
      at = end;
    } else if (character === '`' || (character === '}' && templates.at(-1) === 0)) {
      if (character === '}') templates.pop();
      const end = templateEnd(text, at + 1);
      if (text.startsWith('${', end - 2)) templates.push(0);
      // Stands for the value, so that a slash after it divides.
      else tokens.push({ kind: 'string', text: '', start: at });
      at = end;
    } else if (character === '/' && beginsRegularExpression(tokens.at(-1))) {
      at = regularExpressionEnd(text, at);
    } else if (isWordCharacter(character)) {
      const start = at;
      while (at < text.length && isWordCharacter(text[at]!)) at++;
      tokens.push({ kind: 'word', text: text.slice(start, at), start });
    } else {
      if (character === '{' && templates.length > 0) templates[templates.length - 1]!++;
      if (character === '}' && templates.length > 0) templates[templates.length - 1]!--;
      if (character.trim() !== '') tokens.push({ kind: 'punctuation', text: character, start: at });
      at++;
    }
  }
  return tokens;
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}

function quotedEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[start] || text[at] === '\n') return at + 1;
  }
  return text.length;
}

/** Just after the closing backquote, or just after the next `${`. */
function templateEnd(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '`') return at + 1;
    else if (text.startsWith('${', at)) return at + 2;
  }
  return text.length;
}

function beginsRegularExpression(before: Token | undefined): boolean {
  if (before === undefined) return true;
  if (before.kind === 'word') return beforeExpression.has(before.text);
  return before.kind === 'punctuation' && before.text !== ')' && before.text !== ']' && before.text !== '}';
}

function regularExpressionEnd(text: string, start: number): number {
  let inClass = false;
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at++;
    else if (character === '\n') return at;
    else if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    else if (character === '/' && !inClass) return at + 1;
  }
  return text.length;
}
