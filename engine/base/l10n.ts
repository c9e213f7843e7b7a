/** English texts and what they are in another language, as `l10n/bundle.l10n.*.json` holds them. */
export type Translations = Readonly<Record<string, string>>;

export interface DisplayLanguage {
  /** As in `zh-cn`: what screen readers pronounce by, and browsers choose fonts by. */
  readonly tag: string;
  /** Null for English. */
  readonly translations: Translations | null;
}

/**
 * One display language per process: an editor window, a page and a command line each speak to one reader, who does not
 * change language half-way. Passing it through every function that makes a text would be a parameter without a choice.
 */
let present: DisplayLanguage = { tag: 'en', translations: null };

/** Done once, before anything is shown: texts that were made already stay as they are. No bundle is English, whatever the tag. */
export function setTranslations(bundle: Translations | null, tag = 'en'): void {
  present = { tag: bundle === null ? 'en' : tag, translations: bundle };
}

/** What is set, to hand it on to another process: a page, a worker. */
export const displayLanguage = (): DisplayLanguage => present;

/**
 * A text for people in the display language; in English where it has no translation. `{0}`, `{1}` … stand for the arguments,
 * in any order, because languages differ in it. Call it where the text is needed and not while a module loads: the language is
 * not known then. The text is a literal, so that `test/rules/l10n.test.ts` can hold the translations against it.
 */
export function t(text: string, ...args: readonly (string | number)[]): string {
  const { translations } = present;
  const template = translations !== null && Object.hasOwn(translations, text) ? translations[text]! : text;
  return template.replace(/\{(\d+)\}/g, (placeholder, index) => String(args[Number(index)] ?? placeholder));
}

/** The same for a text that is stated as data in one place and shown in another: the convention of an op. */
export const translationOf = (stated: string): string => t(stated);
