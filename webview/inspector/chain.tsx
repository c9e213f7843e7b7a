import { useState } from 'preact/hooks';
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
