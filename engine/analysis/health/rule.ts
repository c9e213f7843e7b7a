import type { Finding, RuleId } from './finding.ts';
import type { Patient } from './patient.ts';

/** One rule: what it looks for is in its documentation, `docs/rules/<id>.md`. */
export interface Rule {
  readonly id: RuleId;
  check(patient: Patient): readonly Finding[];
}
