/** How many elements something holds of, where it holds of the first ones alone. */
export function countWhile<Element>(all: ArrayLike<Element>, holds: (element: Element) => boolean): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(all[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of ascending numbers are below a limit: the index of the first that is not. */
export const countBelow = (numbers: ArrayLike<number>, limit: number): number =>
  countWhile(numbers, (number) => number < limit);
