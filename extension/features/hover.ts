import * as vscode from 'vscode';
import { t } from '../../engine/base/l10n.ts';
import type { Offset } from '../../engine/base/span.ts';
import { checkLink } from '../check-link.ts';
import { modelLanguages } from '../contributions.ts';
import { placeOfUri, rangeOf } from '../documents.ts';
import type { Feature } from '../feature.ts';
import { whileEnabled } from '../while-enabled.ts';

/** Shows value, gradient and chain rule of the expression under the pointer. */
export const hover: Feature = {
  name: 'hover',
  start: (services) => {
    const { live, traced, debugging } = services;
    const provider: vscode.HoverProvider = {
      provideHover(document, position) {
        const place = placeOfUri(document.uri);
        if (place === null) return null;
        const now = document.getText();
        const node = traced.nodeAt(place, now, document.offsetAt(position) as Offset);
        const told = node === null ? null : live.presenter.hover(node);
        if (told === null) return null;
        const span = traced.spanIn(place, now, told.span);
        const { whatIf } = debugging;
        const notes = [
          ...(live.status === 'stale' ? [t('From the last run that worked.')] : []),
          ...(whatIf.length > 0 ? [t('what if: {0}', whatIf.join(' · '))] : []),
        ];
        // Neither trusted nor HTML: names and messages of the user's program are part of it.
        const text = new vscode.MarkdownString(told.markdown);
        for (const note of notes) text.appendMarkdown('\n\n*').appendText(note).appendMarkdown('*');
        const markdown = [text];
        if (told.hasGradient) markdown.push(checkLink(document, document.offsetAt(position)));
        return new vscode.Hover(markdown, span === null ? undefined : rangeOf(document, span));
      },
    };
    const selector = modelLanguages.map((language) => ({ language }));
    return whileEnabled(services, 'hover', () => vscode.languages.registerHoverProvider(selector, provider));
  },
};
