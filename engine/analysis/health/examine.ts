import type { Finding, RuleId } from './finding.ts';
import type { Patient } from './patient.ts';
import { rules } from './rules/index.ts';

/** Everything that is found sick in a pass. @param off rules that are switched off */
export const examine = (patient: Patient, off: ReadonlySet<RuleId> = new Set()): Finding[] =>
  rules.filter(({ id }) => !off.has(id)).flatMap((rule) => rule.check(patient));
