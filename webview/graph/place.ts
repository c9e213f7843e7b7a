import type { ReadonlySignal } from '@preact/signals';
import type { RefObject } from 'preact';
import type { Box } from '../../engine/picture/layout.ts';
import { type Camera, toPanel } from './camera.ts';
import type { Scene } from './scene.ts';

/** Of a list of nodes beside the picture: what is drawn, from where, and into what. */
export interface ListProps {
  readonly scene: ReadonlySignal<Scene | null>;
  readonly camera: ReadonlySignal<Camera>;
  readonly frame: RefObject<HTMLDivElement | null>;
}

/** Made once for each scene: the camera moves far more often, and every node of the list asks then. */
const boxes = new WeakMap<Scene, ReadonlyMap<number, Box>>();

/** Where a node is drawn in the page, for who can read the list of nodes but has to point at the picture. */
export function placeOf(
  scene: Scene | null,
  camera: Camera,
  corner: DOMRect | undefined,
  id: number,
): { 'data-x'?: number; 'data-y'?: number } {
  const box = scene && boxesOf(scene).get(id);
  if (!box || !corner) return {};
  const { x, y } = toPanel(camera, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
  return { 'data-x': Math.round(x + corner.left), 'data-y': Math.round(y + corner.top) };
}

function boxesOf(scene: Scene): ReadonlyMap<number, Box> {
  const known = boxes.get(scene);
  if (known) return known;
  const made = new Map<number, Box>(scene.nodes.map(({ view, box }) => [view.id, box]));
  boxes.set(scene, made);
  return made;
}
