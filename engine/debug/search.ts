import type { Breakpoint } from './breakpoints/breakpoint.ts';
import type { Breakpoints } from './breakpoints/breakpoints.ts';
import type { ExceptionList } from './breakpoints/exception-list.ts';
import type { Exception } from './breakpoints/exceptions.ts';

/** Where a continued session stops, and why; or that it came to an end without a reason. */
export interface Found {
  readonly position: number;
  readonly breakpoints: readonly Breakpoint[];
  readonly exceptions: readonly Exception[];
}

interface SearchOptions {
  readonly breakpoints: Breakpoints;
  readonly exceptions: ExceptionList;
  /** Null where no filter is on. */
  readonly wanted: ((exception: Exception) => boolean) | null;
  /** Lets others have a turn; false when the search is not wanted any more. */
  readonly wait: () => Promise<boolean>;
  readonly say: (text: string) => void;
}

/** How many candidates are looked at before others get a turn. */
const slice = 200;

/**
 * The next place to stop at, or the one before: the same places whichever way one goes. Only positions of breakpoints are
 * looked at, so that a long run without any costs nothing. Null when it was given up; its last position is told then.
 */
export async function search(
  from: number,
  direction: 1 | -1,
  options: SearchOptions,
): Promise<Found | { readonly givenUpAt: number } | null> {
  const { breakpoints, say, wait } = options;
  const exception = await nearestException(from, direction, options);
  if (exception === undefined) return { givenUpAt: from };
  let position = from;
  for (let looked = 1; ; looked++) {
    const candidate = nearestCandidate(breakpoints.all, position, direction);
    const isPast =
      exception !== null && (direction > 0 ? candidate >= exception.position : candidate <= exception.position);
    if (candidate < 0 || isPast) break;
    position = candidate;
    const hit = passed(breakpoints.all, position, direction > 0 ? say : null);
    if (hit.length > 0) return { position, breakpoints: hit, exceptions: [] };
    if (looked % slice === 0 && !(await wait())) return { givenUpAt: position };
  }
  if (exception === null) return null;
  const hit = passed(breakpoints.all, exception.position, direction > 0 ? say : null);
  return { position: exception.position, breakpoints: hit, exceptions: [exception] };
}

const nearestCandidate = (all: readonly Breakpoint[], position: number, direction: 1 | -1): number =>
  all.reduce((best, breakpoint) => {
    const candidate = breakpoint.nearest(position, direction);
    if (candidate < 0) return best;
    return best < 0 || (direction > 0 ? candidate < best : candidate > best) ? candidate : best;
  }, -1);

/** Those that stop at a position; the others say what they have to say. What is said is said on the way forward only. */
function passed(all: readonly Breakpoint[], position: number, say: ((text: string) => void) | null): Breakpoint[] {
  return all.filter((breakpoint) => {
    if (!breakpoint.hasPosition(position)) return false;
    const { stops, says } = breakpoint.pass(position);
    if (says !== null) say?.(says);
    return stops;
  });
}

/** Undefined when the search was given up. */
async function nearestException(
  from: number,
  direction: 1 | -1,
  { exceptions, wanted, wait }: SearchOptions,
): Promise<Exception | null | undefined> {
  if (wanted === null) return null;
  let goesOn = true;
  const waiting = async (): Promise<boolean> => (goesOn = await wait());
  const found =
    direction > 0
      ? await exceptions.from(from + 1, wanted, waiting)
      : ((await exceptions.before(from, waiting)).filter(wanted).at(-1) ?? null);
  return goesOn ? found : undefined;
}
