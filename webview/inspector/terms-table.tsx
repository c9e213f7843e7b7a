import { t } from '../../engine/base/l10n.ts';
import type { Card } from '../../engine/explain/view.ts';

/** A card beside a node is read at a glance. */
const brieflyShown = 6;

/** The sum over consumers: each term with its numbers and its share of the whole. */
export function TermsTable({ card, brief = false }: { readonly card: Card; readonly brief?: boolean }) {
  if (card.terms.length < 2) return null;
  const shown = brief ? card.terms.slice(0, brieflyShown) : card.terms;
  const rest = card.restOfTerms;
  const hidden = card.terms.length - shown.length + Number(rest?.count ?? 0);
  return (
    <>
      <table class="terms">
        <thead>
          <tr>
            <th>{t('term')}</th>
            <th>{t('local derivative')}</th>
            <th class="right">{t('with this run’s numbers')}</th>
            <th class="right">{t('value')}</th>
            <th class="right">{t('share')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((term) => (
            <tr key={term.throughNode}>
              <td>{term.symbol}</td>
              <td class="dim formula">{term.formula}</td>
              <td class="right">
                {term.outer.text} · {term.local.text}
              </td>
              <td class="right warm">{term.value.text}</td>
              <td class="right">{term.share?.text}</td>
            </tr>
          ))}
          {hidden > 0 && (
            <tr class="dim">
              <td colSpan={3}>{t('{0} more', hidden)}</td>
              <td class="right">{brief ? '…' : rest?.sum?.text}</td>
              <td class="right">{brief ? '' : rest?.share?.text}</td>
            </tr>
          )}
          <tr class="total">
            <td colSpan={3}>{t('sum')}</td>
            <td class="right">{card.sum?.text}</td>
            <td />
          </tr>
        </tbody>
      </table>
      {card.cancellation !== null && <p class="cancellation">{card.cancellation}</p>}
    </>
  );
}
