import type { ParameterSeries, Series } from '../protocol/training.ts';
import { History } from './history.ts';
import { Ridges } from './ridges.ts';

/** What is learned, as it is told. */
export interface Learned {
  readonly name: string;
  readonly size: number;
}

/** What a step did to a parameter. */
export interface Change {
  /** By its place among all that is learned. */
  readonly parameter: number;
  /** Euclidean norm of its gradient. */
  readonly gradientNorm: number;
  /** Norm of what the optimiser added, over the norm of what it was added to. */
  readonly updateRatio: number;
}

const pointsOfParameter = 160;

/** What is remembered of a training: of bounded size, however long it takes. */
export class TrainingRecord {
  readonly #loss = new History();
  readonly #parameters: readonly { readonly norm: History; readonly ratio: History }[];

  readonly ridges = new Ridges();

  /** @param parameters how many there are. */
  constructor(parameters: number) {
    this.#parameters = Array.from({ length: parameters }, () => ({
      norm: new History(pointsOfParameter),
      ratio: new History(pointsOfParameter),
    }));
  }

  /** @param step from 1, above all before. */
  add(step: number, loss: number, changes: readonly Change[]): void {
    this.#loss.add(step, loss);
    for (const { parameter, gradientNorm, updateRatio } of changes) {
      const { norm, ratio } = this.#parameters[parameter]!;
      norm.add(step, gradientNorm);
      ratio.add(step, updateRatio);
    }
  }

  get loss(): Series {
    return this.#loss.series;
  }

  parameters(learned: readonly Learned[]): readonly ParameterSeries[] {
    return this.#parameters.map(({ norm, ratio }, i) => ({
      ...learned[i]!,
      gradientNorm: norm.series,
      updateRatio: ratio.series,
    }));
  }
}
