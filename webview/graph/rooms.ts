import type { Box } from '../../engine/picture/layout.ts';

/** Side of the squares that boxes are filed under, so that a box is compared with its neighbours alone. */
const square = 256;

/** Which places of a picture are taken. */
export class Rooms {
  readonly #squares = new Map<string, Box[]>();

  constructor(taken: readonly Box[]) {
    for (const box of taken) this.#file(box);
  }

  /** Takes a place if it is free. */
  take(box: Box): boolean {
    const free = this.isFree(box);
    if (free) this.#file(box);
    return free;
  }

  isFree(box: Box): boolean {
    return !squaresOf(box).some((key) => this.#squares.get(key)?.some((other) => overlap(box, other)));
  }

  #file(box: Box): void {
    for (const key of squaresOf(box)) {
      const filed = this.#squares.get(key);
      if (filed) filed.push(box);
      else this.#squares.set(key, [box]);
    }
  }
}

function squaresOf({ x, y, width, height }: Box): string[] {
  const keys: string[] = [];
  for (let i = Math.floor(x / square); i <= Math.floor((x + width) / square); i++)
    for (let j = Math.floor(y / square); j <= Math.floor((y + height) / square); j++) keys.push(`${i},${j}`);
  return keys;
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
