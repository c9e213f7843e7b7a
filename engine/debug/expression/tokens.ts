import { t } from '../../base/l10n.ts';

/** A text is no expression, or means nothing here. `at` is an index into it. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
  constructor(
    message: string,
    readonly at = 0,
  ) {
    super(message);
  }
}

export interface Token {
  readonly kind: 'number' | 'string' | 'name' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

/** Nobody types more; whoever sends more is no person. */
const longest = 1000;

const patterns: readonly (readonly [Token['kind'] | 'blank', RegExp])[] = [
  ['blank', /\s+/y],
  ['number', /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
  // Names of the source, as they are typeset (`u₁`), with a repetition's number (`mul#6`), and `∂E` of `∂E/∂w`.
  ['name', /[∂$]?[\p{ID_Start}_][\p{ID_Continue}\u2080-\u209c]*(?:#\d+)?/uy],
  ['string', /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y],
  ['sign', /&&|\|\||[=!]==?|<=|>=|\*\*|[-+*/%<>!()[\].,]/y],
];

/** Signs that people and this program write for others. */
const meant: Readonly<Record<string, string>> = {
  '−': '-',
  '·': '*',
  '×': '*',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '∞': '∞',
};

/** @throws ExpressionError */
export function tokensOf(text: string): Token[] {
  if (text.length > longest) throw new ExpressionError(t('An expression has at most {0} characters.', longest));
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const sign = meant[text[at]!];
    if (sign !== undefined) {
      tokens.push({ kind: sign === '∞' ? 'number' : 'sign', text: sign === '∞' ? 'Infinity' : sign, at });
      at++;
      continue;
    }
    const found = next(text, at);
    if (found === null)
      throw new ExpressionError(t("'{0}' is not expected here.", String.fromCodePoint(text.codePointAt(at)!)), at);
    if (found.kind !== 'blank') tokens.push({ kind: found.kind, text: found.text, at });
    at += found.text.length;
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }];
}

function next(text: string, at: number): { kind: Token['kind'] | 'blank'; text: string } | null {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return { kind, text: found[0] };
  }
  return null;
}
