import { finer, kinkOf } from './check-kinks.ts';
import type { Direction, Slope } from './check-slopes.ts';

/** PyTorch's `gradcheck`: |analytic − numeric| may be `absolute` + `relative` · |numeric|. */
export const tolerance = { absolute: 1e-5, relative: 1e-3 } as const;

/**
 * `agrees`, `differs`: within the tolerance, or not. `kink`: there is no derivative here; the gradient is one of those that
 * may stand for it. `rounded`: the rule is right, but the run's own precision lost the digits. `undecided`: the loss is so large
 * that its rounding hides what the difference was to show.
 */
export type Verdict = 'agrees' | 'differs' | 'kink' | 'rounded' | 'undecided';

export interface Comparison {
  readonly analytic: number;
  readonly numeric: number;
  /** The analytic one computed anew in float64. */
  readonly exact: number;
  /** How far they may be apart. */
  readonly allowed: number;
  /** The least difference that differences can see here: what is below is as good as zero to them. */
  readonly resolution: number;
  readonly verdict: Verdict;
}

/** One derivative, three times: as the run had it, by the same rules in the same precision, and in float64. */
export interface Analytic {
  readonly told: number;
  readonly again: number;
  readonly exact: number;
}

/**
 * Compares a derivative with the central difference along a direction.
 * @param spread how much wider the absolute tolerance is: √n for a sum over n elements.
 */
export function compare(
  slope: Slope,
  direction: Direction,
  step: number,
  { told, again, exact }: Analytic,
  spread: number,
): Comparison {
  const { output } = slope;
  const at = (by: number): number => slope.at(slope.moved(direction, by));
  const allowedFor = (difference: number): number =>
    tolerance.absolute * spread + tolerance.relative * Math.abs(difference);
  const resolutionOf = (by: number): number => (16 * Number.EPSILON * Math.abs(output)) / by;
  const [above, below] = [at(step), at(-step)];
  const numeric = (above - below) / (2 * step);
  const allowed = allowedFor(numeric);
  const resolution = resolutionOf(step);
  const result = (verdict: Verdict, difference = numeric): Comparison => ({
    analytic: told,
    numeric: difference,
    exact,
    allowed: allowedFor(difference),
    resolution,
    verdict,
  });

  const [left, right] = [(output - below) / step, (above - output) / step];
  const agrees = Math.abs(told - numeric) <= allowed;
  if (!agrees || Math.abs(right - left) > 10 * (allowed + resolution)) {
    const kind = kinkOf(output, [below, at(-step / finer), at(step / finer), above]);
    if (kind === 'jump' || kind === 'edge') return result('kink');
    const [low, high] = [Math.min(left, right) - allowed, Math.max(left, right) + allowed];
    if (kind === 'corner' && told >= low && told <= high) return result('kink');
  }
  if (agrees) return result('agrees');
  if (resolution * 10 > Math.abs(told - numeric)) {
    // A hundred times the step sees a hundred times less: rounding shrinks, and the curve's part is still far below the tolerance.
    const wide = step * 100;
    const wider = (at(wide) - at(-wide)) / (2 * wide);
    if (Math.abs(told - wider) <= allowedFor(wider)) return result('agrees', wider);
    return result(resolutionOf(wide) * 10 > Math.abs(told - wider) ? 'undecided' : 'differs', wider);
  }
  const isAsRecorded = Math.abs(told - again) <= 1e-6 * Math.abs(again);
  return result(isAsRecorded && Math.abs(exact - numeric) <= allowed ? 'rounded' : 'differs');
}
