import type { Ridge, Ridgeline } from '../protocol/training.ts';
import { histogram } from './histogram.ts';

/** The elements of a tensor at one step. */
export interface Sample {
  readonly name: string;
  readonly of: Ridgeline['of'];
  readonly data: ArrayLike<number>;
}

/** Steps that have ridges, and ridgelines of each kind: more are no picture any more. */
const mostSteps = 24;
const mostLines = 12;

interface Kept {
  readonly sample: Pick<Sample, 'name' | 'of'>;
  readonly ridges: Map<number, Ridge>;
}

/** Histograms of some tensors at a few steps, the further apart the more steps there are. */
export class Ridges {
  readonly #kept = new Map<string, Kept>();
  #spacing = 1;

  /** Whether a step is one of those. The first is. */
  isDue(step: number): boolean {
    return (step - 1) % this.#spacing === 0;
  }

  /** @param step above all before, and due */
  add(step: number, samples: readonly Sample[]): void {
    for (const { name, of, data } of samples) {
      const line = this.#line(name, of);
      line?.ridges.set(step, histogram(data, scaleOf(of)));
    }
    while ([...this.#kept.values()].some(({ ridges }) => ridges.size > mostSteps)) this.#widen();
  }

  get ridgelines(): readonly Ridgeline[] {
    return [...this.#kept.values()].map(({ sample, ridges }) => ({
      ...sample,
      scale: scaleOf(sample.of),
      steps: [...ridges.keys()],
      ridges: [...ridges.values()],
    }));
  }

  /** Null where there are enough of its kind. */
  #line(name: string, of: Ridgeline['of']): Kept | null {
    const key = `${of} ${name}`;
    const known = this.#kept.get(key);
    if (known) return known;
    const alike = [...this.#kept.values()].filter(({ sample }) => sample.of === of).length;
    if (alike >= mostLines) return null;
    const made = { sample: { name, of }, ridges: new Map<number, Ridge>() };
    this.#kept.set(key, made);
    return made;
  }

  #widen(): void {
    this.#spacing *= 2;
    for (const { ridges } of this.#kept.values())
      for (const step of ridges.keys()) if (!this.isDue(step)) ridges.delete(step);
  }
}

const scaleOf = (of: Ridgeline['of']): Ridgeline['scale'] => (of === 'gradient' ? 'log10' : 'linear');
