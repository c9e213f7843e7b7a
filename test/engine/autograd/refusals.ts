import assert from 'node:assert/strict';

/** Something that is refused, and how. */
export interface Refusal {
  readonly what: string;
  readonly of: () => unknown;
  readonly name: string;
  readonly says: RegExp;
}

/** What JavaScript lets through although the types do not. */
export const untyped = (value: unknown): never => value as never;

export function itRefuses(refusals: readonly Refusal[]): void {
  for (const { what, of, name, says } of refusals)
    it(`is refused by name: ${what}`, () => assert.throws(of, { name, message: says }));
}
