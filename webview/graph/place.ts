import { type Camera, toPanel } from './camera.ts';
import type { Scene } from './scene.ts';

/** Where a node is drawn in the page, for who can read the list of nodes but has to point at the picture. */
export function placeOf(
  scene: Scene | null,
  camera: Camera,
  corner: DOMRect | undefined,
  id: number,
): { 'data-x'?: number; 'data-y'?: number } {
  const box = scene?.nodes.find(({ view }) => view.id === id)?.box;
  if (!box || !corner) return {};
  const { x, y } = toPanel(camera, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
  return { 'data-x': Math.round(x + corner.left), 'data-y': Math.round(y + corner.top) };
}
