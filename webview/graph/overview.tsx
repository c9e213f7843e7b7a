import { type ReadonlySignal, useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { t } from '../../engine/base/l10n.ts';
import { colourAt, placeOnScale } from '../../engine/picture/gradient-size.ts';
import type { Size } from '../../engine/picture/size.ts';
import { notYet } from '../debugger/debug-state.ts';
import { moveCamera } from '../state.ts';
import { type Camera, isWhole } from './camera.ts';
import { faceOf } from './face.ts';
import './overview.css';
import { pictureSize } from './overview-size.ts';
import type { Scene } from './scene.ts';
import type { Theme } from './theme.ts';

interface Props {
  readonly scene: ReadonlySignal<Scene | null>;
  readonly camera: ReadonlySignal<Camera>;
  readonly size: ReadonlySignal<Size>;
  readonly theme: ReadonlySignal<Theme | null>;
}

/**
 * All of a graph of which a part is in view, each node in its gradient's colour: where the gradient fades is seen before one
 * looks for it. The frame is the part in view; a click or a drag moves it.
 */
export function Overview(props: Props) {
  const { scene, camera, size } = props;
  if (!scene.value || isWhole(camera.value, scene.value.size, size.value)) return null;
  return <Picture {...props} content={scene.value.size} />;
}

function Picture({ scene, camera, size, theme, content }: Props & { readonly content: Size }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useSignalEffect(() => {
    if (!scene.value || !theme.value || !canvas.current) return;
    drawOverview(canvas.current, scene.value, pictureSize(scene.value.size, size.value), theme.value);
  });
  const own = pictureSize(content, size.value);
  const [across, down] = [own.width / content.width, own.height / content.height];
  const { x, y, zoom } = camera.value;
  const [left, top] = [clamp(-x / zoom, content.width) * across, clamp(-y / zoom, content.height) * down];
  const right = clamp((size.value.width - x) / zoom, content.width) * across;
  const bottom = clamp((size.value.height - y) / zoom, content.height) * down;
  const go = (event: PointerEvent): void => {
    if (event.buttons % 2 === 0) return;
    const box = canvas.current!.getBoundingClientRect();
    const to = clamp((event.clientX - box.left) / across, content.width);
    const upon = clamp((event.clientY - box.top) / down, content.height);
    moveCamera({ x: size.value.width / 2 - to * zoom, y: size.value.height / 2 - upon * zoom, zoom });
  };
  return (
    <div
      class="overview"
      data-testid="overview"
      aria-hidden="true"
      title={t('All of the graph. Drag to move.')}
      style={{ width: `${own.width}px`, height: `${own.height}px` }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={go}
    >
      <canvas ref={canvas} />
      <div
        class="overview-frame"
        style={{
          left: `${left}px`,
          top: `${top}px`,
          width: `${Math.max(3, right - left)}px`,
          height: `${Math.max(3, bottom - top)}px`,
        }}
      />
    </div>
  );
}

const clamp = (at: number, most: number): number => Math.min(most, Math.max(0, at));

function drawOverview(picture: HTMLCanvasElement, scene: Scene, own: Size, theme: Theme): void {
  const ratio = devicePixelRatio;
  picture.width = Math.round(own.width * ratio);
  picture.height = Math.round(own.height * ratio);
  const context = picture.getContext('2d')!;
  const [across, down] = [picture.width / scene.size.width, picture.height / scene.size.height];
  for (const node of scene.nodes) {
    const { magnitude } = faceOf(node);
    const hidden = node.side === 'forward' && notYet.value?.nodes.has(node.view.id);
    const place = hidden ? null : placeOnScale(magnitude);
    context.globalAlpha = place === null ? 0.4 : 1;
    context.fillStyle = place === null ? theme.dim : colourAt(place);
    const { x, y, width, height } = node.box;
    context.fillRect(x * across, y * down, Math.max(1, width * across), Math.max(1, height * down));
  }
}
