/** English texts and what they are in another language, as `l10n/bundle.l10n.*.json` holds them. */
export type Translations = Readonly<Record<string, string>>;

/**
 * One display language per process: an editor window, a page and a command line each speak to one reader, who does not
 * change language half-way. Passing it through every function that makes a text would be a parameter without a choice.
 */
let present: Translations | null = null;

/** Done once, before anything is shown: texts that were made already stay as they are. Null is English. */
export function setTranslations(bundle: Translations | null): void {
  present = bundle;
}

/** What is set, to hand it on to another process: a page, a worker. */
export const translations = (): Translations | null => present;

/**
 * A text for people in the display language; in English where it has no translation. `{0}`, `{1}` … stand for the arguments,
 * in any order, because languages differ in it. Call it where the text is needed and not while a module loads: the language is
 * not known then. The text is a literal, so that `test/rules/l10n.test.ts` can hold the translations against it.
 */
export function t(text: string, ...args: readonly (string | number)[]): string {
  const template = present !== null && Object.hasOwn(present, text) ? present[text]! : text;
  return template.replace(/\{(\d+)\}/g, (placeholder, index) => String(args[Number(index)] ?? placeholder));
}
