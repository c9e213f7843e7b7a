import type { Arguments } from '../arguments.ts';
import type { Session } from '../session.ts';

/** What is answered, and what is done once the answer is on its way. */
export interface Answer {
  readonly body?: unknown;
  readonly after?: () => void;
}

export type Handler = (session: Session, given: Arguments) => Answer | Promise<Answer>;
