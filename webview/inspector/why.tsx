import { t } from '../../engine/base/l10n.ts';
import type { WhyCause, WhyView } from '../../engine/explain/view.ts';

/** Why a gradient is null, or 0 in some places: each cause with what it explains, and where it stands. */
export function Why({ why }: { readonly why: WhyView | null }) {
  if (!why) return null;
  if (why.kind === 'null' && why.causes.length === 1) return <p class="why">{why.text}</p>;
  return (
    <div class="why">
      <p>{why.text}</p>
      <ul>
        {why.causes.map((cause) => (
          <li key={`${cause.cause}:${cause.node}`}>
            {counted(cause)} <span class="dim">{t('({0})', cause.place)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function counted({ elements, text }: WhyCause): string {
  if (elements === null) return text;
  return elements === 1 ? t('1 element: {0}', text) : t('{0} elements: {1}', elements, text);
}
