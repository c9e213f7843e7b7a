import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { countText } from '../../engine/base/count-text.ts';
import { t } from '../../engine/base/l10n.ts';
import type { Card } from '../../engine/explain/view.ts';
import { type Camera, onScreen } from '../graph/camera.ts';
import { type Scene, boxOf, subjectOf } from '../graph/scene.ts';
import type { Size } from '../../engine/picture/size.ts';
import { pointedPlace } from '../health/pointed-place.ts';
import { hovered, hoveredCard } from '../state.ts';
import { Health } from '../health/lines.tsx';
import { ChainTable } from './chain-table.tsx';
import { MatrixForm } from './matrix-form.tsx';
import { placeCard } from './place-card.ts';
import { pointedPath } from './pointed-path.ts';
import { TermsTable } from './terms-table.tsx';
import { Why } from './why.tsx';

interface Props {
  readonly scene: ReadonlySignal<Scene | null>;
  readonly camera: ReadonlySignal<Camera>;
  readonly size: ReadonlySignal<Size>;
}

/** Below this width a card as it is would hide the graph: it says less, and is no higher than this part of it, in pixels no less than that. */
const smallWidth = 720;
const [mostOfHeight, leastHeight] = [0.5, 140];

/** The chain rule of the node that is pointed at, beside it. */
export function HoverCard({ scene, camera, size }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const [own, setOwn] = useState<Size>({ width: 440, height: 200 });
  const [isCut, setCut] = useState(false);
  // A path that is pointed at is to be seen, not to be covered.
  const card = hovered.value === null || pointedPath.value || pointedPlace.value ? null : hoveredCard.value;
  useEffect(() => {
    const box = element.current?.getBoundingClientRect();
    setCut(element.current !== null && element.current.scrollHeight > element.current.clientHeight + 1);
    if (box && (box.width !== own.width || box.height !== own.height)) setOwn({ width: box.width, height: box.height });
  });
  const box = boxOf(scene.value, hovered.value);
  if (!card || !box || !scene.value) return null;
  const lit = new Set<number>(card.lit.nodes);
  const inTheWay = scene.value.nodes
    .filter((node) => lit.has(subjectOf(node)))
    .map((node) => onScreen(camera.value, node.box));
  const isSmall = size.value.width < smallWidth;
  const { left, top } = placeCard(onScreen(camera.value, box), inTheWay, own, size.value);
  return (
    <div
      class={`card${isSmall ? ' small' : ''}${isCut ? ' cut' : ''}`}
      data-testid="card"
      role="tooltip"
      ref={element}
      style={{
        left: `${left}px`,
        top: `${top}px`,
        ...(isSmall && { maxHeight: `${Math.max(leastHeight, size.value.height * mostOfHeight)}px` }),
      }}
    >
      <CardBody card={card} />
    </div>
  );
}

function CardBody({ card }: { readonly card: Card }) {
  const [first] = card.paths;
  return (
    <>
      <h4>{card.title}</h4>
      <Health lines={card.health} />
      <Why why={card.why} />
      {card.matrices.map((equation) => (
        <MatrixForm key={equation.left} {...equation} />
      ))}
      <TermsTable card={card} brief />
      {first && first.factors.length > 0 && (
        <>
          {card.pathCount !== '1' && <p class="dim">{t('Strongest path of {0}', countText(card.pathCount))}</p>}
          <ChainTable path={first} brief />
        </>
      )}
      <small>{card.note}</small>
    </>
  );
}
