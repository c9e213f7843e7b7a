import type { Finding, RuleId } from './finding.ts';
import type { Patient } from './patient.ts';
import { rules } from './rules/index.ts';

/** Everything that is found sick in a pass. @param off rules that are switched off */
export function examine(patient: Patient, off: ReadonlySet<RuleId> = new Set()): Finding[] {
  const findings = rules.filter(({ id }) => !off.has(id)).flatMap((rule) => rule.check(patient));
  return findings.filter((finding) => !isExplained(finding, findings, patient));
}

/** Whether another finding tells the cause of this one. */
function isExplained(finding: Finding, findings: readonly Finding[], patient: Patient): boolean {
  const of = (rule: RuleId): Finding[] => findings.filter((other) => other.rule === rule);
  switch (finding.rule) {
    case 'zero-gradient':
      return isBesideDead(finding, of('dead-relu'), patient);
    case 'update-ratio':
      // The steps are as small as the gradient: another learning rate would not mend it.
      return (
        finding.evidence['direction'] === 'below' && of('vanishing-gradient').length > 0 && fades(finding, patient)
      );
    default:
      return false;
  }
}

/** A layer that is dead altogether tells why the gradients on both its sides are zero. */
function isBesideDead({ culprit }: Finding, dead: readonly Finding[], { graph }: Patient): boolean {
  if (culprit === null) return false;
  const whole = dead.filter(({ evidence }) => evidence['share'] === 1);
  return whole.some(({ node }) => node === culprit || graph.node(culprit).inputs.includes(node));
}

/** Below the bounds that a gradient which vanishes is told by. */
function fades({ node }: Finding, { graph, thresholds }: Patient): boolean {
  const gradient = graph.pass.gradients.get(node)?.statistics;
  return (
    gradient !== undefined &&
    (gradient.magnitude < thresholds.vanishingMean || gradient.norm < thresholds.vanishingNorm)
  );
}
