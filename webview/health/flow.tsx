import { useEffect, useState } from 'preact/hooks';
import { t } from '../../engine/base/l10n.ts';
import type { FlowBar, FlowView } from '../../engine/explain/flow/view.ts';
import type { TabProps } from '../inspector/tabs.ts';
import { ask, reveal, snapshot } from '../state.ts';
import './flow.css';
import { pointedPlace } from './pointed-place.ts';
import { Sparkline } from './sparkline.tsx';
import { type Range, Bar, rangeOf } from './waterfall.tsx';

/** What each place of the source makes of the gradient on its way from the loss to the chosen node. */
export function Flow({ node }: TabProps) {
  const [told, setTold] = useState<FlowView | null>(null);
  const sequence = snapshot.value?.sequence;
  useEffect(() => ask({ kind: 'flow', node: node.id }, setTold), [node.id, sequence]);
  useEffect(() => unpoint, []);
  if (node.kind === 'loss') return <p data-testid="flow">{t('The gradient begins here, as 1.')}</p>;
  if (node.gradient === null) return <p data-testid="flow">{t('No gradient: {0}.', node.noGradient ?? '')}</p>;
  if (told?.node !== node.id) return null;
  return (
    <div data-testid="flow">
      <p class="flow-title">{told.title}</p>
      <p class="flow-summary">{told.summary ?? t('Its norm hardly changes on the way.')}</p>
      <Waterfall bars={told.bars} />
      {told.bars.some(({ count }) => count > 1) && (
        <p class="dim">{t('A line that is repeated is one bar, its repetitions added up.')}</p>
      )}
      {told.repetitions && (
        <p class="flow-repetitions">
          {told.repetitions.label} <Sparkline of={told.repetitions.sparkline} width={200} />{' '}
          <span class="dim">{told.repetitions.sparkline.text}</span>
        </p>
      )}
    </div>
  );
}

const unpoint = (): void => {
  pointedPlace.value = null;
};

/** The bars are the picture of a table, and the table is what is read. */
function Waterfall({ bars }: { readonly bars: readonly FlowBar[] }) {
  const range = rangeOf(bars);
  const repeats = bars.some(({ sparkline }) => sparkline !== null);
  return (
    <table class="flow" onMouseLeave={unpoint} onKeyDown={onKey}>
      <thead>
        <tr>
          <th>{t('from the loss outwards')}</th>
          <th>{t('place')}</th>
          <th class="flow-bar">
            <Scale range={range} />
          </th>
          <th class="right">{t('decades')}</th>
          <th class="right flow-share">{t('of all lost')}</th>
          <th class="right flow-norm">{t('norm after')}</th>
          {repeats && <th class="flow-spark">{t('each repetition')}</th>}
        </tr>
      </thead>
      <tbody>
        {bars.map((bar, i) => (
          <Row key={i} bar={bar} next={bars[i + 1] ?? null} range={range} repeats={repeats} isFirst={i === 0} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly bar: FlowBar;
  readonly next: FlowBar | null;
  readonly range: Range;
  readonly repeats: boolean;
  readonly isFirst: boolean;
}

function Row({ bar, next, range, repeats, isFirst }: RowProps) {
  const { label, count, place, text, share, norm, isCulprit, sparkline, lit, reveals } = bar;
  const point = (): void => {
    pointedPlace.value = lit;
  };
  return (
    <tr class={isCulprit ? 'culprit' : ''} data-flow={label} onMouseEnter={point}>
      <td>
        <button
          type="button"
          tabIndex={isFirst ? 0 : -1}
          title={t('Show in the source')}
          onFocus={point}
          onBlur={unpoint}
          onClick={() => reveal(reveals)}
        >
          {label}
          {count > 1 && <span class="times"> ×{count}</span>}
        </button>
      </td>
      <td class="dim">{place}</td>
      <td class="flow-bar">
        <Bar bar={bar} next={next} range={range} />
      </td>
      <td class="right">
        {text}
        {isCulprit && <span class="for-screen-readers">, {t('most is lost here')}</span>}
      </td>
      <td class="right dim flow-share">{share}</td>
      <td class="right flow-norm">{norm}</td>
      {repeats && <td class="flow-spark">{sparkline && <Sparkline of={sparkline} />}</td>}
    </tr>
  );
}

/** The ends of the scale. */
function Scale({ range: { low, high } }: { readonly range: Range }) {
  const shown = (decades: number): string => `${decades < 0 ? '−' : ''}${Math.abs(decades)}`;
  return (
    <span class="flow-scale">
      <span>{shown(low)}</span>
      <span>{shown(high)}</span>
    </span>
  );
}

/** One stop of the Tab key; arrows move from place to place. */
function onKey(event: KeyboardEvent): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0) return;
  const all = [...(event.currentTarget as HTMLElement).querySelectorAll('button')];
  const next = all[all.indexOf(event.target as HTMLButtonElement) + by];
  next?.focus();
  event.preventDefault();
}
