/** One term of a tensor's gradient as a vector–Jacobian product in matrix form. */
export interface MatrixForm {
  /** `Xᵀ · ∂L/∂z`, in the names of the source. */
  readonly formula: string;
  /** What is under it, part by part: `[4×2]ᵀ · [4×3] → [2×3]`. */
  readonly shapes: string;
  /** What broadcasts and reductions did on the way forward, and how the formula undoes it. */
  readonly notes: readonly string[];
}
