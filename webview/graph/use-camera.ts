import { type ReadonlySignal, computed, useComputed, useSignalEffect } from '@preact/signals';
import { select } from 'd3-selection';
import { type D3ZoomEvent, type ZoomBehavior, zoom as d3zoom, zoomIdentity } from 'd3-zoom';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Size } from '../../engine/picture/size.ts';
import { currentNode } from '../debugger/debug-state.ts';
import { camera, chosen, moveCamera, selected } from '../state.ts';
import { type Camera, firstView, fit, isWhole, showing, showsAny, zoomRange } from './camera.ts';
import { bringIntoView, wantedInView, wholeInView } from './in-view.ts';
import { overviewSize } from './overview-size.ts';
import { type Scene, boxOf } from './scene.ts';

type Zoom = ZoomBehavior<HTMLCanvasElement, unknown>;

interface UsedCamera {
  readonly shown: ReadonlySignal<Camera>;
  /** Closer or farther, about the middle of the panel. */
  readonly zoomBy: (factor: number) => void;
}

const nothing: Size = { width: 1, height: 1 };

/** The node that the editor's cursor or its debugger stands at. */
const standing = computed(() => currentNode.value ?? selected.value);

/** Where the graph is seen from: where the reader moved to, or a first view of it. Wheel and drag on the picture move it. */
export function useCamera(
  scene: ReadonlySignal<Scene | null>,
  size: ReadonlySignal<Size>,
  picture: RefObject<HTMLCanvasElement | null>,
): UsedCamera {
  const behaviour = useRef<Zoom | null>(null);
  const shown = useComputed<Camera>(() => camera.value ?? unmoved(scene.value, size.value));

  useEffect(() => {
    const zooming: Zoom = d3zoom<HTMLCanvasElement, unknown>().on(
      'zoom',
      ({ transform, sourceEvent }: D3ZoomEvent<HTMLCanvasElement, unknown>) => {
        // Moves of our own (fitting) are not the reader's, and are not remembered.
        if (sourceEvent) moveCamera({ x: transform.x, y: transform.y, zoom: transform.k });
      },
    );
    select(picture.current!).call(zooming).on('dblclick.zoom', null);
    behaviour.current = zooming;
  }, []);

  // d3 keeps a camera of its own; it has to know where ours is when a gesture begins.
  useSignalEffect(() => {
    const { x, y, zoom } = shown.value;
    const range = zoomRange(scene.value?.size ?? nothing, size.value);
    const zooming = behaviour.current;
    if (!picture.current || !zooming) return;
    zooming.scaleExtent(range);
    select(picture.current).call((one) => zooming.transform(one, zoomIdentity.translate(x, y).scale(zoom)));
  });

  // Where one stands in the editor or steps to is seen, wherever the reader has moved to before.
  useSignalEffect(() => {
    const node = standing.value;
    if (node !== null) bringIntoView(node);
  });

  // Once for each wish: the reader may move on at once.
  useSignalEffect(() => {
    const wanted = wantedInView.value;
    if (!wanted) return;
    wantedInView.value = null;
    const box = boxOf(scene.peek(), wanted.node);
    const [all, view] = [scene.peek(), size.peek()];
    if (!all || !box) return;
    const isWholeSeen = isWhole(shown.peek(), all.size, view);
    const moved = showing(shown.peek(), box, view, isWholeSeen ? null : overviewSize(all.size, view));
    if (moved) moveCamera(moved);
  });

  // A panel of another shape has another layout, and one of another size another part of it in view: nobody is left with nothing.
  const flow = useRef<boolean | null>(null);
  useSignalEffect(() => {
    const [all, view, moved] = [scene.value, size.value, camera.peek()];
    if (!all || view.width === 0) return;
    const hasTurned = flow.current !== null && flow.current !== all.vertical;
    flow.current = all.vertical;
    const boxes = all.nodes.map(({ box }) => box);
    if (moved && (hasTurned || !showsAny(moved, boxes, view))) moveCamera(null);
  });

  const zoomBy = (factor: number): void => {
    const { x, y, zoom } = shown.value;
    const [cx, cy] = [size.value.width / 2, size.value.height / 2];
    const [least, most] = zoomRange(scene.value?.size ?? nothing, size.value);
    const next = Math.min(most, Math.max(least, zoom * factor));
    moveCamera({ x: cx - ((cx - x) * next) / zoom, y: cy - ((cy - y) * next) / zoom, zoom: next });
  };
  return { shown, zoomBy };
}

/** Where a graph is seen from that the reader has not moved: its loss can be read, what is chosen, and where one stands. */
function unmoved(scene: Scene | null, size: Size): Camera {
  if (!scene) return fit(nothing, size);
  if (wholeInView.value) return fit(scene.size, size);
  const loss = scene.nodes.find(({ view }) => view.kind === 'loss');
  const about = [loss?.box, boxOf(scene, chosen.value), boxOf(scene, standing.value)];
  return firstView(
    scene,
    size,
    about.flatMap((box) => box ?? []),
  );
}
