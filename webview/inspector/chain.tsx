import { useEffect, useState } from 'preact/hooks';
import { countText } from '../../engine/base/count-text.ts';
import { t } from '../../engine/base/l10n.ts';
import type { Card } from '../../engine/explain/view.ts';
import { ChainTable } from './chain-table.tsx';
import { Health } from '../health/lines.tsx';
import { MatrixForm } from './matrix-form.tsx';
import { pointedPath } from './pointed-path.ts';
import type { TabProps } from './tabs.ts';
import { TermsTable } from './terms-table.tsx';
import { Why } from './why.tsx';

/** The chain rule of the chosen node: why there is nothing to see, its terms, and its paths one by one. */
export function Chain({ card }: TabProps) {
  const [at, setAt] = useState(0);
  const path = card.paths[Math.min(at, card.paths.length - 1)];
  return (
    <>
      <p class="equation">
        {card.title}
        {card.gradient && <b> = {card.gradient.text}</b>}
      </p>
      <Health lines={card.health} />
      <Why why={card.why} />
      {card.matrices.map((equation) => (
        <MatrixForm key={equation.left} {...equation} />
      ))}
      <TermsTable card={card} />
      {card.pathCount !== '1' && card.paths.length > 0 && <Paths card={card} at={at} choose={setAt} />}
      {path && path.factors.length > 0 && <ChainTable path={path} />}
    </>
  );
}

const dim = (): void => {
  pointedPath.value = null;
};

interface PathsProps {
  readonly card: Card;
  readonly at: number;
  readonly choose: (at: number) => void;
}

/** The strongest paths to choose from. The one that is pointed at is lit in the graph. */
function Paths({ card, at, choose }: PathsProps) {
  const rest = card.restOfPaths;
  // Another run, or another node: what was pointed at is not there any more.
  useEffect(() => dim, [card]);
  return (
    <p class="paths" role="group" aria-label={t('Paths to the loss')} onMouseLeave={dim}>
      {card.paths.map((one, i) => (
        <button
          key={one.nodes.join()}
          type="button"
          aria-pressed={i === at}
          onClick={() => choose(i)}
          onMouseEnter={() => (pointedPath.value = one)}
          onFocus={() => (pointedPath.value = one)}
          onBlur={dim}
        >
          {t('path {0}: {1}', i + 1, one.product.text)}
          {one.share && <span class="dim"> {one.share.text}</span>}
        </button>
      ))}
      {rest && (
        <span class="dim">
          {rest.count === '1'
            ? t('The other path: {0}', rest.sum?.text ?? '…')
            : t('The other {0} paths together: {1}', countText(rest.count), rest.sum?.text ?? '…')}
        </span>
      )}
      <span class="dim">{t('{0} in all, sum {1}', countText(card.pathCount), card.sum?.text ?? '')}</span>
    </p>
  );
}
