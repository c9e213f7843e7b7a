import { useState } from 'preact/hooks';
import { t } from '../../engine/base/l10n.ts';
import { ChainTable } from './chain-table.tsx';
import type { TabProps } from './tabs.ts';

/** The chain rule of the chosen node, path by path. */
export function Chain({ card }: TabProps) {
  const [at, setAt] = useState(0);
  const path = card.paths[Math.min(at, card.paths.length - 1)];
  return (
    <>
      <p class="equation">
        {card.title}
        {card.gradient && <b> = {card.gradient.text}</b>}
      </p>
      {card.gradient === null && <p>{t('No gradient: {0}.', card.node.noGradient ?? '')}</p>}
      {card.paths.length > 1 && (
        <p class="paths" role="group" aria-label={t('Paths to the loss')}>
          {card.paths.map((one, i) => (
            <button key={one.nodes.join()} type="button" aria-pressed={i === at} onClick={() => setAt(i)}>
              {t('path {0}: {1}', i + 1, one.product.text)}
            </button>
          ))}
          <span class="dim">{t('{0} in all, sum {1}', card.pathCount, card.sum?.text ?? '')}</span>
        </p>
      )}
      {path && path.factors.length > 0 && <ChainTable path={path} />}
    </>
  );
}
