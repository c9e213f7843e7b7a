import { type RuleId, ruleIds } from '../../analysis/health/finding.ts';
import { type Span, span } from '../../base/span.ts';

/** `// retrograd-ignore dead-relu, update-ratio: why it is meant` */
const comment = /(?:\/\/|\/\*)\s*(retrograd-ignore)(?:[ \t]+([\w-]+(?:[ \t]*,[ \t]*[\w-]+)*))?/;

/** A rule that a comment of a text asks to be silent about, and where. */
export interface Suppression {
  /** From 1. It holds for its own line and for the next. */
  readonly line: number;
  /** As it is written; null where the comment names no rule. */
  readonly name: string | null;
  readonly rule: RuleId | null;
  /** Of the name. */
  readonly span: Span;
}

export function suppressionsOf(text: string): Suppression[] {
  if (!text.includes('retrograd-ignore')) return [];
  const found: Suppression[] = [];
  let start = 0;
  for (const [i, content] of text.split('\n').entries()) {
    const match = comment.exec(content);
    if (match) found.push(...namesIn(match, i + 1, start + match.index));
    start += content.length + 1;
  }
  return found;
}

/** @param at where the match begins in the text */
function namesIn([whole, word, names]: RegExpExecArray, line: number, at: number): Suppression[] {
  if (names === undefined) {
    const from = at + whole.indexOf(word!);
    return [{ line, name: null, rule: null, span: span(from, from + word!.length) }];
  }
  const first = at + whole.length - names.length;
  return [...names.matchAll(/[\w-]+/g)].map(({ 0: name, index }): Suppression => {
    const rule = ruleIds.find((id) => id === name) ?? null;
    return { line, name, rule, span: span(first + index, first + index + name.length) };
  });
}

/** Whether a suppression holds for a finding of a rule at a line. */
export const silences = (suppression: Suppression, rule: RuleId, line: number): boolean =>
  suppression.rule === rule && (suppression.line === line || suppression.line === line - 1);
