import type { Exception, ExceptionFinder } from './exceptions.ts';
import { countBelow } from '../../base/sorted.ts';

/** How many moments are looked at before others get a turn. */
const slice = 2000;

/** The exceptions of a playback in order, found as far as anybody asked. */
export class ExceptionList {
  readonly #found: Exception[] = [];
  #looked = 0;

  #finder: ExceptionFinder | null = null;

  /** @param makeFinder called once somebody asks: it looks at the whole run. */
  constructor(
    readonly makeFinder: () => ExceptionFinder,
    readonly length: number,
  ) {}

  /** All up to, and without, a position. Looks on, slice by slice; `wait` lets others have a turn, and ends the search by false. */
  async before(position: number, wait: () => Promise<boolean>): Promise<readonly Exception[]> {
    await this.#look(position, wait, () => false);
    return this.#found.slice(0, this.#index(position));
  }

  /** From a position on until one that is wanted. */
  async from(
    position: number,
    wanted: (exception: Exception) => boolean,
    wait: () => Promise<boolean>,
  ): Promise<Exception | null> {
    const known = this.#found.slice(this.#index(position)).find(wanted);
    if (known) return known;
    let found: Exception | null = null;
    await this.#look(this.length, wait, (exception) => {
      if (exception.position < position || !wanted(exception)) return false;
      found = exception;
      return true;
    });
    return found;
  }

  #index(position: number): number {
    return countBelow(
      this.#found.map((exception) => exception.position),
      position,
    );
  }

  async #look(end: number, wait: () => Promise<boolean>, isEnough: (exception: Exception) => boolean): Promise<void> {
    const finder = (this.#finder ??= this.makeFinder());
    while (this.#looked < end) {
      const found = finder.at(this.#looked++);
      this.#found.push(...found);
      if (found.some(isEnough)) return;
      if (this.#looked % slice === 0 && !(await wait())) return;
    }
  }
}
