/** A piece of text and where it begins in the whole. Blanks round it are left out. */
export interface Part {
  readonly start: number;
  readonly text: string;
}

/** `layer(x, W)`, `net.encode(x)`: read without a parser, because the text is known to be a call. */
export interface CallText {
  /** The last name before the parenthesis. */
  readonly callee: string;
  /** What stands before the dot of `x.mul(…)`. */
  readonly receiver: Part | null;
  /** Up to a spread, or a `<` that may be of types: what comes after it has no place that could be told. */
  readonly args: readonly Part[];
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

export const isIdentifier = (text: string): boolean => identifier.test(text);

/** Null for what is no call, or is written in a way that is not understood here. */
export function callIn(text: string): CallText | null {
  if (!text.endsWith(')')) return null;
  const open = matchOf(text, text.length - 1);
  const list = open === null ? null : partsOf(text, open);
  if (open === null || !list) return null;
  const found = /^(?:(.*?)\??\.)?\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(?:\?\.)?$/su.exec(text.slice(0, open));
  if (!found) return null;
  const [, before, callee] = found;
  const spread = list.findIndex(({ text: one }) => one.startsWith('...') || angles(one) !== 0);
  return {
    callee: callee!,
    receiver: before === undefined ? null : trimmed(text, 0, before.length),
    args: spread < 0 ? list : list.slice(0, spread),
  };
}

/** Names of a function's parameters, by place; null for one that is taken apart. None from a rest parameter on. */
export function parametersIn(text: string): readonly (string | null)[] {
  const arrow = /^(?:async\s+)?([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*=>/u.exec(text);
  if (arrow) return [arrow[1]!];
  const parts = joined(partsOf(text, text.indexOf('(')) ?? []);
  const rest = parts.findIndex((part) => part.text.startsWith('...'));
  return (rest < 0 ? parts : parts.slice(0, rest)).map(
    (part) =>
      /^(?:(?:public|private|protected|readonly|override)\s+)*([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(?:[?:=]|$)/u.exec(
        part.text,
      )?.[1] ?? null,
  );
}

/** How many `<` are left open in a text; that of `=>` closes none. */
const angles = (text: string): number => (text.match(/</g)?.length ?? 0) - (text.match(/(?<!=)>/g)?.length ?? 0);

/** `x: Map<string, Tensor>` is one parameter. */
function joined(parts: readonly Part[]): Part[] {
  const whole: Part[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    if (last && angles(last.text) > 0) whole[whole.length - 1] = { ...last, text: `${last.text}, ${part.text}` };
    else whole.push(part);
  }
  return whole;
}

/** What stands between a bracket and the one that closes it, at its commas. Null where none closes it. */
function partsOf(text: string, open: number): Part[] | null {
  if (open < 0) return null;
  const parts: Part[] = [];
  const stack: string[] = [];
  let start = open + 1;
  for (let at = open; at < text.length; at = next(text, at)) {
    const character = text[at]!;
    if (closing[character] !== undefined) stack.push(closing[character]);
    else if (character === stack.at(-1)) stack.pop();
    else if (')]}'.includes(character)) return null;
    const isEnd = stack.length === 0;
    if (!isEnd && !(character === ',' && stack.length === 1)) continue;
    const part = trimmed(text, start, at);
    // A comma may stand behind the last one.
    if (part.text !== '') parts.push(part);
    if (isEnd) return parts;
    start = at + 1;
  }
  return null;
}

/** Where the bracket stands that the one at `close` closes. */
function matchOf(text: string, close: number): number | null {
  const opened: number[] = [];
  for (let at = 0; at < text.length; at = next(text, at)) {
    const character = text[at]!;
    if (closing[character] !== undefined) opened.push(at);
    else if (')]}'.includes(character)) {
      const open = opened.pop();
      if (open === undefined || closing[text[open]!] !== character) return null;
      if (at === close) return open;
    }
  }
  return null;
}

/** The next character that is code: strings, templates and comments are passed over. */
function next(text: string, at: number): number {
  const skipped = /^(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|\/\/[^\n]*|\/\*.*?\*\/)/s;
  let after = at + 1;
  for (;;) {
    if (!/['"`/]/.test(text[after] ?? '')) return after;
    const found = skipped.exec(text.slice(after));
    if (!found) return after;
    after += found[0].length;
  }
}

function trimmed(text: string, start: number, end: number): Part {
  const whole = text.slice(start, end);
  return { start: start + whole.length - whole.trimStart().length, text: whole.trim() };
}
