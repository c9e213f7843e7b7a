import type { ProblemCode } from '../../base/problem.ts';
import type { Place } from './problems.ts';

/** A run went over one of its limits, or the guest sent what no library would. Ends the run, whatever the guest catches. */
export class RunStopped extends Error {
  override readonly name = 'RunStopped';
  readonly code: ProblemCode;
  /** Where, if that is known better than by where the program is. */
  readonly place: Place | null;

  constructor(code: ProblemCode, message: string, place: Place | null = null) {
    super(message);
    this.code = code;
    this.place = place;
  }
}
