import { t } from '../../base/l10n.ts';
import { type Asked, parse } from '../expression/parse.ts';
import { type Meaning, read } from '../expression/evaluate.ts';
import { ExpressionError } from '../expression/tokens.ts';
import { isTensor } from '../expression/value.ts';
import { exactly, told } from '../variables/show.ts';

/** A text with expressions in braces: `‖∂W1‖ is {norm(W1.grad)}`. */
export type LogMessage = readonly (string | Asked)[];

/** `{{` and `}}` are braces. @throws ExpressionError */
export function logMessageOf(text: string): LogMessage {
  const parts: (string | Asked)[] = [];
  for (const [, plain, expression] of text.matchAll(/((?:[^{}]|\{\{|\}\})+)|\{([^{}]*)\}/g))
    parts.push(plain === undefined ? parse(expression!) : plain.replaceAll('{{', '{').replaceAll('}}', '}'));
  return parts;
}

export const messageAt = (message: LogMessage, meaning: Meaning): string =>
  message.map((part) => (typeof part === 'string' ? part : shown(part, meaning))).join('');

function shown(asked: Asked, meaning: Meaning): string {
  try {
    const value = read(asked, meaning);
    if (isTensor(value)) return told(value);
    if (typeof value === 'number') return exactly(value, Math.fround(value) === value ? 'float32' : 'float64');
    return typeof value === 'string' ? value : typeof value === 'boolean' ? String(value) : t('none (yet)');
  } catch (error) {
    if (error instanceof ExpressionError) return `{${error.message}}`;
    throw error;
  }
}
