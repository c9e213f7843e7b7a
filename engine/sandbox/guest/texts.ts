import type { Attributes } from '../../tensor/runtime.ts';

const known = new Map<string, number>();
let intern: (text: string) => number;

export function internWith(host: (text: string) => number): void {
  intern = host;
}

/** What the stream calls a text. */
export function textNumber(text: string): number {
  const number = known.get(text) ?? intern(text);
  known.set(text, number);
  return number;
}

export const attributesNumber = (attributes: Attributes): number => textNumber(written(attributes));

/** The number of attributes that one record is about, and none after it: neither side remembers them. */
export const passingAttributes = (attributes: Attributes): number => intern(written(attributes));

/** JSON has no word for ∞ and NaN: they go as texts, which the host turns back. */
const written = (attributes: Attributes): string =>
  JSON.stringify(attributes, (_, value: unknown) =>
    value === undefined || (typeof value === 'number' && !Number.isFinite(value)) ? String(value) : value,
  );
