import zhCn from '../../../l10n/bundle.l10n.zh-cn.json' with { type: 'json' };
import type { DisplayLanguage, Translations } from '../../base/l10n.ts';

/** By the tag that VS Code has for them, so that one bundle serves both. */
const bundles: Readonly<Record<string, Translations>> = { 'zh-cn': zhCn };

/** `--format json`, in one argument or in two. */
const documents = /--format[ =](json|sarif|junit)$/;

/** What can be asked for. */
export const languages: readonly string[] = ['en', ...Object.keys(bundles)];

const asked = (args: readonly string[]): string | undefined => {
  const at = args.findIndex((argument) => argument === '--language' || argument.startsWith('--language='));
  return at < 0 ? undefined : args[at]!.includes('=') ? args[at]!.slice(args[at]!.indexOf('=') + 1) : args[at + 1];
};

/**
 * The language of the command line: what is asked for, else what the environment says, in POSIX' order. Found before the
 * commands are declared, because their help is in it too. JSON and the like are for programs, which do not change with their
 * user's language.
 */
export function languageOf(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): DisplayLanguage {
  const locale = [environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']].find(Boolean);
  const isForPrograms = args.some(
    (argument, i) => argument === '--json' || documents.test(`${args[i - 1] ?? ''} ${argument}`),
  );
  const tag = isForPrograms ? 'en' : tagOf(asked(args) ?? locale ?? 'en');
  return { tag, translations: bundles[tag] ?? null };
}

/** `zh_CN.UTF-8`, `zh-Hans`, `zh` are Simplified Chinese; Traditional Chinese (`zh_TW`, `zh-Hant`) is another language. */
function tagOf(locale: string): string {
  const [language, ...parts] = locale
    .toLowerCase()
    .replace(/[.@].*$/, '')
    .split(/[-_]/);
  if (language !== 'zh') return language!;
  return parts.some((part) => ['tw', 'hk', 'mo', 'hant'].includes(part)) ? 'zh-tw' : 'zh-cn';
}
