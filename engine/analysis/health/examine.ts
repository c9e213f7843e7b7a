import type { NodeId } from '../../base/brand.ts';
import type { Finding, RuleId } from './finding.ts';
import type { Patient } from './patient.ts';
import { rules } from './rules/index.ts';
import { Ways } from './ways.ts';

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
      return (
        isBesideDead(finding, of('dead-relu'), patient) ||
        isUnderflow(finding, of('vanishing-gradient'), patient) ||
        of('initial-scale').some(({ evidence }) => evidence['problem'] === 'symmetric' && evidence['value'] === 0)
      );
    case 'vanishing-gradient':
      return isOfSaturated(finding, of('saturated-activation'), patient);
    case 'exploding-gradient':
      return grows(finding, [...of('exp-overflow'), ...of('division-near-zero')], patient);
    case 'update-ratio':
      // The steps are as small as the gradient: another learning rate would not mend it.
      return (
        finding.evidence['direction'] === 'below' && of('vanishing-gradient').length > 0 && fades(finding, patient)
      );
    case 'division-near-zero':
    case 'exp-overflow':
      // What it warns of has happened, at this very op.
      return of('not-finite').some(({ culprit }) => culprit === finding.culprit);
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

/** Where a gradient vanishes for long enough, nothing is left of it. */
function isUnderflow({ culprit }: Finding, vanishing: readonly Finding[], { graph }: Patient): boolean {
  const ways = Ways.of(graph);
  const placeOf = (id: NodeId | null): number | null => (id === null ? null : ways.placeOf(id));
  return culprit !== null && vanishing.some((other) => placeOf(other.culprit) === placeOf(culprit));
}

/** What is lost in a saturated layer, or where something is multiplied by a gate that is shut. */
function isOfSaturated({ culprit }: Finding, saturated: readonly Finding[], { graph }: Patient): boolean {
  if (culprit === null) return false;
  const ways = Ways.of(graph);
  const places = [culprit, ...(graph.node(culprit).op === 'mul' ? graph.node(culprit).inputs : [])].map((id) =>
    ways.placeOf(id),
  );
  return saturated.some(({ node }) => places.includes(ways.placeOf(node)));
}

/** Whether a gradient grows by a hundred or more in an op that another finding is about. */
function grows({ node }: Finding, causes: readonly Finding[], { graph }: Patient): boolean {
  if (causes.length === 0) return false;
  const ways = Ways.of(graph);
  for (let at = ways.into(node); at; at = ways.into(at.through)) {
    const { through, decades } = at;
    if (decades > 2 && causes.some((cause) => cause.node === through)) return true;
  }
  return false;
}

/** Below the bounds that a gradient which vanishes is told by. */
function fades({ node }: Finding, { graph, thresholds }: Patient): boolean {
  const gradient = graph.pass.gradients.get(node)?.statistics;
  return (
    gradient !== undefined &&
    (gradient.magnitude < thresholds.vanishingMean || gradient.norm < thresholds.vanishingNorm)
  );
}
