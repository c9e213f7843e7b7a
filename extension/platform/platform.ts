import type { StartTrainer } from '../../engine/protocol/training.ts';
import type { Runner } from '../../engine/protocol/worker.ts';
import type { Checker } from '../../engine/workers/checks/checker.ts';
import type { LayOut } from '../../engine/workers/tasks/lay-out.ts';
import type { Place } from '../place.ts';

/** What differs between an extension host of Node and one of a browser: what threads are made of, and whether there is a disk. */
export interface Platform {
  /** @param spare whether a second worker is kept warm; a single run needs none */
  startRunner(options: { readonly spare: boolean }): Runner;
  readonly startTrainer: StartTrainer;
  startChecker(): Checker;
  readonly layOut: LayOut;
  /** The text of a stored file, null where there is none; undefined where it cannot be had at once. */
  readNow(place: Place): string | null | undefined;
}
