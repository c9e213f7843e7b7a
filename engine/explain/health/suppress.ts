import { type RuleId, ruleIds } from '../../analysis/health/finding.ts';

/** `// retrograd-ignore dead-relu, update-ratio: why it is meant` */
const comment = /(?:\/\/|\/\*)\s*retrograd-ignore\s+([\w-]+(?:\s*,\s*[\w-]+)*)/;

/** What a comment of a text asks to be silent about, and where. */
export interface Suppression {
  /** From 1. It holds for its own line and for the next. */
  readonly line: number;
  readonly rules: readonly RuleId[];
  /** Names of rules that there are none of. */
  readonly unknown: readonly string[];
}

export function suppressionsOf(text: string): Suppression[] {
  if (!text.includes('retrograd-ignore')) return [];
  return text.split('\n').flatMap((content, i): Suppression[] => {
    const names = comment
      .exec(content)?.[1]
      ?.split(',')
      .map((name) => name.trim());
    if (!names) return [];
    const isRule = (name: string): name is RuleId => ruleIds.some((rule) => rule === name);
    return [{ line: i + 1, rules: names.filter(isRule), unknown: names.filter((name) => !isRule(name)) }];
  });
}

/** Whether a finding at a line of a text is asked to be silent. */
export const isSuppressed = (suppressions: readonly Suppression[], rule: RuleId, line: number): boolean =>
  suppressions.some(
    (suppression) => suppression.rules.includes(rule) && (suppression.line === line || suppression.line === line - 1),
  );
