import { t } from '../base/l10n.ts';

/** A request that cannot be answered. Its message is for the person who made it. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
}

const longestText = 100_000;

/** The arguments of a request as they come in: of any shape, until they have been looked at. */
export class Arguments {
  readonly #given: Readonly<Record<string, unknown>>;

  constructor(given: unknown) {
    this.#given = typeof given === 'object' && given !== null ? (given as Readonly<Record<string, unknown>>) : {};
  }

  has(name: string): boolean {
    return this.#given[name] !== undefined && this.#given[name] !== null;
  }

  /** @throws RequestError where there is none. */
  text(name: string): string {
    const value = this.optionalText(name);
    if (value === null) throw new RequestError(t("'{0}' is missing, or is no text.", name));
    return value;
  }

  optionalText(name: string): string | null {
    const value = this.#given[name];
    return typeof value === 'string' && value.length <= longestText ? value : null;
  }

  /** @throws RequestError for a text that is none of the words. */
  oneOf<Word extends string>(name: string, words: readonly Word[], fallback: Word): Word {
    const value = this.#given[name];
    if (value === undefined || value === null) return fallback;
    const word = words.find((known) => known === value);
    if (word === undefined) throw new RequestError(t("'{0}' is one of {1}.", name, words.join(', ')));
    return word;
  }

  /** A whole number from 0 up. @throws RequestError for anything else. */
  whole(name: string): number {
    const value = this.#given[name];
    if (!Number.isSafeInteger(value) || (value as number) < 0)
      throw new RequestError(t("'{0}' is missing, or is no whole number.", name));
    return value as number;
  }

  optionalWhole(name: string): number | null {
    return this.has(name) ? this.whole(name) : null;
  }

  /** A whole number that may be below 0. */
  integer(name: string, fallback: number): number {
    const value = this.#given[name];
    return Number.isSafeInteger(value) ? (value as number) : fallback;
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.#given[name];
    return typeof value === 'boolean' ? value : fallback;
  }

  record(name: string): Arguments {
    return new Arguments(this.#given[name]);
  }

  /** Empty where there is no list. */
  list(name: string): readonly Arguments[] {
    const value = this.#given[name];
    return Array.isArray(value) ? value.map((item) => new Arguments(item)) : [];
  }

  texts(name: string): readonly string[] {
    const value = this.#given[name];
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  }
}
