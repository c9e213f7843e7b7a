import type { NodeId } from '../../base/brand.ts';
import type { Reading } from '../view.ts';

/** A run with other numbers in its leaves, beside the run of the text as it is. */

/** One element of a leaf, and what it is to hold. */
export interface LeafChange {
  readonly node: NodeId;
  /** Row-major. */
  readonly element: number;
  readonly to: number;
}

export interface WhatIfView {
  /** Computed from the recorded ops while the program itself is still running: its control flow may decide otherwise. */
  readonly preview: boolean;
  readonly changes: readonly ChangeView[];
  readonly loss: LossChange;
  /** What is shown and differs, in order of execution; the loss is among them. */
  readonly nodes: readonly ChangedNode[];
  /** What came otherwise: another way through the program, a problem of the run. */
  readonly notes: readonly string[];
}

export interface ChangeView {
  readonly node: NodeId;
  readonly element: number;
  /** `w`, `W₁[2,0]`. */
  readonly name: string;
  /** As written: `0.25`. */
  readonly before: string;
  readonly after: string;
  /** Where the text has the number, to write the new one there; or why it has none. Null in a preview. */
  readonly literal: LiteralView | { readonly why: string } | null;
}

export interface LiteralView {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** As it stands there: `0.25`. */
  readonly text: string;
}

export interface LossChange {
  readonly name: string;
  readonly before: Reading;
  readonly after: Reading;
  readonly change: Reading;
  /** To first order: Σ gradient · Δ. Null where a changed leaf has no gradient. */
  readonly predicted: Reading | null;
  /** `∂L/∂w · Δw = −2.00 · 0.100`. */
  readonly formula: string;
  /** What the derivative did not see: change − predicted. */
  readonly gap: Reading | null;
}

export interface ChangedNode {
  readonly node: NodeId;
  readonly name: string;
  /** As written in the source: `w1`. */
  readonly sourceName: string;
  /** Null where it stayed as it was, or there is none. */
  readonly value: Change | null;
  readonly gradient: Change | null;
}

export interface Change {
  readonly before: string;
  /** Without the list of a tensor's elements. */
  readonly after: Reading;
  /** `+0.1000` for a scalar, `‖Δ‖ 0.1000` for a tensor. */
  readonly by: string;
}
