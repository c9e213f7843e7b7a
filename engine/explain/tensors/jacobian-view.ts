import type { NodeId } from '../../base/brand.ts';

/** A matrix to be looked at: at most 64×64 of its numbers, each with its place. */
export interface MatrixView {
  /** `J_y(v) = ∂y/∂v`; `gᵀ` for a row vector. */
  readonly symbol: string;
  /** Of the whole matrix: `[2×3]`. */
  readonly shape: string;
  /** What its rows and columns are elements of, and which: `y` and `1`, `h` and `2,0`. A single number has no place: ``. */
  readonly of: string;
  readonly by: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Row-major; null for what is not finite. */
  readonly cells: readonly (number | null)[];
  readonly texts: readonly string[];
  /** The largest magnitude of all that is shown. */
  readonly largest: number;
  /** Which rows and columns are shown, where it is not all of them. */
  readonly sampled: string | null;
}

/** What can stand between two nodes. */
export interface Middle {
  readonly node: NodeId;
  readonly name: string;
  /** Whether all ways lead through it: then the product of the two Jacobians is the whole. */
  readonly all: boolean;
}

export interface JacobianView {
  readonly of: NodeId;
  readonly by: NodeId;
  /** How it was computed. */
  readonly note: string;
  readonly jacobian: MatrixView;
  readonly middles: readonly Middle[];
  readonly composed: ComposedView | null;
  /** Why it is not taken apart at the node that was asked for. */
  readonly notComposed: string | null;
  readonly reverse: ReverseView | null;
}

/** J_y(v) = J_y(u)·J_u(v), and what goes beside u. */
export interface ComposedView {
  readonly through: NodeId;
  /** `J_y(v) = J_y(u) · J_u(v)`, and below it the shapes. */
  readonly formula: string;
  readonly shapes: string;
  readonly outer: MatrixView;
  readonly inner: MatrixView;
  readonly product: MatrixView;
  /** What the ways that do not lead through u add; null where all do. */
  readonly rest: MatrixView | null;
  readonly note: string;
}

/** What reverse mode computes in place of the Jacobian: one row, gᵀ·J. */
export interface ReverseView {
  readonly formula: string;
  readonly shapes: string;
  readonly upstream: MatrixView;
  readonly result: MatrixView;
  readonly note: string;
}

export type JacobianTold =
  | { readonly kind: 'shown'; readonly view: JacobianView }
  /** Why it is not shown, and what to do. */
  | { readonly kind: 'refused'; readonly text: string };
