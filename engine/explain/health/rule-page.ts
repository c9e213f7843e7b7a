import type { RuleId } from '../../analysis/health/finding.ts';

/** Where the page of a rule is, in the package; a finding links to its own. */
export const rulePage = (rule: RuleId): string => `docs/rules/${rule}.md`;
