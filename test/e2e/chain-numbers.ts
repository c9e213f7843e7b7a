/** What `examples/two-layer-chain.ts` computes, worked out by hand from the textbook's formulas, not by the engine. */
export function chainNumbers({ w1 = 0.8, b1 = -0.2, w2 = -1.1, b2 = 0.3, X = 1.5, T = 1 } = {}) {
  const u1 = X * w1 + b1;
  const Yj = Math.tanh(u1);
  const u2 = Yj * w2 + b2;
  const Y = 1 / (1 + Math.exp(-u2));
  const E = (Y - T) ** 2 / 2;
  const byY = Y - T;
  const byU2 = byY * Y * (1 - Y);
  const byYj = byU2 * w2;
  const byU1 = byYj * (1 - Yj ** 2);
  return {
    values: { u1, Yj, u2, Y, E },
    gradients: { E: 1, Y: byY, u2: byU2, w2: byU2 * Yj, b2: byU2, Yj: byYj, u1: byU1, w1: byU1 * X, b1: byU1 },
    /** ∂E/∂w₁ factor by factor, loss first. */
    factorsOfW1: [byY, Y * (1 - Y), w2, 1 - Yj ** 2, X],
  };
}

/** As the product writes numbers of this size: four significant digits, at least four decimals, and a true minus sign. */
export function shown(value: number): string {
  const magnitude = Math.abs(value);
  return value.toFixed(magnitude >= 0.1 ? 4 : magnitude >= 0.01 ? 5 : 6).replace('-', '−');
}
