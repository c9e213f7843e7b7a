import type { NodeId } from '../../base/brand.ts';

/** What became of a node: `numbers` where it does the same with other numbers. */
export type Mark = 'added' | 'gone' | 'changed' | 'numbers' | 'same';

/** A quantity on both sides, as text; empty where a side has none. */
export interface Sides {
  readonly before: string;
  readonly after: string;
  /** After over before: `×0.0413`; empty where that says nothing. */
  readonly ratio: string;
  /** log₁₀ of the ratio; null where there is none. */
  readonly decades: number | null;
}

export interface NodeComparison {
  readonly mark: Mark;
  /** As it is called after, or was before where it is gone. */
  readonly name: string;
  readonly kind: 'parameter' | 'input' | 'constant' | 'op' | 'loss';
  /** What is another: `sigmoid → relu`, `[2, 3] → [2, 4]`, `reads other values`. */
  readonly changes: readonly string[];
  /** The number of a scalar, the Euclidean norm of a tensor. */
  readonly value: Sides;
  readonly gradient: Sides;
  /** In the trace after; null for what is gone. */
  readonly node: NodeId | null;
}

/** Two runs of a model, side by side. */
export interface ModelComparison {
  readonly model: string;
  readonly loss: Sides & { readonly name: string };
  /** Euclidean norm of all parameter gradients together. */
  readonly gradientNorm: Sides;
  /** `1 added, 2 gone, 1 changed`; `the same graph`. */
  readonly summary: string;
  /** In order of execution after, with what is gone where it was. */
  readonly nodes: readonly NodeComparison[];
  readonly findings: { readonly gone: readonly ComparedFinding[]; readonly added: readonly ComparedFinding[] };
}

export interface ComparedFinding {
  readonly rule: string;
  readonly severity: string;
  readonly name: string;
  readonly message: string;
}

/** Two runs of a file. */
export interface Comparison {
  /** Where they are from: `chain.ts before the last edit`. */
  readonly before: string;
  readonly after: string;
  readonly models: readonly ModelComparison[];
  readonly added: readonly string[];
  readonly gone: readonly string[];
}
