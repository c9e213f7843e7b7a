import type { Series } from '../protocol/training.ts';

interface Point {
  readonly step: number;
  readonly value: number;
}

/** What is kept of some steps in a row. */
interface Bucket {
  readonly place: number;
  readonly lowest: Point | null;
  readonly highest: Point | null;
  /** The first that is NaN or infinite: no extreme, and the one that is looked for. */
  readonly broken: Point | null;
}

/**
 * A quantity over the steps of a training, however long, in a bounded number of points. As it grows, neighbouring steps share a
 * bucket, of which the smallest and the largest value stay: a spike of one step is still there after a million.
 */
export class History {
  readonly #most: number;
  #buckets: Bucket[] = [];
  /** Steps of a bucket. */
  #width = 1;
  #first: Point | null = null;
  #last: Point | null = null;

  /** @param limit points that `series` has at most; at least 8. */
  constructor(limit = 400) {
    this.#most = Math.floor((limit - 2) / 3);
  }

  get last(): number | null {
    return this.#last?.value ?? null;
  }

  /** @param step above all before. */
  add(step: number, value: number): void {
    const point = { step, value };
    this.#first ??= point;
    this.#last = point;
    const bucket = bucketOf(point, this.#width);
    const before = this.#buckets.at(-1);
    if (before?.place === bucket.place) this.#buckets[this.#buckets.length - 1] = joined(before, bucket);
    else this.#buckets.push(bucket);
    while (this.#buckets.length > this.#most) this.#widen();
  }

  get series(): Series {
    const points = new Map<number, number>();
    const note = (point: Point | null): void => void (point && points.set(point.step, point.value));
    note(this.#first);
    for (const { lowest, highest, broken } of this.#buckets) [lowest, highest, broken].forEach(note);
    note(this.#last);
    const steps = [...points.keys()].sort((a, b) => a - b);
    return { steps, values: steps.map((step) => finiteOrNull(points.get(step)!)) };
  }

  #widen(): void {
    this.#width *= 2;
    const wider: Bucket[] = [];
    for (const bucket of this.#buckets) {
      const moved = { ...bucket, place: Math.floor(bucket.place / 2) };
      const before = wider.at(-1);
      if (before?.place === moved.place) wider[wider.length - 1] = joined(before, moved);
      else wider.push(moved);
    }
    this.#buckets = wider;
  }
}

function bucketOf(point: Point, width: number): Bucket {
  const place = Math.floor((point.step - 1) / width);
  return Number.isFinite(point.value)
    ? { place, lowest: point, highest: point, broken: null }
    : { place, lowest: null, highest: null, broken: point };
}

/** Of equal values the earlier one stays. */
const joined = (a: Bucket, b: Bucket): Bucket => ({
  place: a.place,
  lowest: a.lowest && b.lowest ? (b.lowest.value < a.lowest.value ? b.lowest : a.lowest) : (a.lowest ?? b.lowest),
  highest:
    a.highest && b.highest ? (b.highest.value > a.highest.value ? b.highest : a.highest) : (a.highest ?? b.highest),
  broken: a.broken ?? b.broken,
});

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
