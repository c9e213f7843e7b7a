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

/** JSON has no word for ∞ and NaN: they go as texts, which the host turns back. */
export const attributesNumber = (attributes: Attributes): number =>
  textNumber(
    JSON.stringify(attributes, (_, value: unknown) =>
      value === undefined || (typeof value === 'number' && !Number.isFinite(value)) ? String(value) : value,
    ),
  );
