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
    const { live, traced } = services;
    const provider: vscode.HoverProvider = {
      provideHover(document, position) {
        const place = placeOfUri(document.uri);
        if (place === null) return null;
        const text = document.getText();
        const node = traced.nodeAt(place, text, document.offsetAt(position) as Offset);
        const told = node === null ? null : live.presenter.hover(node);
        if (told === null) return null;
        const span = traced.spanIn(place, text, told.span);
        const note = live.status === 'stale' ? `\n\n*${t('From the last run that worked.')}*` : '';
        // Neither trusted nor HTML: names and messages of the user's program are part of it.
        const markdown = [new vscode.MarkdownString(told.markdown + note)];
        if (told.hasGradient) markdown.push(checkLink(document, document.offsetAt(position)));
        return new vscode.Hover(markdown, span === null ? undefined : rangeOf(document, span));
      },
    };
    const selector = modelLanguages.map((language) => ({ language, scheme: 'file' }));
    return whileEnabled(services, 'hover', () => vscode.languages.registerHoverProvider(selector, provider));
  },
};
