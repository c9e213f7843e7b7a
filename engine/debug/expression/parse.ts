import { t } from '../../base/l10n.ts';
import { ExpressionError, type Token, tokensOf } from './tokens.ts';

export type BinarySign = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%' | '**';

/** What a reader asks of a stop. `at` is where in the text it stands. */
export type Asked = { readonly at: number } & (
  | { readonly kind: 'literal'; readonly value: number | string | boolean | null }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly of: Asked; readonly name: string }
  | { readonly kind: 'index'; readonly of: Asked; readonly index: Asked }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Asked[] }
  | { readonly kind: 'not' | 'negative'; readonly of: Asked }
  | { readonly kind: 'binary'; readonly sign: BinarySign; readonly left: Asked; readonly right: Asked }
);

/** How tightly a sign binds, loosest first. Equal signs associate to the left, `**` to the right. */
const powers: Readonly<Record<string, readonly [number, BinarySign]>> = {
  '||': [1, '||'],
  '&&': [2, '&&'],
  '==': [3, '=='],
  '===': [3, '=='],
  '!=': [3, '!='],
  '!==': [3, '!='],
  '<': [4, '<'],
  '<=': [4, '<='],
  '>': [4, '>'],
  '>=': [4, '>='],
  '+': [5, '+'],
  '-': [5, '-'],
  '*': [6, '*'],
  '/': [6, '/'],
  '%': [6, '%'],
  '**': [8, '**'],
};
const prefix = 7;

/** Deeper nesting is no question that anybody has. */
const deepest = 60;

const words: Readonly<Record<string, number | boolean | null>> = {
  true: true,
  false: false,
  null: null,
  NaN: NaN,
  Infinity: Infinity,
};

/** @throws ExpressionError */
export function parse(text: string): Asked {
  const parser = new Parser(tokensOf(text));
  const asked = parser.expression(0);
  parser.expectEnd();
  return asked;
}

/** A Pratt parser: each sign knows how tightly it binds, and nothing else is known of the grammar. */
class Parser {
  #at = 0;
  #depth = 0;

  constructor(readonly tokens: readonly Token[]) {}

  expression(power: number): Asked {
    if (++this.#depth > deepest) throw new ExpressionError(t('This is nested too deeply.'), this.#peek.at);
    let left = this.#first();
    for (;;) {
      const { kind, text, at } = this.#peek;
      const [binds, sign] = (kind === 'sign' ? powers[text] : undefined) ?? [];
      if (sign === undefined || binds! <= power) break;
      this.#at++;
      left = { kind: 'binary', sign, left, right: this.expression(sign === '**' ? binds! - 1 : binds!), at };
    }
    this.#depth--;
    return left;
  }

  expectEnd(): void {
    if (this.#peek.kind !== 'end') throw unexpected(this.#peek);
  }

  get #peek(): Token {
    return this.tokens[this.#at]!;
  }

  #next(): Token {
    const token = this.#peek;
    if (token.kind !== 'end') this.#at++;
    return token;
  }

  #expect(sign: string): void {
    const token = this.#next();
    if (token.kind !== 'sign' || token.text !== sign)
      throw new ExpressionError(t("'{0}' is missing here.", sign), token.at);
  }

  #has(sign: string): boolean {
    const found = this.#peek.kind === 'sign' && this.#peek.text === sign;
    if (found) this.#at++;
    return found;
  }

  #first(): Asked {
    const token = this.#next();
    const { kind, text, at } = token;
    if (kind === 'number') return this.#rest({ kind: 'literal', value: Number(text), at });
    if (kind === 'string') return this.#rest({ kind: 'literal', value: unquoted(text), at });
    if (kind === 'name') return this.#rest(this.#named(text, at));
    if (kind === 'sign' && text === '(') {
      const inner = this.expression(0);
      this.#expect(')');
      return this.#rest(inner);
    }
    if (kind === 'sign' && (text === '-' || text === '!'))
      return { kind: text === '-' ? 'negative' : 'not', of: this.expression(prefix), at };
    if (kind === 'sign' && text === '+') return this.expression(prefix);
    throw unexpected(token);
  }

  #named(name: string, at: number): Asked {
    if (Object.hasOwn(words, name)) return { kind: 'literal', value: words[name]!, at };
    if (!this.#has('(')) return { kind: 'name', name, at };
    const args: Asked[] = [];
    if (this.#has(')')) return { kind: 'call', name, args, at };
    do args.push(this.expression(0));
    while (this.#has(','));
    this.#expect(')');
    return { kind: 'call', name, args, at };
  }

  /** Members and elements: `W1.grad[0][1]`, `x[0, 1]`. */
  #rest(first: Asked): Asked {
    let asked = first;
    // Each of them nests the next one deeper.
    for (let length = 0; ; length++) {
      if (length > deepest) throw new ExpressionError(t('This is nested too deeply.'), this.#peek.at);
      const { at } = this.#peek;
      if (this.#has('.')) {
        const token = this.#next();
        if (token.kind !== 'name') throw unexpected(token);
        asked = { kind: 'member', of: asked, name: token.text, at: token.at };
      } else if (this.#has('[')) {
        do asked = { kind: 'index', of: asked, index: this.expression(0), at };
        while (this.#has(','));
        this.#expect(']');
      } else return asked;
    }
  }
}

const unquoted = (text: string): string => text.slice(1, -1).replace(/\\(.)/g, '$1');

const unexpected = ({ kind, text, at }: Token): ExpressionError =>
  new ExpressionError(
    kind === 'end' ? t('The expression ends too early.') : t("'{0}' is not expected here.", text),
    at,
  );
