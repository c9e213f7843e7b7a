/** One term of a tensor's gradient as a vector–Jacobian product in matrix form. */
export interface MatrixForm {
  /** `Xᵀ · ∂L/∂z`, in the names of the source. */
  readonly formula: string;
  /** The same in LaTeX; null where it is too long to be written out. */
  readonly latex: string | null;
  /** What is under it, part by part: `[4×2]ᵀ · [4×3] → [2×3]`. */
  readonly shapes: string;
  /** What broadcasts and reductions did on the way forward, and how the formula undoes it; parts that have names of their own. */
  readonly notes: readonly string[];
}

/** A term in matrix form as it is printed. */
export interface MatrixEquation extends MatrixForm {
  /** `∂L/∂W₁`; where there are several terms, which one: `∂L/∂z · ∂z/∂W₁`. */
  readonly left: string;
}
