/** One product of a sum. */
export interface Product {
  /** `x[0,1]·∂L/∂y[0,0]`; null where it is too long to be read, and where it is no product. */
  readonly formula: string | null;
  /** The same with this run's numbers: `−1 · −4`; empty where there is nothing to put in. */
  readonly numbers: string;
  readonly value: number;
}

/** One element as the products that it is the sum of: what a matrix product or a broadcast hides. */
export interface Sum {
  /** `∂L/∂W₁[2,0]`, `y[0,1]`. */
  readonly name: string;
  /** `Σ_b x[b,2]·∂L/∂z[b,0]`; null where the products are not alike. */
  readonly formula: string | null;
  readonly products: readonly Product[];
  /** Of products too many to be gone through one by one, the sum of those that are not. */
  readonly rest: number;
}

/** A sum that is gone through product by product. */
export class Zoom {
  /** Which product is next; as many as there are means that the sum is done. */
  at = 0;

  constructor(readonly sum: Sum) {}

  /** Sum of the products that are done. */
  get soFar(): number {
    return this.sum.products.slice(0, this.at).reduce((sum, { value }) => sum + value, 0);
  }

  get isDone(): boolean {
    return this.at >= this.sum.products.length;
  }
}
