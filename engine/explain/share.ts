import type { Content } from '../trace/format.ts';
import { formatShort } from './numbers.ts';
import type { Share } from './view.ts';

/**
 * A part's share in a whole. For numbers part / whole. For tensors the length of the part's projection on the whole, as a
 * share of the whole's: ⟨part, whole⟩ / ‖whole‖², which is part / whole again when both are numbers. Shares of parts that add
 * up to the whole add up to 1. Null where there is no whole to have a share in: it is 0, or not finite, or was left out.
 */
export function shareOf(part: Content | null, whole: Content | null): Share | null {
  if (!part?.data || !whole?.data) return null;
  let [along, length] = [0, 0];
  for (let i = 0; i < whole.data.length; i++) {
    along += part.data[i]! * whole.data[i]!;
    length += whole.data[i]! * whole.data[i]!;
  }
  return shareFrom(along / length);
}

export const shareFrom = (ratio: number): Share | null =>
  Number.isFinite(ratio) ? { ratio, text: percent(ratio) } : null;

/** Three digits: `84.6 %`, `0.012 %`. */
const percent = (ratio: number): string => `${formatShort(ratio * 100)} %`;
