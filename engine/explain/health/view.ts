import type { NodeId } from '../../base/brand.ts';
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
  /** The node's name as shown: `W₁`. */
  readonly name: string;
  /** The expression that is responsible; null where the trace knows no place. */
  readonly source: SourceRef | null;
  /** Other places on the way, each with a word. */
  readonly related: readonly { readonly source: SourceRef; readonly message: string }[];
  readonly evidence: Evidence;
}

/** How the gradient's magnitude changes between the loss and a parameter. */
export interface LeakView {
  readonly name: string;
  readonly node: NodeId;
  /** `12.3 of 15.1 decades are lost in sigmoid, line 18, over its 30 repetitions`; null where nothing is lost. */
  readonly text: string | null;
  /** log₁₀ of the whole change. Null where nothing arrives. */
  readonly decades: number | null;
  readonly places: readonly LeakPlaceView[];
}

export interface LeakPlaceView {
  readonly label: string;
  readonly source: SourceRef | null;
  /** Null for the place where nothing more arrives. */
  readonly decades: number | null;
  /** From the loss outwards, one for each repetition; null where nothing arrives. */
  readonly repetitions: readonly (number | null)[];
  /** Edges `from>to` of the graph of ops. */
  readonly edges: readonly string[];
}
