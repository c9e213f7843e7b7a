import type { ProblemCode } from '../../base/problem.ts';

/** A run went over one of its limits, or the guest sent what no library would. Ends the run, whatever the guest catches. */
export class RunStopped extends Error {
  override readonly name = 'RunStopped';
  readonly code: ProblemCode;

  constructor(code: ProblemCode, message: string) {
    super(message);
    this.code = code;
  }
}
