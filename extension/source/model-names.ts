import type { Offset } from '../../engine/base/span.ts';
import { locateModels } from './model-locator.ts';
import { type Token, tokensOf } from './tokens.ts';

export interface LocatedModel {
  readonly offset: Offset;
  /** Of the variable or property it is bound to, as a run names it unless the model has another name of its own. */
  readonly name: string;
}

/** The models of a text that nothing has parsed yet, by name. A name that occurs again gets its number: `net (2)`. */
export function nameModels(text: string): LocatedModel[] {
  const offsets = locateModels(text);
  if (offsets.length === 0) return [];
  const tokens = tokensOf(text);
  const taken = new Map<string, number>();
  return offsets.map((offset) => {
    const name =
      boundTo(
        tokens,
        tokens.findIndex(({ start }) => start === offset),
      ) ?? 'model';
    const times = (taken.get(name) ?? 0) + 1;
    taken.set(name, times);
    return { offset, name: times === 1 ? name : `${name} (${times})` };
  });
}

const wordOf = (token: Token | undefined): string | null => (token?.kind === 'word' ? token.text : null);
const declaring = new Set(['const', 'let', 'var']);

function boundTo(tokens: readonly Token[], at: number): string | null {
  const before = tokens[at - 1];
  const named = tokens[at - 2];
  if (before?.text === 'default' && named?.text === 'export') return 'default';
  if (before?.text === ':') return named?.kind === 'word' || named?.kind === 'string' ? named.text : null;
  if (before?.text !== '=') return null;
  // `const net: Model = model(…)`: the name stands before its type.
  for (let i = at - 2; i >= 0 && tokens[i]!.text !== ';' && tokens[i]!.text !== '='; i--)
    if (declaring.has(tokens[i]!.text)) return wordOf(tokens[i + 1]);
  return wordOf(named);
}
