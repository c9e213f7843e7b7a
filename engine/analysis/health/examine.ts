import type { Finding, RuleId } from './finding.ts';
import type { Patient } from './patient.ts';
import { rules } from './rules/index.ts';

/** Everything that is found sick in a pass. @param off rules that are switched off */
export function examine(patient: Patient, off: ReadonlySet<RuleId> = new Set()): Finding[] {
  const findings = rules.filter(({ id }) => !off.has(id)).flatMap((rule) => rule.check(patient));
  return findings.filter((finding) => !isExplained(finding, findings, patient));
}

/** A layer that is dead altogether tells why the gradients on both its sides are zero. */
function isExplained({ rule, culprit }: Finding, findings: readonly Finding[], { graph }: Patient): boolean {
  if (rule !== 'zero-gradient' || culprit === null) return false;
  const dead = findings.filter((other) => other.rule === 'dead-relu' && other.evidence['share'] === 1);
  return dead.some(({ node }) => node === culprit || graph.node(culprit).inputs.includes(node));
}
