import { useState } from 'preact/hooks';
import type { Card, Reading } from '../../engine/explain/view.ts';
import { chosen, chosenCard, nodeOf, snapshot } from '../state.ts';
import { ChainTable } from './chain-table.tsx';

const tabs = ['Chain rule', 'Value', 'Gradient'] as const;
type Tab = (typeof tabs)[number];

/** What is known of the chosen node. */
export function Inspector() {
  const [tab, setTab] = useState<Tab>('Chain rule');
  const node = nodeOf(chosen.value);
  const card = chosenCard.value;
  if (!node || !card) {
    return (
      <section class="inspector empty" data-testid="inspector" aria-label="Inspector">
        <p class="dim">Choose a node to see its gradient factor by factor.</p>
      </section>
    );
  }
  const place = node.source ? `${snapshot.value?.file?.split('/').at(-1) ?? ''}:${node.source.line}` : '';
  const onKey = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by !== 0) setTab(tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length]!);
  };
  return (
    <section class="inspector" data-testid="inspector" aria-label="Inspector">
      <div class="tabs">
        <div role="tablist" aria-label="What to show" onKeyDown={onKey}>
          {tabs.map((one) => (
            <button
              key={one}
              type="button"
              role="tab"
              aria-selected={one === tab}
              tabIndex={one === tab ? 0 : -1}
              onClick={() => setTab(one)}
            >
              {one}
            </button>
          ))}
        </div>
        <span class="dim">
          {[node.name, node.kind === 'op' ? node.op : node.kind, place].filter(Boolean).join(' · ')}
        </span>
      </div>
      <div role="tabpanel" tabIndex={0} class="tab-panel">
        {tab === 'Chain rule' && <Chain card={card} />}
        {tab === 'Value' && <ReadingTable reading={node.value} />}
        {tab === 'Gradient' &&
          (node.gradient ? <ReadingTable reading={node.gradient} /> : <p>No gradient: {node.noGradient}.</p>)}
      </div>
    </section>
  );
}

function Chain({ card }: { readonly card: Card }) {
  const [at, setAt] = useState(0);
  const path = card.paths[Math.min(at, card.paths.length - 1)];
  return (
    <>
      <p class="equation">
        {card.title}
        {card.gradient && <b> = {card.gradient.text}</b>}
      </p>
      {card.gradient === null && <p>No gradient: {card.node.noGradient}.</p>}
      {card.paths.length > 1 && (
        <p class="paths" role="group" aria-label="Paths to the loss">
          {card.paths.map((one, i) => (
            <button key={one.nodes.join()} type="button" aria-pressed={i === at} onClick={() => setAt(i)}>
              path {i + 1}: {one.product.text}
            </button>
          ))}
          <span class="dim">
            {card.pathCount} in all, sum {card.sum?.text}
          </span>
        </p>
      )}
      {path && path.factors.length > 0 && <ChainTable path={path} />}
    </>
  );
}

const shownElements = 256;

function ReadingTable({ reading }: { readonly reading: Reading }) {
  const data = reading.data ?? [];
  return (
    <>
      <p class="equation">
        <b>{reading.text}</b>
      </p>
      <dl class="rows">
        {reading.rows.map(({ label, text }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {data.length > 1 && (
        <p class="elements">
          {data
            .slice(0, shownElements)
            .map((x) => Number(x.toPrecision(4)).toString().replace('-', '−'))
            .join('  ')}
          {data.length > shownElements && ` … ${data.length} elements`}
        </p>
      )}
    </>
  );
}
