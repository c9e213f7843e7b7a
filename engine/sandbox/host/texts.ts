import { t } from '../../base/l10n.ts';
import type { Attributes } from '../../tensor/runtime.ts';
import { attributesOf, parsed } from './attributes.ts';
import { RunStopped } from './limits.ts';

const maxTexts = 100_000;
/** Of all texts together: none is any longer than the guest's memory, but they stay here when it has let go of them. */
const maxCharacters = 2 ** 25;

/** What the guest has said once, and calls by its number from then on: names, and attributes of ops as JSON. */
export class Texts {
  readonly #texts = new Map<number, string>();
  readonly #attributes = new Map<number, Attributes>();
  #count = 0;
  #characters = 0;

  /** The number of a text. @throws RunStopped when there are too many */
  intern(text: string): number {
    this.#characters += text.length;
    if (this.#texts.size >= maxTexts || this.#characters > maxCharacters)
      throw new RunStopped('too-large', t('The model uses too many different names.'));
    this.#texts.set(this.#count, text);
    return this.#count++;
  }

  /** The guest knows texts by the numbers that another one gave them. */
  adopt(from: Texts): void {
    for (const [number, text] of from.#texts) this.#texts.set(number, text);
    this.#count = Math.max(this.#count, from.#count);
    this.#characters = Math.max(this.#characters, from.#characters);
  }

  /** @throws RunStopped for a number that is no text */
  text(number: number): string {
    const text = this.#texts.get(number);
    if (text === undefined) throw new RunStopped('internal', 'There is no such text.');
    return text;
  }

  /** Few are different from each other: each text is read once. @throws RunStopped for what are no attributes */
  attributes(number: number): Attributes {
    const known = this.#attributes.get(number);
    if (known) return known;
    const attributes = Object.freeze(attributesOf(parsed(this.text(number))));
    this.#attributes.set(number, attributes);
    return attributes;
  }

  /** Nobody refers to them again. @throws RunStopped for what are no attributes */
  passingAttributes(number: number): Attributes {
    const text = this.text(number);
    const attributes = Object.freeze(attributesOf(parsed(text)));
    this.#texts.delete(number);
    this.#characters -= text.length;
    return attributes;
  }
}
