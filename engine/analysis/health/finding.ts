import type { NodeId } from '../../base/brand.ts';

/** What a finding is about. Stable: the command line, settings, suppressing comments and the documentation's pages name them. */
export const ruleIds = [
  'vanishing-gradient',
  'exploding-gradient',
  'not-finite',
  'dead-relu',
  'saturated-activation',
  'zero-gradient',
  'null-gradient',
  'unused-parameter',
  'update-ratio',
  'initial-scale',
  'loss-not-falling',
  'log-of-softmax',
  'sigmoid-then-bce',
  'exp-overflow',
  'division-near-zero',
  'silent-broadcast',
] as const;

export type RuleId = (typeof ruleIds)[number];
export type Severity = 'error' | 'warning' | 'info';
/** `certain`: follows from this run's numbers. `likely`: the usual cause of them. `possible`: a known trap that may be meant. */
export type Confidence = 'certain' | 'likely' | 'possible';

/** Something sick, told in numbers. Its words are made by `engine/explain/health`. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** What is sick: the parameter whose gradient vanishes, the layer that is dead. */
  readonly node: NodeId;
  /** What makes it so, where that is another node: its expression is what is marked in the source. */
  readonly culprit: NodeId | null;
  /** Nodes on the way, in reading order: related places. */
  readonly along: readonly NodeId[];
  /** By name: what was measured, and the bound it broke. */
  readonly evidence: Evidence;
}

export type Evidence = Readonly<Record<string, number | string>>;
