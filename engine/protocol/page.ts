import type { DisplayLanguage } from '../base/l10n.ts';

/** Where a panel page finds its parts. All are URLs as the page sees them. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
  /** elkjs' worker script: fetched by the page and started from a blob, the only way a webview allows. */
  readonly elkWorker: string;
  /** Whom scripts, styles and connections may come from. */
  readonly cspSource: string;
  readonly nonce?: string;
  /** What the page speaks. */
  readonly language: DisplayLanguage;
  /** Only on the local page: what the page proves itself with. */
  readonly localToken?: string;
  /** Only on the local page, which has no editor to take colours from. */
  readonly themeCss?: string;
}

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

/** Of the empty text. The UI kit makes an empty style element and fills it through the object model; nothing else passes. */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** What the page may do: nothing but its own script, style and layout worker. */
export const contentSecurityPolicy = ({ cspSource, nonce }: Pick<PageParts, 'cspSource' | 'nonce'>): string =>
  [
    "default-src 'none'",
    `script-src ${nonce === undefined ? cspSource : `'nonce-${nonce}'`}`,
    `style-src ${cspSource} ${emptyStyle}`,
    `connect-src ${cspSource}`,
    `font-src ${cspSource}`,
    'img-src data:',
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

/** The panel's page, the same in the editor and on the local page. No markup comes from the user's code. */
export function panelPage(parts: PageParts): string {
  const { script, style, elkWorker, nonce, language, localToken, themeCss } = parts;
  const meta = (name: string, content: string): string => `<meta name="${name}" content="${escape(content)}">`;
  return [
    '<!doctype html>',
    `<html lang="${escape(language.tag)}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escape(contentSecurityPolicy(parts))}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    meta('retrograd-elk-worker', elkWorker),
    // An attribute is data under any policy of content, where a script element would need a nonce that the local page does not
    // have; and it is there before the first text is drawn, where a message would come after it.
    ...(language.translations ? [meta('retrograd-translations', JSON.stringify(language.translations))] : []),
    ...(localToken === undefined ? [] : [meta('retrograd-local', localToken)]),
    ...(themeCss === undefined ? [] : [`<link rel="stylesheet" href="${escape(themeCss)}">`]),
    `<link rel="stylesheet" href="${escape(style)}">`,
    '<title>Retrograd</title>',
    '</head>',
    '<body>',
    '<div id="root"></div>',
    `<script type="module"${nonce === undefined ? '' : ` nonce="${escape(nonce)}"`} src="${escape(script)}"></script>`,
    '</body>',
    '</html>',
  ].join('\n');
}
