/** What is expected of the gradient of a tensor, as a condition on its Euclidean norm; all of them ask for finite elements too. */
export const expectationKinds = ['between', 'above', 'below', 'finite', 'nonzero'] as const;

export interface Expectation {
  readonly kind: (typeof expectationKinds)[number];
  /** For `between` and `above`; 0 for the others. */
  readonly low: number;
  /** For `between` and `below`; ∞ for the others. */
  readonly high: number;
}

/** @param norm Euclidean norm of a gradient whose elements are all finite; null where one is not, or where there is no gradient. */
export function isMet({ kind, low, high }: Expectation, norm: number | null): boolean {
  if (norm === null) return false;
  switch (kind) {
    case 'between':
      return norm >= low && norm <= high;
    case 'above':
      return norm > low;
    case 'below':
      return norm < high;
    case 'finite':
      return true;
    case 'nonzero':
      return norm > 0;
  }
}
