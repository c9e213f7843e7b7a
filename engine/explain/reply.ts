import { t } from '../base/l10n.ts';
import type { ToHost, ToPanel } from '../protocol/panel.ts';
import type { Presenter } from './presenter.ts';

/** What a question of the panel is answered with, by whoever hosts it. */
export function replyTo(
  { request, sequence, question }: Extract<ToHost, { type: 'ask' }>,
  presenter: Pick<Presenter, 'answer'>,
  shown: { readonly sequence: number },
): Extract<ToPanel, { type: 'reply' | 'refused' }> {
  const answer = sequence === shown.sequence ? presenter.answer(question) : null;
  if (answer) return { type: 'reply', request, answer };
  return { type: 'refused', request, message: t('A newer run has taken the place of the one that was asked about.') };
}
