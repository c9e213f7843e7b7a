import type { ModelComparison } from '../explain/compare/view.ts';

/** The shown model beside an earlier run of it. */
export interface ComparisonState {
  /** What it is compared with: the name of a snapshot, `before the last edit`. */
  readonly before: string;
  /** Null while the earlier run has no such model. */
  readonly model: ModelComparison | null;
}
