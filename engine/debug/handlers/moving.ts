import type { Arguments } from '../arguments.ts';
import type { Answer, Handler } from './handler.ts';

/** Steps and runs, in both directions. The answer comes first, the stop after it. */
export const moving: Readonly<Record<string, Handler>> = {
  configurationDone: (session) => after(() => session.begin()),
  next: (session, given) => after(() => session.step(granularityOf(given) ?? 'over')),
  stepIn: (session, given) => after(() => session.step(granularityOf(given) ?? 'into')),
  stepOut: (session, given) => after(() => session.step(granularityOf(given) ?? 'out')),
  stepBack: (session, given) => after(() => session.back(granularityOf(given) ?? 'over')),
  continue: (session) => ({ body: { allThreadsContinued: true }, after: () => session.go(1) }),
  reverseContinue: (session) => after(() => session.go(-1)),
  terminate: (session) => after(() => session.end()),
};

const after = (act: () => void): Answer => ({ after: act });

/** A “statement” is an op, which needs no saying. */
function granularityOf(given: Arguments): 'line' | 'instruction' | null {
  const granularity = given.oneOf('granularity', ['statement', 'line', 'instruction'], 'statement');
  return granularity === 'statement' ? null : granularity;
}
