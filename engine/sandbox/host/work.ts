import type { Shape } from '../../tensor/shape.ts';
import { sizeOf } from '../../tensor/shape.ts';

const stepsALook = 64;
const elementsAStep = 256;

/** Looks at the clock after many steps, or after much work: a look costs as much as a small op. */
export class Work {
  readonly #checkTime: () => void;
  #since = 0;

  constructor(checkTime: () => void) {
    this.#checkTime = checkTime;
  }

  /** A tensor of this shape was made. Throws what the clock throws when time is over. */
  done(shape: Shape): void {
    this.#since += 1 + sizeOf(shape) / elementsAStep;
    if (this.#since < stepsALook) return;
    this.#since = 0;
    this.#checkTime();
  }
}
