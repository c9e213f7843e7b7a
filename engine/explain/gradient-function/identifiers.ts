const reserved: ReadonlySet<string> = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for
  function if implements import in instanceof interface let new null package private protected public return static super switch
  this throw true try typeof undefined var void while with yield NaN Infinity`.split(/\s+/),
);

/** Any text as an identifier: `h[2]` is `h_2`. */
export function identifier(name: string): string {
  const parts = name
    .slice(0, 60)
    .split(/[^\p{ID_Continue}$]+/u)
    .filter((part) => part !== '');
  const joined = parts.join('_');
  return /^[\p{ID_Start}_$]/u.test(joined) ? joined : `_${joined}`;
}

/** Identifiers of one program: one for each thing, no two the same, and none of those that are taken. */
export class Identifiers {
  readonly #byThing = new Map<string, string>();
  readonly #taken: Set<string>;

  constructor(taken: readonly string[]) {
    this.#taken = new Set(taken);
  }

  of(thing: string, name: string): string {
    const known = this.#byThing.get(thing);
    if (known !== undefined) return known;
    let free = identifier(name);
    while (reserved.has(free) || this.#taken.has(free)) free += '_';
    this.#byThing.set(thing, free);
    this.#taken.add(free);
    return free;
  }
}
