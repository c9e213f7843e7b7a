import type { NodeId } from '../../base/brand.ts';
import type { Verdict } from '../../replay/check-element.ts';
import type { SourceRef } from '../view.ts';

/** Gradients compared with central differences, in a reader's words. */

export interface CheckView {
  readonly model: string;
  readonly rows: readonly CheckRow[];
  /** Whether no gradient differs from its difference. */
  readonly passed: boolean;
  /** `All 9 gradients agree with central differences.` */
  readonly summary: string;
  /** How it was done, what was held fixed, what was left out. */
  readonly notes: readonly string[];
}

export interface CheckRow {
  readonly node: NodeId;
  /** Typeset: `w₁`. */
  readonly name: string;
  /** As in the source: `w1`. */
  readonly sourceName: string;
  /** `∂E/∂w₁`. */
  readonly symbol: string;
  readonly verdict: Verdict | 'skipped';
  /** `✓ agrees`: sign and word, so that neither colour nor sign alone says it. */
  readonly told: string;
  /** `64 of 100352 elements`; empty for a scalar. */
  readonly elements: string;
  /** ‖analytic − numeric‖ / max(‖analytic‖, ‖numeric‖) over the elements without a kink: `3.20e−9`; `–` where that says nothing. */
  readonly relativeError: string;
  /** The element that is furthest off for its tolerance. */
  readonly worst: { readonly name: string; readonly analytic: string; readonly numeric: string } | null;
  /** Which op has a kink and what is taken there; why it was skipped; where a wrong number comes from. */
  readonly remarks: readonly string[];
  /** Null for what has no place in the source. */
  readonly source: SourceRef | null;
  /** A parameter's gradient is what training follows; those of other nodes lead to it. */
  readonly isParameter: boolean;
}

/** How far a check is. */
export interface CheckProgress {
  readonly done: number;
  readonly total: number;
  /** What is being checked: `w₁`. */
  readonly name: string;
}
