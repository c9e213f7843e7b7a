/** Of the first steps all, then ever fewer: so many of each doubling. */
const ofEachDoubling = 64;

/** Whether a step is one of the few that more is worked out of than their loss. There are some `64 · log₂(steps / 64)` of them. */
export const isDue = (step: number): boolean =>
  step <= ofEachDoubling || step % 2 ** Math.floor(Math.log2(step / ofEachDoubling)) === 0;
