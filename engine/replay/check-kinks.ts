import type { NodeId } from '../base/brand.ts';
import type { Direction, Slope } from './check-slopes.ts';

/**
 * `corner`: another slope on each side. `jump`: the value itself leaps, or its tangent is upright. `edge`: on one side the
 * function is NaN or infinite.
 */
export type KinkKind = 'corner' | 'jump' | 'edge';

/** Where an op has no derivative. */
export interface Kink {
  readonly node: NodeId;
  /** Of the op's output, row-major. */
  readonly element: number;
  readonly kind: KinkKind;
}

/** How much smaller the second step is. Gaps between slopes shrink as much at a corner, and by its square on a curve. */
export const finer = 16;

/** The ops that bring kinks in: their output has one where what they read has none. In order of execution. */
export function kinksAlong(slope: Slope, direction: Direction, step: number): Kink[] {
  const [above, below, closeAbove, closeBelow] = [step, -step, step / finer, -step / finer].map((by) =>
    slope.values(slope.moved(direction, by)),
  );
  const kinked = new Set<NodeId>();
  const found: Kink[] = [];
  for (const id of slope.ops) {
    const here = slope.recording.value(id).data;
    const inherits = slope.recording.graph.node(id).inputs.some((input) => kinked.has(input));
    for (let i = 0; i < here.length; i++) {
      const at = (values: typeof above): number => values!.get(id)!.data[i]!;
      const kind = kinkOf(here[i]!, [at(below), at(closeBelow), at(closeAbove), at(above)]);
      if (kind === null) continue;
      kinked.add(id);
      if (!inherits) found.push({ node: id, element: i, kind });
      break;
    }
  }
  return found;
}

/** From the values at −h, −h/16, h/16 and h from a place, and in it. */
export function kinkOf(
  y: number,
  [below, closeBelow, closeAbove, above]: readonly [number, number, number, number],
): KinkKind | null {
  if (!Number.isFinite(y)) return null;
  if (![below, closeBelow, closeAbove, above].every(Number.isFinite)) return 'edge';
  // Rounding alone makes gaps too, of some units of the last place.
  const rounding = Math.abs(y) * 256 * Number.EPSILON;
  const leaps = (far: number, close: number): boolean =>
    Math.abs(close - y) > rounding && Math.abs(close - y) > Math.abs(far - y) / 5;
  if (leaps(above, closeAbove) || leaps(below, closeBelow)) return 'jump';
  const wide = Math.abs(above + below - 2 * y);
  const close = Math.abs(closeAbove + closeBelow - 2 * y);
  const moved = Math.max(Math.abs(above - y), Math.abs(below - y));
  // Between 1/16, a corner, and 1/256, a curve.
  return close > rounding && close > wide / (finer * 4) && wide > moved * 1e-3 ? 'corner' : null;
}
