import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../engine/base/l10n.ts';
import type { Card } from '../../engine/explain/view.ts';
import { type Camera, onScreen } from '../graph/camera.ts';
import type { Scene } from '../graph/scene.ts';
import type { Size } from '../layout/size.ts';
import { hovered, hoveredCard } from '../state.ts';
import { ChainTable } from './chain-table.tsx';
import { placeCard } from './place-card.ts';

interface Props {
  readonly scene: ReadonlySignal<Scene | null>;
  readonly camera: ReadonlySignal<Camera>;
  readonly size: ReadonlySignal<Size>;
}

/** The chain rule of the node that is pointed at, beside it. */
export function HoverCard({ scene, camera, size }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const [own, setOwn] = useState<Size>({ width: 440, height: 200 });
  const card = hovered.value === null ? null : hoveredCard.value;
  useEffect(() => {
    const box = element.current?.getBoundingClientRect();
    if (box && (box.width !== own.width || box.height !== own.height)) setOwn({ width: box.width, height: box.height });
  });
  const box = scene.value?.nodes.find(({ view }) => view.id === hovered.value)?.box;
  if (!card || !box) return null;
  const lit = new Set<number>(card.lit.nodes);
  const inTheWay = scene.value.nodes
    .filter(({ view }) => lit.has(view.id))
    .map((node) => onScreen(camera.value, node.box));
  const { left, top } = placeCard(onScreen(camera.value, box), inTheWay, own, size.value);
  return (
    <div class="card" data-testid="card" role="tooltip" ref={element} style={{ left: `${left}px`, top: `${top}px` }}>
      <CardBody card={card} />
    </div>
  );
}

function CardBody({ card }: { readonly card: Card }) {
  const [first] = card.paths;
  return (
    <>
      <h4>{card.title}</h4>
      {card.gradient === null && <p>{t('No gradient: {0}.', card.node.noGradient ?? '')}</p>}
      {card.terms.length > 1 && (
        <table class="terms">
          <tbody>
            {card.terms.map((term) => (
              <tr key={term.throughNode}>
                <td>{term.symbol}</td>
                <td class="dim">{term.formula}</td>
                <td class="right">
                  {term.outer.text} · {term.local.text}
                </td>
                <td class="right warm">{term.value.text}</td>
              </tr>
            ))}
            <tr class="total">
              <td colSpan={3}>{t('sum')}</td>
              <td class="right">{card.sum?.text}</td>
            </tr>
          </tbody>
        </table>
      )}
      {first && first.factors.length > 0 && (
        <>
          {card.paths.length > 1 && <p class="dim">{t('Strongest path of {0}', card.pathCount)}</p>}
          <ChainTable path={first} brief />
        </>
      )}
      <small>{card.note}</small>
    </>
  );
}
