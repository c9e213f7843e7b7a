import type { Place } from '../replay/stepper/cursor.ts';
import type { Phase } from '../replay/stepper/timeline.ts';
import type { Playback } from './playback.ts';

/** A place that can be found again in another run of the same program, its text changed or not. */
export interface Bookmark extends Place {
  /** Null at the end. */
  readonly moment: { readonly phase: Phase; readonly input: number; readonly name: string } | null;
}

export function bookmarkOf({ stepper, names }: Playback): Bookmark {
  const moment = stepper.timeline.at(stepper.position);
  return {
    ...stepper.place,
    moment: moment && { phase: moment.phase, input: moment.input, name: names.written(moment.node) },
  };
}

/** Where a bookmark is in this run: the moment of the same name, else after the same number of moments. */
export function placeOf({ stepper, naming }: Playback, { position, depth, moment }: Bookmark): Place {
  const { timeline, cursor } = stepper;
  if (moment === null) return cursor.end();
  const node = naming.written(moment.name);
  let found = Math.min(position, timeline.length);
  for (let at = 0; node !== null && at < timeline.length; at++) {
    const { phase, input, node: own } = timeline.at(at)!;
    if (own === node && phase === moment.phase && input === moment.input) found = at;
  }
  return { position: found, depth: Math.min(depth, cursor.inside(found).depth) };
}
