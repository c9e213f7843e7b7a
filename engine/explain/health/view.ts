import type { ModulePath, NodeId } from '../../base/brand.ts';
import type { Confidence, Evidence, RuleId, Severity } from '../../analysis/health/finding.ts';
import type { SourceRef } from '../view.ts';

/** A finding in a reader's words. */
export interface FindingView {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** One or two sentences with this run's numbers. */
  readonly message: string;
  /** What usually mends it, or null. */
  readonly advice: string | null;
  readonly node: NodeId;
  /** What makes it so, where that is another node. */
  readonly culprit: NodeId | null;
  /** The node's name as shown: `W₁`. */
  readonly name: string;
  /** The expression that is responsible; null where the trace knows no place. */
  readonly source: SourceRef | null;
  /** Other places on the way, each with a word. */
  readonly related: readonly { readonly source: SourceRef; readonly message: string }[];
  readonly evidence: Evidence;
}

/** A finding as the panel lists it, with what of the shown graph it is about. Small: it goes out with every snapshot. */
export interface ShownFinding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly message: string;
  readonly advice: string | null;
  /** What is sick: `W₁`. */
  readonly name: string;
  /** The shown node to choose; null for what the graph does not show. */
  readonly node: NodeId | null;
  readonly place: { readonly file: ModulePath; readonly line: number } | null;
  /** Shown nodes that bear its badge: what is sick, and what makes it so. */
  readonly nodes: readonly NodeId[];
  /** Edges `from>to` of the shown graph on which the gradient is lost or grows; null for findings of another kind. */
  readonly marked: { readonly change: 'loses' | 'gains'; readonly edges: readonly string[] } | null;
}
