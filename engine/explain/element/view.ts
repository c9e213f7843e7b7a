import type { NodeId } from '../../base/brand.ts';

/** What stands for a node while an element is chosen: which of its elements, and how many depend on the chosen one. */
export interface SeatView {
  /** `[1,0]`; empty for a single number. */
  readonly index: string;
  /** The same in row-major order. */
  readonly place: number;
  readonly dependent: number;
  readonly size: number;
}

/** The element that is chosen, or why there is none although one was. */
export type ElementView =
  | {
      readonly kind: 'chosen';
      /** As it was written: `W1[2,0]`. */
      readonly query: string;
      /** As it is shown: `W₁[2,0]`. */
      readonly name: string;
      readonly node: NodeId;
      readonly place: number;
      /** What it has a part in, on its way to the loss. */
      readonly way: { readonly nodes: readonly NodeId[]; readonly edges: readonly string[] };
    }
  | { readonly kind: 'gone'; readonly query: string; readonly problem: string };

export interface ElementTableAsked {
  readonly node: NodeId;
  readonly what: 'value' | 'gradient';
}

/** The elements of a tensor to choose from, at most 64 rows and 64 columns of them. */
export interface ElementTable {
  /** `W₁`, `∂L/∂W₁`. */
  readonly name: string;
  /** Indices: of a row all but the last, of a column the last. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Row-major; null for what is not finite. */
  readonly cells: readonly (number | null)[];
  readonly texts: readonly string[];
  readonly largest: number;
  /** Of each cell: its place in the tensor, and what is said to choose it. */
  readonly places: readonly number[];
  readonly queries: readonly string[];
  readonly sampled: string | null;
}
