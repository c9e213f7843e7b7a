/** The smallest number that a share of all are not above. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const place = Math.max(0, Math.ceil(share * sorted.length) - 1);
  return sorted[Math.min(sorted.length - 1, place)] ?? NaN;
}

export const summary = (numbers: readonly number[]): string =>
  `${quantile(numbers, 0.5).toFixed(1).padStart(7)} ${quantile(numbers, 0.95).toFixed(1).padStart(7)}`;
