import type { NodeId } from '../../base/brand.ts';

export const formulaFormats = ['latex', 'markdown', 'typescript'] as const;
export type FormulaFormat = (typeof formulaFormats)[number];

/** A gradient as one function of the leaves, to be read and to be copied. */
export interface GradientFunctionView {
  /** The node whose gradient it is. */
  readonly node: NodeId;
  /** `∂E/∂w₁`. */
  readonly title: string;
  /** Why there is no formula; null when there is one. */
  readonly refusal: string | null;
  /** To be set: the result, and what the names in it stand for. Null when refused. */
  readonly lines: readonly FormulaLine[] | null;
  /** What is put on the clipboard. Null when refused. */
  readonly texts: Readonly<Record<FormulaFormat, string>> | null;
}

/** `left = right`, both in LaTeX. */
export interface FormulaLine {
  readonly left: string;
  readonly right: string;
  /** The node that the line defines, or whose gradient; null for a name that only this formula has. */
  readonly node: NodeId | null;
}
