import { stderr } from 'node:process';
import { harmless } from './outcome.ts';

/** How often the line is written anew, in milliseconds. */
const often = 100;

export interface ProgressLine {
  readonly tell: (what: string, done: number, total: number) => void;
  /** Takes the line away again. */
  readonly end: () => void;
}

/** One line on standard error that says how far a long task is; null where nobody sees it as it happens. */
export function progressLine(task: string): ProgressLine | null {
  if (!stderr.isTTY) return null;
  let next = 0;
  return {
    tell: (what, done, total) => {
      const now = Date.now();
      if (now < next) return;
      next = now + often;
      stderr.write(`\r\u001b[K${harmless(what)}: ${task} ${done}/${total}`);
    },
    end: () => stderr.write('\r\u001b[K'),
  };
}
