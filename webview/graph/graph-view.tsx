import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../engine/base/l10n.ts';
import type { Size } from '../../engine/picture/size.ts';
import {
  choose,
  chosen,
  drawn,
  found,
  graph,
  hover,
  hovered,
  hoveredCard,
  moveCamera,
  selected,
  sides,
  snapshot,
  toggle,
} from '../state.ts';
import { comparedGradients } from '../compare/gradients.ts';
import { compared } from '../compare/marks.ts';
import { currentNode, notYet } from '../debugger/debug-state.ts';
import { marks } from '../health/marks.ts';
import { pointedPlace } from '../health/pointed-place.ts';
import { HoverCard } from '../inspector/hover-card.tsx';
import { litBy, pointedPath } from '../inspector/pointed-path.ts';
import { backward } from './backward.ts';
import { showing, toGraph } from './camera.ts';
import { draw } from './draw.ts';
import { wholeOrReadable } from './in-view.ts';
import { Legend } from './legend.tsx';
import { Overview } from './overview.tsx';
import { type SceneNode, counterpartOf, nodeAt, subjectOf } from './scene.ts';
import { useCamera } from './use-camera.ts';
import { layoutCount, useScene } from './use-scene.ts';
import { BackwardTree } from './backward-tree.tsx';
import { type Theme, readTheme } from './theme.ts';
import { NodeTree } from './tree.tsx';

/** The drawn graph: layout when the structure changed, drawing when anything did. */
export function GraphCanvas() {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSignal<Size>({ width: 0, height: 0 });
  const theme = useSignal<Theme | null>(null);
  const scene = useScene(size);
  const { shown, zoomBy } = useCamera(scene, size, canvas);

  useSignalEffect(() => {
    const context = canvas.current?.getContext('2d');
    const emphasis = {
      hovered: hovered.value,
      chosen: chosen.value,
      selected: selected.value,
      lit: litOf(pointedNow() ?? hoveredNow() ?? wayOfElement()),
      found: found.value,
      current: currentNode.value,
      notYet: notYet.value,
      marks: marks.value,
      compared: compared.value,
      comparedGradients: comparedGradients.value,
    };
    if (!context || !scene.value || !theme.value || size.value.width === 0) return;
    draw(context, scene.value, shown.value, size.value, theme.value, emphasis);
    drawn.value = {
      sequence: snapshot.value?.sequence ?? 0,
      layouts: layoutCount(),
    };
  });

  useEffect(() => {
    const element = frame.current!;
    const picture = canvas.current!;
    const resize = (): void => {
      const { width, height } = element.getBoundingClientRect();
      picture.width = Math.round(width * devicePixelRatio);
      picture.height = Math.round(height * devicePixelRatio);
      size.value = { width, height };
    };
    const retheme = (): void => {
      theme.value = readTheme(element);
    };
    const watcher = new ResizeObserver(resize);
    watcher.observe(element);
    const themes = new MutationObserver(retheme);
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
    themes.observe(document.body, { attributes: true, attributeFilter: ['class'] });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', retheme);
    resize();
    retheme();
    return () => {
      watcher.disconnect();
      themes.disconnect();
    };
  }, []);

  const nodeUnder = (event: MouseEvent) =>
    scene.value ? nodeAt(scene.value, toGraph(shown.value, { x: event.offsetX, y: event.offsetY })) : null;
  const subjectUnder = (event: MouseEvent) => {
    const node = nodeUnder(event);
    return node && subjectOf(node);
  };
  /** A click on either side of the picture jumps to the other: what belongs to it there comes into view. */
  const click = (node: SceneNode | null): void => {
    choose(node && subjectOf(node));
    const other = node && counterpartOf(scene.value!, node);
    const moved = other && showing(shown.value, other.box, size.value);
    if (moved) moveCamera(moved);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === '+' || event.key === '=') zoomBy(1.25);
    else if (event.key === '-') zoomBy(0.8);
    else if (event.key === '0') wholeOrReadable();
    else if (event.key === 'Escape' && hovered.value !== null) hover(null);
    else return;
    event.preventDefault();
  };

  return (
    <div class="picture">
      <div class="graph" ref={frame} onKeyDown={onKey}>
        <canvas
          ref={canvas}
          aria-label={t('Computation graph. The same nodes follow as a list.')}
          role="img"
          onMouseMove={(event) => hover(subjectUnder(event))}
          onMouseLeave={() => hover(null)}
          onClick={(event) => click(nodeUnder(event))}
          onDblClick={(event) => {
            const node = subjectUnder(event);
            if (node !== null) toggle(node);
          }}
        />
        {sides.value !== 'backward' && <NodeTree scene={scene} camera={shown} frame={frame} />}
        {sides.value !== 'forward' && <BackwardTree scene={scene} camera={shown} frame={frame} />}
        <HoverCard scene={scene} camera={shown} size={size} />
        <Overview scene={scene} camera={shown} size={size} theme={theme} />
      </div>
      <div class="under-picture">
        {backward.value?.note && (
          <p class="graph-note" role="status">
            {backward.value.note}
          </p>
        )}
        <Legend />
      </div>
    </div>
  );
}

/** What is pointed at in the inspector: a path to the loss, or a place on the way. */
const pointedNow = () => {
  if (pointedPath.value) return { lit: litBy(pointedPath.value) };
  return pointedPlace.value && { lit: pointedPlace.value };
};

const hoveredNow = () => (hoveredCard.value?.node.id === hovered.value ? hoveredCard.value : null);

/** While an element is followed, what it has a part in stands out. */
const wayOfElement = () => {
  const element = graph.value?.element;
  return element?.kind === 'chosen' ? { lit: element.way } : null;
};

const litOf = (card: { lit: { nodes: readonly number[]; edges: readonly string[] } } | null) =>
  card ? { nodes: new Set(card.lit.nodes), edges: new Set(card.lit.edges) } : null;
