import { useSignalEffect } from '@preact/signals';
import { useState } from 'preact/hooks';
import { t } from '../../engine/base/l10n.ts';
import { checkAsked, chosen, chosenCard, nodeOf, snapshot } from '../state.ts';
import { startCheck } from './check-state.ts';
import { Check } from './check.tsx';
import { tabs } from './tabs.ts';

/** What is known of the chosen node. */
export function Inspector() {
  const [at, setAt] = useState(0);
  const { Body } = tabs[at]!;
  // A check that was asked for in the editor begins as if its button had been pressed.
  useSignalEffect(() => {
    const asked = checkAsked.value;
    if (asked === null) return;
    checkAsked.value = null;
    setAt(tabs.findIndex((tab) => tab.Body === Check));
    startCheck(asked);
  });
  const node = nodeOf(chosen.value);
  const card = chosenCard.value;
  // Its place is kept until the card is there: the graph beside it would be laid out for another size, and again.
  if (node && !card) return <section class="inspector" data-testid="inspector" aria-label={t('Inspector')} />;
  if (!node || !card) {
    return (
      <section class="inspector empty" data-testid="inspector" aria-label={t('Inspector')}>
        <p class="dim">{t('Choose a node to see its gradient factor by factor.')}</p>
      </section>
    );
  }
  const place = node.source ? `${snapshot.value?.file?.split('/').at(-1) ?? ''}:${node.source.line}` : '';
  const heading = [node.name, node.kind === 'loss' ? t('loss') : node.op, place].filter(Boolean).join(' · ');
  const onKey = (event: KeyboardEvent): void => {
    const last = tabs.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[
      event.key
    ];
    if (to === undefined) return;
    event.preventDefault();
    setAt(to);
    (event.currentTarget as HTMLElement).querySelectorAll('button')[to]?.focus();
  };
  return (
    <section class="inspector" data-testid="inspector" aria-label={t('Inspector')}>
      <div class="tabs">
        <div role="tablist" aria-label={t('What to show')} onKeyDown={onKey}>
          {tabs.map(({ title }, i) => (
            <button
              key={i}
              type="button"
              role="tab"
              aria-selected={i === at}
              tabIndex={i === at ? 0 : -1}
              onClick={() => setAt(i)}
            >
              {title()}
            </button>
          ))}
        </div>
        <span class="dim" title={heading}>
          {heading}
        </span>
      </div>
      <div role="tabpanel" tabIndex={0} class="tab-panel">
        <Body node={node} card={card} />
      </div>
    </section>
  );
}
